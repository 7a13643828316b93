import type { shell as english } from '../en/shell.ts';
import type { Translation } from '../translation.ts';

export const shell: Translation<typeof english> = {
  skip: '跳到照片',
  filters: '筛选',
  settings: '设置',
  showPhotos: '查看照片',
  languageUnavailable: '无法加载该语言，请联网后重试。',
  modelLoading: '正在加载模型 {{share}}',
  modelStarting: '正在启动模型',
  modelProblem: '模型有问题',
  modelReady: '模型就绪',
  readyOffline: '可离线使用',
  welcomeTitle: '把照片拖到这里',
  welcomeLead: '几张照片或整个文件夹都可以。Picsift 会在几秒内为它们添加标签，方便您随时找到。',
  welcomeFormats: '支持 JPEG、PNG、WebP、AVIF、GIF 和 BMP',
  pointTagsTitle: '自动添加标签',
  pointTags: '海滩、小狗、票据……每张照片都有标签，有误可随时更正。',
  pointSimilarTitle: '查找相似照片',
  pointSimilar: '打开一张照片，即可看到所有与它相似的照片。',
  pointPrivateTitle: '只属于您',
  pointPrivate: '一切都在此浏览器中完成，离线也可使用。照片绝不会离开您的设备。',
  exampleTree: '树',
  exampleCoffee: '咖啡',
  exampleSea: '大海',
};
