import type { ConvertedPicture } from '../../protocol/convert-picture.ts';
import { decodeHeic } from './heic-decoder.ts';

/** A little above what cameras use: the picture is looked at whole and from near. */
const quality = 0.92;

/** A picture that the browser cannot show, as a JPEG of the same size. */
export async function convertPicture(source: Blob): Promise<ConvertedPicture> {
  const picture = await decodeHeic(await source.arrayBuffer());
  if (picture === null) return { ok: false, failure: { code: 'broken' } };
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error(`no 2D context for a canvas of ${width} x ${height}`);
  context.putImageData(picture, 0, 0);
  return { ok: true, picture: await canvas.convertToBlob({ type: 'image/jpeg', quality }) };
}
