import * as Comlink from 'comlink';
import type { ContentPair } from '../../core/dedup/find-pairs.ts';
import type { PairCheck } from '../../core/dedup/pair-tier.ts';
import type { ContentId } from '../../core/library/photo.ts';
import type { StoredThumbnail } from '../../core/library/stored-rows.ts';
import type { CheckJob, PairCheckerApi } from '../../protocol/pair-finder.ts';

type Pictures = (contents: readonly ContentId[]) => Promise<(StoredThumbnail | null)[]>;

/** Pairs sent to a checker at once: their pictures are read in one go, which takes its time while photos come in. */
const pairsPerJob = 24;
/** Jobs under way with each checker: the pictures of one are read while another is compared. */
const jobsPerChecker = 2;
/** So few are not worth the pictures that another checker would have to read as well. */
const leastShared = 8;

/** Pairs that one checker has still to compare: from `next` to `end`. */
interface Stretch {
  next: number;
  end: number;
}

/**
 * Has pairs compared by several workers at a time. Each has a stretch of its own, as pairs that follow each other have
 * pictures in common; who is through takes half of what the slowest has left.
 */
export class CheckPool {
  readonly #checkers: readonly PairCheckerApi[];
  readonly #pictures: Pictures;
  readonly #wanted: () => number;

  /** @param wanted how many of the workers are to have something to do now, 1 or more; asked before every job */
  constructor(
    checkers: readonly PairCheckerApi[],
    pictures: Pictures,
    wanted: () => number = () => checkers.length,
  ) {
    this.#checkers = checkers;
    this.#pictures = pictures;
    this.#wanted = wanted;
  }

  /** One answer for each pair; null: different pictures. */
  async check(pairs: readonly ContentPair[]): Promise<(PairCheck | null)[]> {
    const answers: (PairCheck | null)[] = new Array(pairs.length).fill(null);
    const wanted = () => Math.min(this.#wanted(), this.#checkers.length);
    const stretches = stretchesOf(pairs.length, wanted(), this.#checkers.length);
    const lanes: Promise<void>[] = [];
    const work = async (checker: PairCheckerApi, own: Stretch) => {
      while (own.next < own.end || takeHalf(own, stretches)) {
        const at = own.next;
        own.next = Math.min(own.end, at + pairsPerJob);
        const some = pairs.slice(at, own.next);
        const found = await checker.checkPairs(await this.#job(some));
        for (const [n, check] of found.entries()) answers[at + n] = check;
        begin();
      }
    };
    /** More of them may be wanted than a moment ago. */
    const begin = () => {
      const isLeft = () => stretches.some(({ next, end }) => next < end);
      while (isLeft() && lanes.length < jobsPerChecker * wanted()) {
        const n = Math.floor(lanes.length / jobsPerChecker);
        const lane = work(this.#checkers[n]!, stretches[n]!);
        lane.catch(() => {}); // told below, in its turn
        lanes.push(lane);
      }
    };
    begin();
    for (const lane of lanes) await lane;
    return answers;
  }

  async #job(pairs: readonly ContentPair[]): Promise<CheckJob> {
    const contents = [...new Set(pairs.flat())];
    const pictures = await this.#pictures(contents as ContentId[]);
    const thumbnails = new Map(contents.map((content, n) => [content, pictures[n] ?? null]));
    const bytes = pictures.flatMap((picture) => (picture === null ? [] : picture.bytes));
    return Comlink.transfer({ pairs, thumbnails }, bytes);
  }
}

/** As many even ones as workers are wanted; empty ones for the others. */
function stretchesOf(pairs: number, wanted: number, all: number): Stretch[] {
  const from = (n: number) => Math.floor((Math.min(n, wanted) * pairs) / wanted);
  return Array.from({ length: all }, (_, n) => ({ next: from(n), end: from(n + 1) }));
}

/** False: nobody has enough left to share. */
function takeHalf(own: Stretch, all: readonly Stretch[]): boolean {
  const left = ({ next, end }: Stretch) => end - next;
  const slowest = all.reduce((most, one) => (left(one) > left(most) ? one : most), own);
  if (left(slowest) < leastShared) return false;
  own.end = slowest.end;
  slowest.end = slowest.next + (left(slowest) >> 1);
  own.next = slowest.end;
  return true;
}
