import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredVectors } from './clustered-vectors.ts';
import { CodedSearch } from './coded-search.ts';
import { faissFromSealed, sealedFromFaiss } from './faiss-bridge.ts';
import { FaissFileError } from './faiss-bytes.ts';
import { IdBits } from './id-bits.ts';
import { readFaiss } from './read-faiss.ts';
import { buildAtOnce, type SealedPart } from './sealed-part.ts';
import { openSnapshot, writeSnapshot } from './snapshot.ts';
import { writeFaiss } from './write-faiss.ts';

const folder = fileURLToPath(new URL('./golden/', import.meta.url));
const names = readdirSync(folder).filter((name) => name.startsWith('faiss-'));
const golden = JSON.parse(readFileSync(join(folder, 'faiss.json'), 'utf8')) as {
  readonly queries: number[][];
  readonly answers: Record<string, { readonly ids: number[][]; readonly scores: number[][] }>;
};
const fileOf = (name: string) => new Uint8Array(readFileSync(join(folder, name)));

function search(part: SealedPart, query: Float32Array, nprobe: number) {
  return new CodedSearch(part.trained).search(part.segments, query, {
    k: 10,
    nprobe,
    rerank: 400,
    allowed: null,
    minimumScore: Number.NEGATIVE_INFINITY,
  });
}

/** Equal neighbours; those whose scores differ by less than the rounding of our matrices may change places. */
function expectNeighbours(found: ReturnType<typeof search>, ids: number[], scores: number[], sign: number) {
  expect(found.ids.length).toBe(ids.length);
  ids.forEach((id, n) => {
    const at = found.ids.indexOf(id);
    const last = Math.abs(scores[n]! - scores.at(-1)!) < 2e-3;
    if (at < 0) expect(last).toBe(true);
    else expect(Math.abs(found.scores[at]! * sign - scores[n]!)).toBeLessThan(2e-3);
    expect(Math.abs(found.scores[n]! * sign - scores[n]!)).toBeLessThan(2e-3);
  });
}

describe('files that Faiss wrote', () => {
  it.each(names)('%s are written again byte for byte', (name) => {
    expect(Buffer.compare(writeFaiss(readFaiss(fileOf(name))), fileOf(name))).toBe(0);
  });

  it.each(names)('%s give the neighbours that Faiss found', (name) => {
    const part = sealedFromFaiss(readFaiss(fileOf(name)));
    const { ids, scores } = golden.answers[name.slice('faiss-'.length, -'.bin'.length)]!;
    const sign = part.trained.metric === 'distance' ? -1 : 1;
    golden.queries.forEach((query, q) => {
      expectNeighbours(search(part, Float32Array.from(query), 2), ids[q]!, scores[q]!, sign);
    });
    // What came from Faiss can be kept like anything else.
    const again = openSnapshot(writeSnapshot(part, 'faiss'));
    expect(again.kind).toBe('opened');
  });

  it('that are damaged or of other kinds are refused, never crash', () => {
    const refuse = (bytes: Uint8Array) => {
      try {
        sealedFromFaiss(readFaiss(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(FaissFileError);
        return (error as Error).message;
      }
      return '';
    };
    for (const name of names) {
      const bytes = fileOf(name);
      for (let length = 0; length < bytes.length; length += 64) {
        expect(refuse(bytes.subarray(0, length))).not.toBe('');
      }
    }
    const [first] = names;
    fc.assert(
      fc.property(fc.nat(200), fc.nat(255), fc.constantFrom(...names), (at, value, name) => {
        const bytes = fileOf(name);
        bytes[at] = value;
        refuse(bytes);
      }),
      { numRuns: 300 },
    );
    const changed = (at: number, value: number) => {
      const bytes = fileOf(first!);
      bytes[at] = value;
      return refuse(bytes);
    };
    expect(changed(1, 0x48)).toMatch(/type "IHFI"; readable are IxFI/);
    expect(changed(33, 9)).toMatch(/metric 9; expected 0/);
    expect(changed(15, 0x7f)).toMatch(/count: \d+/);
    expect(changed(44, 0x7f)).toMatch(/vectors: \d+/);
    expect(refuse(Uint8Array.from([...fileOf(first!), 0]))).toMatch(/1 bytes follow/);
  });
});

describe('files for Faiss', () => {
  const dims = 16;
  const count = 400;
  const all = clusteredVectors({ count: count + 5, dims, seed: 6 });
  const source = {
    count,
    id: (n: number) => n * 5,
    read: (first: number, many: number, out: Float32Array) =>
      out.set(all.subarray(first * dims, (first + many) * dims)),
  };
  const kinds: [string, 'product' | 'distance'][] = [
    ['Flat', 'product'],
    ['SQ8', 'distance'],
    ['PQ4', 'product'],
    ['IVF4,Flat', 'distance'],
    ['IVF4,PQ4', 'product'],
    ['IVF4,PQ4', 'distance'],
    ['PCA12,IVF4,PQ4', 'product'],
    ['PCA16,IVF4,PQ4c,Refine(SQ5)', 'product'],
    ['RR16,SQ6', 'product'],
  ];
  const parts = kinds.map(([factory, metric]) =>
    buildAtOnce(factory, source, dims, { codeSample: 400, codeIterations: 3, listIterations: 3, metric }),
  );

  it('bring back the same neighbours and scores', () => {
    for (const part of parts) {
      const back = sealedFromFaiss(readFaiss(writeFaiss(faissFromSealed(part))));
      for (let q = 0; q < 5; q++) {
        const query = all.subarray((count + q) * dims, (count + q + 1) * dims);
        const { ids, scores } = search(part, query, 2);
        expectNeighbours(search(back, query, 2), [...ids], [...scores], 1);
      }
    }
  });

  it('leave removed rows out', () => {
    const [, , , , part] = parts;
    const alive = part!.alive.words.slice();
    alive[0] = 0;
    const index = faissFromSealed({ ...part!, alive: new IdBits(alive) });
    // Ids 0, 5, ... 30.
    expect(index.count).toBe(count - 7);
    expect(readFaiss(writeFaiss(index)).count).toBe(count - 7);
  });

  it('are refused with numbers that are not finite, and without lists', () => {
    const read = (bytes: Uint8Array) => sealedFromFaiss(readFaiss(bytes));
    for (const [n, what] of [
      [0, /the number NaN at byte \d+; expected finite/],
      [1, /the number NaN/],
      [4, /the number NaN/],
    ] as const) {
      const index = faissFromSealed(parts[n]!);
      const inner = index.kind === 'mapped' ? index.inner : index;
      const numbers =
        inner.kind === 'flat'
          ? inner.vectors
          : inner.kind === 'scalar'
            ? inner.ranges
            : inner.kind === 'inverted'
              ? inner.coarse.vectors
              : null;
      const kept = numbers![3]!;
      numbers![3] = Number.NaN;
      const bytes = writeFaiss(index);
      // Some are the part's own.
      numbers![3] = kept;
      expect(() => read(bytes)).toThrow(FaissFileError);
      expect(() => read(bytes)).toThrow(what);
    }
    // Lists hold their vectors as plain bytes.
    const lists = faissFromSealed(parts[3]!);
    if (lists.kind !== 'inverted') throw new Error('expected lists');
    const { codes } = lists.lists.find(({ ids }) => ids.length > 0)!;
    new DataView(codes.buffer, codes.byteOffset).setFloat32(4, Number.POSITIVE_INFINITY, true);
    expect(() => read(writeFaiss(lists))).toThrow(/the vector of id \d+ holds Infinity; expected finite/);
    const coarse = { ...lists.coarse, count: 0, vectors: new Float32Array(0) };
    const none = writeFaiss({ ...lists, count: 0, coarse, lists: [] });
    expect(() => read(none)).toThrow(FaissFileError);
    expect(() => read(none)).toThrow('0 inverted lists; expected at least 1');
  });

  // The other direction needs the real Faiss: PICSIFT_PYTHON, or python3, with the faiss package.
  const python = process.env.PICSIFT_PYTHON ?? 'python3';
  const hasFaiss = spawnSync(python, ['-c', 'import faiss']).status === 0;
  it.skipIf(!hasFaiss)(
    'are opened by Faiss, which finds the same neighbours and writes the same bytes',
    () => {
      const work = mkdtempSync(join(tmpdir(), 'picsift-faiss-'));
      try {
        writeFileSync(join(work, 'queries.f32'), new Uint8Array(all.slice(count * dims).buffer));
        parts.forEach((part, n) => {
          writeFileSync(join(work, `${n}.faiss`), writeFaiss(faissFromSealed(part, 2)));
        });
        const script = fileURLToPath(
          new URL('../../../scripts/bench/index/make_faiss_golden.py', import.meta.url),
        );
        execFileSync(python, [script, '--check', work], { env: { ...process.env, OMP_NUM_THREADS: '1' } });
        parts.forEach((part, n) => {
          expect(
            Buffer.compare(readFileSync(join(work, `${n}.again`)), readFileSync(join(work, `${n}.faiss`))),
          ).toBe(0);
          const answer = JSON.parse(readFileSync(join(work, `${n}.json`), 'utf8')) as {
            ids: number[][];
            scores: number[][];
          };
          const sign = part.trained.metric === 'distance' ? -1 : 1;
          for (let q = 0; q < 5; q++) {
            const query = all.subarray((count + q) * dims, (count + q + 1) * dims);
            expectNeighbours(search(part, query, 2), answer.ids[q]!, answer.scores[q]!, sign);
          }
        });
      } finally {
        rmSync(work, { recursive: true });
      }
    },
  );
});
