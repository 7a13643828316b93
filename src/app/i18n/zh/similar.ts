import type { similar as english } from '../en/similar.ts';
import type { Translation } from '../translation.ts';

export const similar: Translation<typeof english> = {
  list: '相似照片',
  back: '返回全部照片',
  titlePhoto: '与这张相似的照片',
  titleFile: '与这张图片相似的照片',
  queryPhoto: '查找所用的照片',
  searching: '正在查找…',
  found_other: '{{count, number}} 张相似照片',
  nothing: '没有足够相似的照片。',
  closest: '最接近的有：',
  nothingFiltered: '符合筛选条件的照片中没有足够相似的。',
  nothingElse: '没有其他相似的照片了',
  showBeyond: '再显示几张',
  hideBeyond: '重新隐藏',
  beyond: '相似度低于下限 {{score}}',
  cutOff: '相似度不低于',
  cutOffHint: '照片至少要多相似：100 表示同一张图片。',
  score: '相似度',
  filtered: '仅限符合筛选条件的照片。',
  clearFilters: '清除筛选',
  waiting_other: '另有 {{count, number}} 张正在用新模型重新分析。',
  searched_other: '在 {{count, number}} 张照片中查找，用时 {{milliseconds}} 毫秒。',
  notReady: '这张照片尚未处理，处理完成后即显示相似照片。',
  fileGone: '查找所用的图片不会保留。请在搜索框中重新选择或拖入。',
  failed: '查找未成功',
};
