import type { errors as english } from '../en/errors.ts';
import type { Translation } from '../translation.ts';

export const errors: Translation<typeof english> = {
  failure: {
    'unsupported-type': '不支持的图片：{{found}}。Picsift 可读取 JPEG、PNG、WebP、AVIF、HEIC、GIF 和 BMP。',
    'empty-file': '文件为空（0 字节）。请从原处重新复制一份。',
    'too-many-pixels': '图片过大：{{found}} 百万像素，上限为 {{limit}}。可在设置中提高上限。',
    'too-much-memory':
      '解码这张图片最多需要 {{found}} MB 内存，而本设备只能提供 {{limit}} MB。请添加一份较小的副本。',
    'too-slow':
      '{{found}} 秒后图片仍未解码完成，已将它搁置。文件可能已损坏；请先确认它在别处能打开，然后重试。',
    'zero-size': '文件记录的宽度或高度为 0 像素，可能已损坏。',
    broken: '图片已损坏或不完整，无法解码。',
    'file-missing': '文件已不在原来的位置。请放回原处、指出它现在的位置，或重新添加所在的文件夹。',
    'no-permission': '浏览器需要您再次允许读取此文件。',
    unreadable: '浏览器无法读取此文件。请确认它在别处仍能打开，然后重试。',
    'worker-crashed': '处理这张照片时意外中断。请重试。',
    'model-unavailable': '没有正在运行的模型。模型运行后会自动继续。',
    'storage-full': '浏览器分配给 Picsift 的存储空间已满。请释放设备空间或彻底删除一些照片，然后重试。',
  },
  detail: '{{text}}（{{detail}}）',
  unknownKind: '此类文件',
  unknownFigure: '未知',
  model: {
    missing: '无法加载模型的一部分：{{file}}。',
    damaged: '模型的一部分已损坏：{{file}}。',
    invalid: '模型的一部分内容不符合要求：{{file}}。',
    'unknown-format': '此模型适用于更新版本的 Picsift：{{file}}。',
  },
  modelAdvice: {
    missing: '请确认已联网，然后重试。',
    damaged: '请重试以加载新的副本。',
    invalid: '请重试；若仍然如此，说明此地址上的 Picsift 不完整。',
    'unknown-format': '请重新加载页面以获取最新的 Picsift。',
  },
  foundExpected: '实际：{{found}}。应为：{{expected}}。',
  backend: {
    'no-adapter': '此浏览器不提供图形适配器（WebGPU）。',
    'software-adapter': '只有软件图形适配器；它很慢，除非您允许，否则不会使用。',
    'not-isolated': '多线程要求页面与其他来源隔离，而此页面未隔离。',
    'self-test': '其结果与模型的参考图片不一致，因此不予采用。',
    session: '模型无法在其上启动。',
    slower: '可以使用，但在此设备上，另一种方式的各个线程合计更快。',
  },
  action: '操作未成功：{{detail}}',
};
