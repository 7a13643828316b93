import { PairColumns } from '../dedup/pair-columns.ts';
import { isOfCopies } from '../dedup/tiers.ts';
import { IdBits } from '../index/id-bits.ts';
import type { Catalogue } from './catalogue.ts';
import type { StoredPairs } from './pair-ports.ts';

/** Stored chunks are joined when there are more. */
const mostChunks = 64;

/** Pairs that were found, and the contents that are compared with all that were there: in memory as they are stored. */
export class KeptPairs {
  readonly pairs = new PairColumns();
  /** By the vectors of the model. */
  readonly compared = new IdBits();
  readonly #catalogue: Catalogue;
  readonly #model: number;
  #chunks: readonly number[];

  /** @param model number of the one that they are found by from now on */
  constructor(catalogue: Catalogue, stored: readonly StoredPairs[], model: number) {
    this.#catalogue = catalogue;
    this.#model = model;
    const inOrder = [...stored].sort((a, b) => a.chunk - b.chunk);
    this.#chunks = inOrder.map(({ chunk }) => chunk);
    for (const one of inOrder) {
      const isOfModel = one.model === model;
      // Copies are copies by whatever vectors they were found.
      this.pairs.add(one, isOfModel ? () => true : isOfCopies);
      if (!isOfModel) continue;
      for (const content of one.compared) this.compared.add(content);
    }
  }

  /** In the catalogue's turn. @returns false: not written, it is compared again the next time */
  async keep(found: PairColumns, compared: Uint32Array<ArrayBuffer>): Promise<boolean> {
    const chunk = (this.#chunks.at(-1) ?? 0) + 1;
    const joins = this.#chunks.length >= mostChunks;
    // Written anew as one piece, with what is there.
    if (joins) found.add(this.pairs.chunk());
    const stored: StoredPairs = {
      chunk,
      model: this.#model,
      compared: joins ? this.#allCompared(compared) : compared,
      ...found.chunk(),
    };
    const changes = { duplicatePairs: [stored], deletedDuplicatePairs: joins ? this.#chunks : [] };
    if ((await this.#catalogue.write(changes, 'relaxed')) !== 'written') return false;
    this.#chunks = joins ? [chunk] : [...this.#chunks, chunk];
    this.pairs.add(stored);
    for (const content of compared) this.compared.add(content);
    return true;
  }

  #allCompared(more: Uint32Array): Uint32Array<ArrayBuffer> {
    const all: number[] = [...more];
    this.compared.words.forEach((word, n) => {
      for (let bit = 0; bit < 32; bit++) if ((word & (1 << bit)) !== 0) all.push(n * 32 + bit);
    });
    return Uint32Array.from(all);
  }
}
