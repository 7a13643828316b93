import * as Comlink from 'comlink';
import type { ContentPair } from '../../core/dedup/find-pairs.ts';
import type { PairCheck } from '../../core/dedup/pair-tier.ts';
import type { ContentId } from '../../core/library/photo.ts';
import type { StoredThumbnail } from '../../core/library/stored-rows.ts';
import type { CheckJob, PairCheckerApi } from '../../protocol/pair-finder.ts';

type Pictures = (contents: readonly ContentId[]) => Promise<(StoredThumbnail | null)[]>;

/** Pairs sent to a checker at once. */
const pairsPerJob = 8;
/** Jobs under way with each checker: the pictures of one are read while another is compared. */
const jobsPerChecker = 2;

/** Has pairs compared by several workers at a time. */
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
    let next = 0;
    const lanes: Promise<void>[] = [];
    const work = async (checker: PairCheckerApi) => {
      while (next < pairs.length) {
        const at = next;
        next += pairsPerJob;
        const some = pairs.slice(at, next);
        const found = await checker.checkPairs(await this.#job(some));
        for (const [n, check] of found.entries()) answers[at + n] = check;
        begin();
      }
    };
    /** More of them may be wanted than a moment ago. */
    const begin = () => {
      const most = jobsPerChecker * Math.min(this.#wanted(), this.#checkers.length);
      while (next < pairs.length && lanes.length < most) {
        const lane = work(this.#checkers[Math.floor(lanes.length / jobsPerChecker)]!);
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
