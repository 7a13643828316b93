import type { ui as english } from '../en/ui.ts';
import type { Translation } from '../translation.ts';

export const ui: Translation<typeof english> = {
  cancel: '取消',
  close: '关闭',
  dismiss: '关闭提示',
  done: '完成',
  notices: '通知',
  suggestions: '建议',
  suggestionCount_other: '{{count}} 条建议',
  undo: '撤销',
};
