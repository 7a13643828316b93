import type { folders as english } from '../en/folders.ts';
import type { Translation } from '../translation.ts';

export const folders: Translation<typeof english> = {
  waiting_other:
    '有 {{count, number}} 个文件夹需要您先在浏览器中允许访问，Picsift 才能读取。在此之前看不到其中新增和修改的照片。',
  allowAccess: '允许访问',
  accessDenied: '浏览器没有给予访问权限。您可以重试，或重新添加该文件夹。',

  title: '文件夹',
  none: '您添加的文件夹会列在这里，并与磁盘保持同步。',
  list: '文件夹',
  photos_other: '{{count, number}} 张照片',
  missing_other: '{{count, number}} 个文件缺失',
  neverScanned: '添加后尚未再次检查。',
  scannedAt: '上次检查：{{date}}',
  noPermission: '浏览器会先询问您，Picsift 才能读取它。',
  gone: '它不在原来的位置。请连接所在的磁盘，或指出它现在的位置。',
  follow: '自动保持同步',
  rescan: '检查变化',
  rescanNamed: '检查 {{name}} 的变化',
  rescanAll: '检查全部文件夹的变化',
  locate: '指出它的位置…',
  scanning: '正在检查文件夹…',
  scanned_other: '已检查 {{count, number}} 个文件',

  reportNothing: '没有变化。',
  reportFresh_other: '{{count, number}} 张新照片',
  reportMoved_other: '{{count, number}} 张已移动',
  reportChanged_other: '{{count, number}} 张已修改',
  reportMissing_other: '{{count, number}} 张缺失',
  reportBack_other: '{{count, number}} 张已找回',

  relink: '指出它的位置…',
  relinked: '已找回。标签和决定都保留了。',
  differentTitle: '使用另一张图片？',
  differentText:
    '“{{name}}”与原来的图片不同：文件内容不一样。如果它是用来替换的（例如编辑后的副本），您自己的标签会保留，图片会重新分析。',
  differentYes: '使用它',
};
