import { PreparedPicture } from '../../core/image/prepared-picture.ts';
import type { ContentId } from '../../core/library/photo.ts';
import type { StoredThumbnail } from '../../core/library/stored-rows.ts';
import { thumbnailPictures } from '../decode/thumbnail-pictures.ts';

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
    const picture = thumbnail == null ? null : await thumbnailPictures.decode(thumbnail);
    const prepared = picture === null ? null : new PreparedPicture(picture);
    this.#kept.set(content, prepared);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return prepared;
  }
}
