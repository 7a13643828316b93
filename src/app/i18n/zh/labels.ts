import type { labels as english } from '../en/labels.ts';
import type { Translation } from '../translation.ts';

export const labels: Translation<typeof english> = {
  emptyTitle: '您自己的标签',
  emptyText:
    '标签集是您对每张照片提出的一个问题：这是哪只狗？哪个房间？照片里有哪些东西？为每个标签标注几张照片，Picsift 就会在此浏览器中学会为其他照片作答。',
};
