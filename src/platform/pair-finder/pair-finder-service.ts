import { checkPictures } from '../../core/dedup/check-pair.ts';
import type { FoundBlock } from '../../core/dedup/find-pairs.ts';
import { PairBuild } from '../../core/library/pair-build.ts';
import type { PairOutcome, PairTask } from '../../core/library/pair-ports.ts';
import type { ContentId } from '../../core/library/photo.ts';
import { PreparedPictures } from '../../core/library/prepared-pictures.ts';
import type { StoredThumbnail, VectorChunk } from '../../core/library/stored-rows.ts';
import type { PairFinderApi } from '../../protocol/pair-finder.ts';
import { thumbnailPictures } from '../decode/thumbnail-pictures.ts';

/** Prepared pictures that are kept. */
const mostKept = 160;

/** The builder worker's side of a search for pairs. */
export class PairFinderService implements PairFinderApi {
  #build: PairBuild | null = null;

  async beginPairs(task: PairTask): Promise<void> {
    this.#build = new PairBuild(task);
  }

  async takePairVectors(chunks: readonly VectorChunk[]): Promise<void> {
    for (const chunk of chunks) this.#begun.take(chunk);
  }

  runPairs(
    pictures: (contents: readonly ContentId[]) => Promise<(StoredThumbnail | null)[]>,
    found: (blocks: readonly FoundBlock[]) => Promise<void>,
  ): Promise<PairOutcome> {
    const prepared = new PreparedPictures(pictures, thumbnailPictures, mostKept);
    const check = async (first: number, second: number) => {
      const [a, b] = [await prepared.get(first), await prepared.get(second)];
      return a === null || b === null ? null : checkPictures(a, b);
    };
    return this.#begun.run(check, () => performance.now(), found);
  }

  get #begun(): PairBuild {
    if (this.#build === null) throw new Error('no search was begun; call beginPairs first');
    return this.#build;
  }
}
