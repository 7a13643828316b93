import { beforeAll, describe, expect, it } from 'vitest';
import { clusteredVectors } from '../index/clustered-vectors.ts';
import { openSnapshot } from '../index/snapshot.ts';
import { recordBytes, writeVector } from '../index/stored-vectors.ts';
import { joinedChunks } from '../index/test-join.ts';
import { IndexBuild } from './index-build.ts';
import type { BuildOutcome, BuildTask, KeptBuild } from './index-ports.ts';
import type { ContentId } from './photo.ts';
import type { VectorChunk } from './stored-rows.ts';

// More contents than are coded as one piece.
const [count, dim, rowsPerChunk] = [25_200, 8, 32];
const size = recordBytes(dim);
const vectors = clusteredVectors({ count, dims: dim, seed: 5, clusters: 40 });
/** Every third content has no vector. */
const contents = Uint32Array.from({ length: count }, (_, n) => n).filter((n) => n % 3 !== 1);
const task: BuildTask = {
  factory: 'PCA4,IVF32,PQ2c,Refine(SQ4)',
  dim,
  model: 'test@1',
  contents,
  resume: null,
};

const stored: VectorChunk[] = [];
for (let first = 0; first < count; first += rowsPerChunk) {
  const rows = Math.min(rowsPerChunk, count - first);
  const records = new Uint8Array(rows * size);
  for (let row = 0; row < rows; row++) {
    const at = (first + row) * dim;
    writeVector(vectors.subarray(at, at + dim), records, row * size);
  }
  stored.push({ firstContent: first as ContentId, rows, dim, records });
}

function filled(of: BuildTask): IndexBuild {
  const build = new IndexBuild(of);
  for (const chunk of stored) build.take(chunk);
  return build;
}

const enough = new Error('enough seen');

/** Runs a build, noting its phases and putting together what it keeps; as far as its first `most` phases. */
async function run(of: BuildTask, most = Number.POSITIVE_INFINITY) {
  const phases: string[] = [];
  const kept: ArrayBuffer[] = [];
  const chunks = new Map<string, Uint8Array<ArrayBuffer>>();
  let sent = 0;
  const keep = (part: KeptBuild) => {
    for (const chunk of part.chunks) chunks.set(chunk.key, chunk.bytes);
    sent += part.chunks.length;
    kept.push(joinedChunks(part.list, (key) => chunks.get(key)));
  };
  let ticks = 0;
  const outcome = await filled(of)
    .run(
      () => (ticks += 1000),
      async () => {},
      ({ phase }) => {
        if (phases.at(-1) !== phase) phases.push(phase);
        if (phases.length >= most) throw enough;
      },
      keep,
    )
    .catch((error) => {
      if (error !== enough) throw error;
      return null;
    });
  return { outcome, phases, kept, sent };
}

function snapshotOf(outcome: BuildOutcome | null): Uint8Array {
  if (outcome?.kind !== 'built') throw new Error(JSON.stringify(outcome));
  return new Uint8Array(outcome.snapshot);
}

function partOf(outcome: BuildOutcome | null) {
  if (outcome?.kind !== 'built') throw new Error(JSON.stringify(outcome));
  const opened = openSnapshot(outcome.snapshot, 'test@1');
  if (opened.kind === 'refused') throw new Error(opened.refusal.message);
  return opened.part;
}

describe('a build of an index', () => {
  let whole: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    whole = await run(task);
  });

  it('holds every content once, and goes on from whatever it kept to the same index', async () => {
    expect(whole.phases).toEqual(['sample', 'axes', 'lists', 'codes', 'encode', 'arrange']);
    const part = partOf(whole.outcome);
    expect(part.segments.map(({ ids }) => [...ids].sort((a, b) => a - b))).toEqual([[...contents]]);
    // After the axes, the lists, all of the training, and each piece but the last.
    const left = [
      ['sample', 'lists', 'codes', 'encode', 'arrange'],
      ['sample', 'codes', 'encode', 'arrange'],
      ['encode', 'arrange'],
      ['encode', 'arrange'],
    ];
    expect(whole.kept).toHaveLength(left.length);
    for (const [n, resume] of whole.kept.entries()) {
      const resumed = await run({ ...task, resume });
      expect(resumed.phases).toEqual(left[n]);
      const [bytes, expected] = [snapshotOf(resumed.outcome), snapshotOf(whole.outcome)];
      expect(bytes.length === expected.length && bytes.every((byte, at) => byte === expected[at])).toBe(true);
    }
  });

  it('begins anew when what was kept is damaged or belongs to another index', async () => {
    const { kept } = whole;
    const begins = async (change: Partial<BuildTask>) => (await run({ ...task, ...change }, 1)).phases[0];
    expect(await begins({ resume: new ArrayBuffer(5) })).toBe('sample');
    const others = contents.slice();
    others[others.length - 1] = count - 2;
    const model = 'other@1';
    const factory = 'PCA4,IVF16,PQ2c,Refine(SQ4)';
    // Axes, lists, and the first piece.
    for (const n of [0, 1, 3]) {
      const resume = kept[n]!;
      const damaged = resume.slice(0);
      new Uint8Array(damaged)[200]! ^= 1;
      const phases = [];
      for (const change of [{ resume: damaged }, { resume, model }, { resume, factory }]) {
        phases.push((await run({ ...task, ...change }, 3)).phases);
      }
      expect(phases).toEqual(Array(3).fill(['sample', 'axes', 'lists']));
    }
    const fewer = contents.slice(0, 1000);
    expect(await begins({ contents: fewer, resume: kept[3]! })).toBe('sample');
    for (const n of [0, 1]) {
      expect((await run({ ...task, contents: others, resume: kept[n]! }, 2)).phases[1]).toBe('axes');
    }
  });

  it('that cannot be says why', async () => {
    expect(await run({ ...task, factory: 'PQ3' })).toMatchObject({
      outcome: { kind: 'failed', why: expect.stringContaining('PQ3 of 8 dimensions') },
    });
  });
});
