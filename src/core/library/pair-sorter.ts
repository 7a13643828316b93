import type { FoundPair } from '../dedup/find-pairs.ts';
import type { PairColumns } from '../dedup/pair-columns.ts';
import { burstMilliseconds, type Shot, serialOf, tierOfCopy, tierOfLikeness } from '../dedup/pair-tier.ts';
import { isOfCopies } from '../dedup/tiers.ts';
import type { Catalogue } from './catalogue.ts';
import type { ContentId } from './photo.ts';

/** Puts pairs of contents into the lists they belong to, by what cameras wrote about the shots. */
export class PairSorter {
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Puts pairs into the lists they belong to. */
  async sort(pairs: readonly FoundPair[], into: PairColumns): Promise<void> {
    const needed = pairs.filter((pair) => pair.check !== null || this.#isSoonAfter(pair));
    const shots = await this.#shots(new Set(needed.flatMap(({ first, second }) => [first, second])));
    for (const { first, second, cosine, check } of pairs) {
      const [a, b] = [shots.get(first) ?? unknownShot, shots.get(second) ?? unknownShot];
      const tier = check === null ? tierOfLikeness(cosine, a, b) : tierOfCopy(check, a, b);
      if (tier !== null) into.put(first, second, tier, isOfCopies(tier) ? check!.agreement : cosine);
    }
  }

  #isSoonAfter({ first, second }: FoundPair): boolean {
    const [a, b] = [this.timeOf(first), this.timeOf(second)];
    return Math.abs(a - b) <= burstMilliseconds;
  }

  async #shots(contents: ReadonlySet<number>): Promise<Map<number, Shot>> {
    const { table, store } = this.#catalogue;
    const photos = [...contents].flatMap((content) => table.photosOf(content as ContentId).slice(0, 1));
    const shots = new Map<number, Shot>();
    for (const record of await store.records(photos)) {
      const content = record === null ? null : table.contentOf(record.id);
      if (record === null || content === null) continue;
      const { width, height } = table.row(record.id);
      const { capturedAt = null, make = null, model = null } = record.exif ?? {};
      const camera = model === null ? null : `${make ?? ''} ${model}`;
      const serial = serialOf(table.fileName(record.id));
      shots.set(content, { capturedAt, camera, width, height, serial });
    }
    return shots;
  }

  /** Milliseconds, see [Note: Wall-clock times]. */
  timeOf(content: number): number {
    const { table } = this.#catalogue;
    const [photo] = table.photosOf(content as ContentId);
    return photo === undefined ? 0 : table.columns.capturedAt[photo]!;
  }
}

const unknownShot: Shot = { capturedAt: null, camera: null, width: 0, height: 0, serial: null };
