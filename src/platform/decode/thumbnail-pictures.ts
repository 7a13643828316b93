import type { Picture } from '../../core/image/picture.ts';
import type { Pictures } from '../../core/library/model-ports.ts';
import type { StoredThumbnail } from '../../core/library/stored-rows.ts';

/** Thumbnails to pixels and back, by the browser's own decoder. */
export const thumbnailPictures: Pictures = {
  async decode({ bytes, type }: StoredThumbnail): Promise<Picture | null> {
    let bitmap: ImageBitmap;
    try {
      bitmap = await createImageBitmap(new Blob([bytes], { type }));
    } catch {
      // Not a picture after all: there is nothing to compare.
      return null;
    }
    const { width, height } = bitmap;
    const context = contextOf(width, height);
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    return { rgba: context.getImageData(0, 0, width, height).data, width, height };
  },

  async encode({ rgba, width, height }: Picture): Promise<Blob> {
    const context = contextOf(width, height);
    context.putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0);
    return context.canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  },
};

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', {
    alpha: false,
    willReadFrequently: true,
  });
  if (context === null) throw new Error(`no 2D context for a canvas of ${width} x ${height}`);
  return context;
}
