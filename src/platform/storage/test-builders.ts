import type { PairCheck } from '../../core/dedup/pair-tier.ts';
import type { BuildTask, IndexBuilder, RunningBuild } from '../../core/library/index-ports.ts';
import { PairBuild } from '../../core/library/pair-build.ts';
import type { MorePairs, PairFinder, PairTask, RunningPairs } from '../../core/library/pair-ports.ts';
import { teachSet } from '../../core/library/teach-set.ts';
import type { HeadTeacher } from '../../core/library/teaching-ports.ts';
import { testClock } from './test-clock.ts';
import { TestIndexBuild } from './test-index-build.ts';

/** What the app does in builder workers, done where it is called. */

interface Run<Outcome> {
  readonly done: Promise<Outcome | { readonly kind: 'cancelled' }>;
  cancel(): void;
}

/** @param work is not stopped when it is cancelled: as of a worker that is being ended, what it still says counts no more */
function run<Outcome>(work: (isWanted: () => boolean) => Promise<Outcome>): Run<Outcome> {
  let wanted = true;
  let cancel = () => {};
  const cancelled = new Promise<{ kind: 'cancelled' }>((resolve) => {
    cancel = () => {
      wanted = false;
      resolve({ kind: 'cancelled' });
    };
  });
  return { done: Promise.race([work(() => wanted), cancelled]), cancel };
}

export const testTeacher: HeadTeacher = {
  teach: (task, progress) => run(() => teachSet(task, testClock, progress)),
};

export class TestIndexBuilder implements IndexBuilder {
  readonly tasks: BuildTask[] = [];
  /** Called with what each build has kept, so that a test can stop the world there: it goes on when that resolves. */
  afterKept: (count: number) => Promise<void> | void = () => {};
  /** The next build fails like this. */
  failNext: string | null = null;

  start(...[task, vectors, progress, kept]: Parameters<IndexBuilder['start']>): RunningBuild {
    this.tasks.push(task);
    return run(async (isWanted) => {
      const why = this.failNext;
      this.failNext = null;
      if (why !== null) return { kind: 'failed', why };
      const job = new TestIndexBuild(task);
      await vectors(async (chunk) => {
        job.take(chunk);
        return true;
      });
      let count = 0;
      let held: Promise<void> | void;
      const breathe = async () => {
        await held;
        await testClock.breathe();
      };
      return job.run(breathe, {
        progress: (value) => {
          if (isWanted()) progress(value);
        },
        kept: (now) => {
          if (isWanted()) kept(now);
          held = this.afterKept(++count);
        },
      });
    });
  }
}

/** `check` says what are copies. */
export class TestPairFinder implements PairFinder {
  readonly tasks: PairTask[] = [];
  /** What came in while they went on. */
  readonly more: MorePairs[] = [];
  /** Whether each task, and what came in while it went on, was begun in the background. */
  readonly inBackground: boolean[] = [];
  check: (first: number, second: number) => Promise<PairCheck | null> = async () => null;
  /** Called before what was found is kept. */
  beforeFound: () => Promise<void> | void = () => {};

  start(...[task, vectors, , found, more, isInBackground]: Parameters<PairFinder['start']>): RunningPairs {
    this.tasks.push(task);
    this.inBackground.push(isInBackground());
    return run(async (isWanted) => {
      const job = new PairBuild(task);
      await vectors(async (chunk) => {
        job.take(chunk);
        return true;
      });
      // It always finds that it is time to tell.
      return job.run(
        (pairs) => Promise.all(pairs.map(([first, second]) => this.check(first, second))),
        () => Number.POSITIVE_INFINITY,
        async (blocks) => {
          await this.beforeFound();
          if (isWanted()) await found(blocks);
        },
        async () => {
          const next = isWanted() ? await more() : null;
          if (next !== null) {
            this.more.push(next);
            this.inBackground.push(isInBackground());
          }
          return next;
        },
      );
    });
  }
}
