import { IdBits } from '../index/id-bits.ts';
import type { Clock } from './clock.ts';
import type { MorePairs } from './pair-ports.ts';

/** So many new contents are compared at once, so that little is left to do when the last one is in. */
const leastMore = 128;
const lookMilliseconds = 250;
/** The workers of a search are kept for so long when nothing comes. */
const mostIdleMilliseconds = 60_000;

export interface PairIntakeParts {
  readonly clock: Clock;
  /** Photos are coming in. */
  readonly isImporting: () => boolean;
  /** The search goes on. */
  readonly isWanted: () => boolean;
  /** So many contents at most are not compared. */
  readonly behind: () => number;
  /** Counts them. */
  readonly fresh: () => Uint32Array<ArrayBuffer>;
  readonly read: (contents: Uint32Array<ArrayBuffer>) => Promise<MorePairs>;
}

/**
 * What comes in while a search goes on. A search that is begun anew reads all vectors and signatures, and starts its
 * workers: for a few photos that takes longer than comparing them.
 */
export class PairIntake {
  readonly #parts: PairIntakeParts;
  /** Contents of the search. */
  readonly #asked = new IdBits();

  /** @param contents of its task */
  constructor(parts: PairIntakeParts, contents: Iterable<number>) {
    this.#parts = parts;
    for (const content of contents) this.#asked.add(content);
  }

  /** What came in since, once it is enough, or all of it once nothing comes any more; null: the search is over. */
  async next(): Promise<MorePairs | null> {
    const { clock, isImporting, isWanted, behind, fresh, read } = this.#parts;
    const began = clock.ticks();
    while (isWanted()) {
      const isOver = !isImporting();
      if (isOver || behind() >= leastMore) {
        // What was compared and could not be stored is for the next search.
        const wanted = fresh().filter((content) => !this.#asked.has(content));
        if (wanted.length >= (isOver ? 1 : leastMore)) {
          for (const content of wanted) this.#asked.add(content);
          return read(wanted);
        }
        if (isOver) return null;
      }
      if (clock.ticks() - began > mostIdleMilliseconds) return null;
      await new Promise<void>((resolve) => {
        clock.after(lookMilliseconds, resolve);
      });
    }
    return null;
  }
}
