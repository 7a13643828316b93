import { checkPictures } from '../../core/dedup/check-pair.ts';
import type { PairCheck } from '../../core/dedup/pair-tier.ts';
import type { ContentId } from '../../core/library/photo.ts';
import { PreparedPictures } from '../../core/library/prepared-pictures.ts';
import type { StoredThumbnail } from '../../core/library/stored-rows.ts';
import type { CheckJob, PairCheckerApi } from '../../protocol/pair-finder.ts';
import { thumbnailPictures } from '../decode/thumbnail-pictures.ts';

/** Prepared pictures that are kept: those of the jobs at hand and what they have in common with the next, up to 70 MB a worker. */
const mostKept = 96;

/** The side of a builder worker that compares pictures. */
export class PairCheckerService implements PairCheckerApi {
  /** Of the jobs at hand. */
  readonly #thumbnails = new Map<number, StoredThumbnail | null>();
  readonly #pictures = new PreparedPictures(
    async (contents) => contents.map((content) => this.#thumbnails.get(content) ?? null),
    thumbnailPictures,
    mostKept,
  );

  async checkPairs({ pairs, thumbnails }: CheckJob): Promise<readonly (PairCheck | null)[]> {
    const contents = [...thumbnails.keys()];
    for (const [content, thumbnail] of thumbnails) this.#thumbnails.set(content, thumbnail);
    const pictures = await this.#pictures.all(contents as ContentId[]);
    for (const content of contents) this.#thumbnails.delete(content);
    const prepared = new Map(contents.map((content, n) => [content, pictures[n] ?? null]));
    return pairs.map(([first, second]) => {
      const [a, b] = [prepared.get(first) ?? null, prepared.get(second) ?? null];
      return a === null || b === null ? null : checkPictures(a, b);
    });
  }
}
