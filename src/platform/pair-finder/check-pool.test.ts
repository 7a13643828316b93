import { describe, expect, it } from 'vitest';
import type { ContentPair } from '../../core/dedup/find-pairs.ts';
import type { StoredThumbnail } from '../../core/library/stored-rows.ts';
import type { CheckJob, PairCheckerApi } from '../../protocol/pair-finder.ts';
import { CheckPool } from './check-pool.ts';

const thumbnail = (content: number): StoredThumbnail => ({
  bytes: Uint8Array.of(content).buffer,
  type: 'image/jpeg',
  width: 1,
  height: 1,
});

/** Takes the sum of the pair for how much they agree; pairs with content 3 are no copies. */
class Checker implements PairCheckerApi {
  readonly jobs: CheckJob[] = [];
  underWay = 0;
  mostUnderWay = 0;

  async checkPairs(job: CheckJob) {
    this.jobs.push(job);
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
    await new Promise((resolve) => setTimeout(resolve, this.jobs.length % 3));
    this.underWay--;
    return job.pairs.map(([a, b]) =>
      a === 3 || b === 3 ? null : { shared: 1, agreement: a + b, sameColour: true },
    );
  }
}

const all: ContentPair[] = Array.from({ length: 300 }, (_, n) => [n, n + 1]);

describe('pairs compared by several workers', () => {
  it('are answered in their order, each compared once, its pictures beside it', async () => {
    const checkers = [new Checker(), new Checker()];
    const asked: number[] = [];
    const pool = new CheckPool(checkers, async (contents) => {
      asked.push(...contents);
      return contents.map((content) => (content === 7 ? null : thumbnail(content)));
    });
    const answers = await pool.check(all);
    expect(answers.map((check) => check?.agreement ?? null)).toEqual(
      all.map(([a, b]) => (a === 3 || b === 3 ? null : a + b)),
    );
    const jobs = checkers.flatMap((checker) => checker.jobs);
    const compared = jobs.flatMap(({ pairs }) => pairs.map(([a]) => a));
    expect(compared.sort((a, b) => a - b)).toEqual(all.map(([a]) => a));
    for (const { pairs, thumbnails } of jobs) {
      expect([...thumbnails.keys()]).toEqual([...new Set(pairs.flat())]);
      for (const [content, picture] of thumbnails) expect(picture === null).toBe(content === 7);
    }
    // One at work while the pictures of the next are read, and both workers have something to do.
    for (const checker of checkers) {
      expect(checker.jobs.length).toBeGreaterThan(3);
      expect(checker.mostUnderWay).toBe(2);
    }
    // Pairs that follow each other have pictures in common, and mostly go to one worker.
    expect(asked.length).toBeLessThan(all.length * 1.1);
  });

  it('are taken over from a slow worker by one that is through, all but a few', async () => {
    const [fast, slow] = [new Checker(), new Checker()];
    let goOn = () => {};
    const first = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    slow.checkPairs = async (job) => {
      slow.jobs.push(job);
      await first;
      return job.pairs.map(() => null);
    };
    const pool = new CheckPool([slow, fast], async (contents) => contents.map(thumbnail));
    const answers = pool.check(all);
    const compared = () => fast.jobs.reduce((sum, { pairs }) => sum + pairs.length, 0);
    await expect.poll(compared).toBeGreaterThan(all.length - 3 * 24);
    goOn();
    expect((await answers).filter((check) => check !== null)).toHaveLength(compared());
  });

  it('keep as many workers busy as are wanted, more as soon as more are', async () => {
    const checkers = [new Checker(), new Checker(), new Checker()];
    const asked = () => checkers.map(({ jobs }) => jobs.length);
    let wanted = 1;
    const pool = new CheckPool(
      checkers,
      async (contents) => {
        // An import that ends in the middle.
        if (checkers[0]!.jobs.length === 5) wanted = 3;
        if (wanted === 1) expect(asked().slice(1)).toEqual([0, 0]);
        return contents.map(thumbnail);
      },
      () => wanted,
    );
    const answers = await pool.check(all);
    expect(answers.filter((check) => check === null)).toHaveLength(2);
    for (const jobs of asked()) expect(jobs).toBeGreaterThan(1);
  });

  it('are left to one worker until more are wanted', async () => {
    const [first, second] = [new Checker(), new Checker()];
    let wanted = 1;
    const pictures = async (contents: readonly number[]) => {
      if (first.jobs.length >= 3) wanted = 2;
      return contents.map(thumbnail);
    };
    const pool = new CheckPool([first, second], pictures, () => wanted);
    expect((await pool.check(all)).filter((check) => check !== null)).toHaveLength(all.length - 2);
    expect(second.jobs.length).toBeGreaterThan(1);
    const parts = [first, second].map(({ jobs }) => jobs.reduce((sum, { pairs }) => sum + pairs.length, 0));
    expect(parts[0]! + parts[1]!).toBe(all.length);
    expect(parts[0]).toBeGreaterThan(3 * 24 - 1);
  });

  it('fail with the worker that fails', async () => {
    const pool = new CheckPool(
      [{ checkPairs: () => Promise.reject(new Error('out of memory')) }],
      async (contents) => contents.map(thumbnail),
    );
    await expect(pool.check(all)).rejects.toThrow('out of memory');
    expect(await pool.check([])).toEqual([]);
  });
});
