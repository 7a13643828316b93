import { PreparedPicture } from '../image/prepared-picture.ts';
import type { Pictures } from './model-ports.ts';
import type { ContentId } from './photo.ts';
import type { StoredThumbnail } from './stored-rows.ts';

/**
 * Thumbnails, decoded and prepared for comparing, so that what many pictures are compared with is read and looked at once.
 * The ones used last are kept: about three quarters of a megabyte each with all that comparing needs.
 */
export class PreparedPictures {
  readonly #fetch: (contents: readonly ContentId[]) => Promise<(StoredThumbnail | null)[]>;
  readonly #pictures: Pictures;
  readonly #mostKept: number;
  readonly #kept = new Map<number, PreparedPicture>();

  constructor(
    fetch: (contents: readonly ContentId[]) => Promise<(StoredThumbnail | null)[]>,
    pictures: Pictures,
    mostKept: number,
  ) {
    this.#fetch = fetch;
    this.#pictures = pictures;
    this.#mostKept = mostKept;
  }

  /** Null where there is no thumbnail, or one that cannot be read. */
  async get(content: number): Promise<PreparedPicture | null> {
    const [prepared = null] = await this.all([content as ContentId]);
    return prepared;
  }

  /** Those that are not kept are read in one go. */
  async all(contents: readonly ContentId[]): Promise<(PreparedPicture | null)[]> {
    // Held from here on: while the others are read, another call may push them out.
    const read = new Map<number, PreparedPicture | null>();
    for (const content of contents) {
      const kept = this.#kept.get(content);
      if (kept !== undefined) read.set(content, kept);
    }
    const missing = contents.filter((content) => !read.has(content));
    if (missing.length > 0) {
      const thumbnails = await this.#fetch(missing);
      await Promise.all(
        missing.map(async (content, n) => {
          const thumbnail = thumbnails[n] ?? null;
          const picture = thumbnail === null ? null : await this.#pictures.decode(thumbnail);
          read.set(content, picture === null ? null : new PreparedPicture(picture));
        }),
      );
    }
    const found = contents.map((content) => read.get(content) ?? null);
    contents.forEach((content, n) => {
      this.#keep(content, found[n]!);
    });
    return found;
  }

  #keep(content: number, prepared: PreparedPicture | null): void {
    this.#kept.delete(content);
    // A thumbnail that is not there may come.
    if (prepared === null) return;
    this.#kept.set(content, prepared);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#mostKept) break;
      this.#kept.delete(oldest);
    }
  }
}
