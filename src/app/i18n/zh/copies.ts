import type { copies as english } from '../en/copies.ts';
import type { Translation } from '../translation.ts';

export const copies: Translation<typeof english> = {
  title: '保存副本',
  tells: '此文件包含：{{what}}。',
  mayTell: '文件可能包含照片的拍摄时间、地点和设备。',
  place: '拍摄地点',
  time: '拍摄时间',
  camera: '所用相机',
  keywords: '关键词',
  pixelsStay: '去除这些信息不会改变图像。',
  cannot: '无法从此文件中去除这些信息。',
  remember: '以后都这样做',
  keep: '保留在副本中',
  leaveOut: '去除',
  preference: '照片副本中的地点和相机信息',
  ask: '每次询问',
  without: '去除',
  with: '保留',
};
