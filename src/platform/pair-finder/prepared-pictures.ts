import { PreparedPicture } from '../../core/image/prepared-picture.ts';
import type { ContentId } from '../../core/library/photo.ts';
import type { StoredThumbnail } from '../../core/library/ports.ts';

/** Pictures that are kept: half a megabyte each with all that comparing needs. */
const mostKept = 160;

/** Thumbnails, decoded and prepared for comparing; the ones used last are kept. */
export class PreparedPictures {
  readonly #fetch: (contents: readonly ContentId[]) => Promise<(StoredThumbnail | null)[]>;
  readonly #kept = new Map<number, PreparedPicture | null>();

  constructor(fetch: (contents: readonly ContentId[]) => Promise<(StoredThumbnail | null)[]>) {
    this.#fetch = fetch;
  }

  /** Null where there is no thumbnail, or one that cannot be read. */
  async get(content: number): Promise<PreparedPicture | null> {
    const known = this.#kept.get(content);
    if (known !== undefined) {
      this.#kept.delete(content);
      this.#kept.set(content, known);
      return known;
    }
    const [thumbnail] = await this.#fetch([content as ContentId]);
    const picture = thumbnail == null ? null : await decode(thumbnail);
    this.#kept.set(content, picture);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return picture;
  }
}

async function decode({ bytes, type }: StoredThumbnail): Promise<PreparedPicture | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes], { type }));
  } catch {
    return null; // damaged in storage: the photo is compared with none
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('this browser gives workers no canvas to read pictures with');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return new PreparedPicture({ rgba: context.getImageData(0, 0, width, height).data, width, height });
}
