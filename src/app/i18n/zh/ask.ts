import type { ask as english } from '../en/ask.ts';
import type { Translation } from '../translation.ts';

export const ask: Translation<typeof english> = {
  nameTitle: '搜索的名称',
  name: '名称',
  cancel: '取消',
  save: '保存',
};
