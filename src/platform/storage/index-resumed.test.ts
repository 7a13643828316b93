import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IndexBuild } from '../../core/library/index-build.ts';
import type { BuildOutcome } from '../../core/library/index-ports.ts';
import { begin, dim, end, libraryOf, model, stored, type Tab, tab } from './test-index-tab.ts';

beforeEach(begin);
afterEach(end);

const factory = 'PCA8,IVF32,PQ2c,Refine(SQ4)';
const count = 1500;
const contents = Uint32Array.from({ length: count }, (_, content) => content);

/** A build over a tab's store, which goes on from what is stored and is killed after it has kept `phases` results. */
async function build(
  { store }: Tab,
  phases: number,
): Promise<{ outcome: BuildOutcome | null; ran: string[] }> {
  const before = await store.index(model.key, 'build');
  const joined = before?.joined;
  const resume = joined?.kind === 'joined' ? joined.snapshot : null;
  const job = new IndexBuild({ factory, dim, model: 'test@1', contents, resume });
  await store.eachVectorChunk(model.key, async (chunk) => {
    job.take(chunk);
    return true;
  });
  const ran = new Set<string>();
  let kept = 0;
  let storing = Promise.resolve();
  const note = { factory, buildMilliseconds: 1, contents };
  const killed = new Promise<null>((resolve) => {
    job
      .run(
        () => Number.POSITIVE_INFINITY,
        async () => {
          await storing;
          if (kept < phases) return;
          resolve(null);
          await new Promise(() => {});
        },
        ({ phase }) => ran.add(phase),
        ({ list, chunks }) => {
          if (kept++ >= phases) return;
          const { key } = model;
          storing = store
            .write({ indexes: [{ model: key, slot: 'build', kind: 'put', note, list, chunks }] }, 'relaxed')
            .then((result) => expect(result).toBe('written'));
        },
      )
      .then((outcome) => done(outcome));
  });
  let done: (outcome: BuildOutcome) => void = () => {};
  const ended = new Promise<BuildOutcome>((resolve) => {
    done = resolve;
  });
  return { outcome: await Promise.race([killed, ended]), ran: [...ran] };
}

function snapshotOf(outcome: BuildOutcome | null): Uint8Array {
  if (outcome?.kind !== 'built') throw new Error(JSON.stringify(outcome));
  return new Uint8Array(outcome.snapshot);
}

describe('a build killed after every phase', () => {
  it('repeats none of them, and ends with the index that an undisturbed one makes', async () => {
    const first = await libraryOf(count);
    const undisturbed = await build(first, Number.POSITIVE_INFINITY);
    expect(undisturbed.ran).toEqual(['sample', 'axes', 'lists', 'codes', 'encode', 'arrange']);
    const { key } = model;
    await first.store.write({ indexes: [{ model: key, slot: 'build', kind: 'drop' }] }, 'relaxed');
    expect(await stored('indexChunks')).toEqual([]);
    first.kill();

    const left = ['axes', 'lists', 'codes'];
    for (const phase of left) {
      const killed = await tab();
      const { outcome, ran } = await build(killed, 1);
      expect(outcome).toBeNull();
      // It may have told that the next one begins.
      expect(ran.find((name) => left.includes(name))).toBe(phase);
      killed.kill();
    }
    const last = await build(await tab(), Number.POSITIVE_INFINITY);
    expect(last.ran).toEqual(['encode', 'arrange']);
    const [resumed, whole] = [snapshotOf(last.outcome), snapshotOf(undisturbed.outcome)];
    expect(resumed.length === whole.length && resumed.every((byte, n) => byte === whole[n])).toBe(true);
  });
});
