import { describe, expect, it } from 'vitest';
import { clusteredVectors } from '../index/clustered-vectors.ts';
import { openSnapshot } from '../index/snapshot.ts';
import { joinChunks } from '../index/snapshot-chunks.ts';
import { recordBytes, writeVector } from '../index/stored-vectors.ts';
import { IndexBuild } from './index-build.ts';
import type { BuildOutcome, BuildTask, KeptBuild } from './index-ports.ts';
import type { ContentId } from './photo.ts';

const [count, dim, rowsPerChunk] = [36_000, 8, 32];
const size = recordBytes(dim);
const vectors = clusteredVectors({ count, dims: dim, seed: 5, clusters: 40 });
/** Every third content has no vector. */
const contents = Uint32Array.from({ length: count }, (_, n) => n).filter((n) => n % 3 !== 1);
const task: BuildTask = { factory: 'IVF32,PQ4c,Refine(SQ4)', dim, model: 'test@1', contents, resume: null };

function filled(of: BuildTask): IndexBuild {
  const build = new IndexBuild(of);
  for (let first = 0; first < count; first += rowsPerChunk) {
    const rows = Math.min(rowsPerChunk, count - first);
    const records = new Uint8Array(rows * size);
    for (let row = 0; row < rows; row++) {
      const at = (first + row) * dim;
      writeVector(vectors.subarray(at, at + dim), records, row * size);
    }
    build.take({ firstContent: first as ContentId, rows, dim, records });
  }
  return build;
}

/** Runs a build, noting its phases and putting together what it keeps. */
async function run(of: BuildTask) {
  const phases: string[] = [];
  const kept: ArrayBuffer[] = [];
  const chunks = new Map<string, Uint8Array<ArrayBuffer>>();
  let sent = 0;
  const keep = (part: KeptBuild) => {
    for (const chunk of part.chunks) chunks.set(chunk.key, chunk.bytes);
    sent += part.chunks.length;
    const joined = joinChunks(part.list, (key) => chunks.get(key) ?? null);
    if (joined.kind === 'refused') throw new Error(joined.refusal.message);
    kept.push(joined.snapshot);
  };
  let ticks = 0;
  const outcome = await filled(of).run(
    () => (ticks += 1000),
    async () => {},
    ({ phase }) => {
      if (phases.at(-1) !== phase) phases.push(phase);
    },
    keep,
  );
  return { outcome, phases, kept, sent };
}

function partOf(outcome: BuildOutcome) {
  if (outcome.kind !== 'built') throw new Error(JSON.stringify(outcome));
  const opened = openSnapshot(outcome.snapshot, 'test@1');
  if (opened.kind === 'refused') throw new Error(opened.refusal.message);
  return opened.part;
}

describe('a build of an index', () => {
  it('holds every content once, and goes on from whatever it kept to as good an index', async () => {
    const whole = await run(task);
    expect(whole.phases).toEqual(['sample', 'axes', 'lists', 'codes', 'encode', 'arrange']);
    const part = partOf(whole.outcome);
    expect(part.segments.map(({ ids }) => [...ids].sort((a, b) => a - b))).toEqual([[...contents]]);
    // After the training, and after each piece but the last.
    expect(whole.kept).toHaveLength(2);
    for (const resume of whole.kept) {
      const resumed = await run({ ...task, resume });
      expect(resumed.phases).toEqual(['encode', 'arrange']);
      const { segments, trainedRows, trainedError } = partOf(resumed.outcome);
      expect(segments.map(({ ids }) => [...ids].sort((a, b) => a - b))).toEqual([[...contents]]);
      expect(trainedRows).toBe(contents.length);
      // Searches for the nearest list remember where the one before ended, so some rows are coded a little differently.
      expect(trainedError / part.trainedError).toBeCloseTo(1, 1);
    }
  });

  it('begins anew when what was kept cannot be used', async () => {
    const { kept } = await run(task);
    const damaged = kept[1]!.slice(0);
    new Uint8Array(damaged)[500]! ^= 1;
    for (const unusable of [damaged, new ArrayBuffer(5)]) {
      expect((await run({ ...task, resume: unusable })).phases[0]).toBe('sample');
    }
    const fewer = contents.slice(0, 1000);
    expect((await run({ ...task, contents: fewer, resume: kept[1]! })).phases[0]).toBe('sample');
    expect((await run({ ...task, model: 'other@1', resume: kept[1]! })).phases[0]).toBe('sample');
  });

  it('that cannot be says why', async () => {
    expect(await run({ ...task, factory: 'PQ3' })).toMatchObject({
      outcome: { kind: 'failed', why: expect.stringContaining('PQ3 of 8 dimensions') },
    });
  });
});
