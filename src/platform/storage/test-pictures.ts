import { flatPicture, madePicture } from '../../core/image/made-picture.ts';
import type { Picture } from '../../core/image/picture.ts';
import { turnPicture } from '../../core/image/turn.ts';
import type { Pictures } from '../../core/library/model-ports.ts';

/** Looks n from 100 on are those of n - 100, mirrored; from 200 on those of n - 200, in blue and green; 99 is a blank page. */
export function testLooks(n: number): Picture {
  if (n === 99) return flatPicture(250, 250, 250, 160, 120);
  if (n >= 200) {
    const { rgba, ...size } = madePicture(n - 200, 160, 120);
    return { rgba: rgba.map((value, at) => [0, value, 255, 255][at % 4]!), ...size };
  }
  return n < 100 ? madePicture(n, 160, 120) : turnPicture(madePicture(n - 100, 160, 120), 1);
}

/** Thumbnails of one byte each are shown as the looks of that number; others cannot be shown. */
export const testPictures: Pictures = {
  decode: async ({ bytes }) => (bytes.byteLength === 1 ? testLooks(new Uint8Array(bytes)[0]!) : null),
  encode: async () => new Blob(['picture']),
};
