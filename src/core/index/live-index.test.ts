import { describe, expect, it } from 'vitest';
import { clusteredVectors } from './clustered-vectors.ts';
import { IdBits } from './id-bits.ts';
import { LiveIndex } from './live-index.ts';
import { recommendedIndex } from './recommended-index.ts';
import { runSteps } from './run-steps.ts';
import { buildAtOnce, buildSealedPart, type SealedPart } from './sealed-part.ts';
import {
  built,
  dim,
  expectEqual,
  factory,
  quick,
  sealedIndex,
  sourceOf,
  vectorOf,
} from './test-live-index.ts';

describe('LiveIndex', () => {
  it('keeps the newer state of rows that change while the tail is being sealed', () => {
    const { index, model } = sealedIndex();
    for (let row = 300; row < 500; row++) {
      index.add(row, vectorOf(row));
      model.set(row, vectorOf(row));
    }
    const sealing = index.sealSteps();
    sealing.next();
    index.remove(310);
    model.delete(310);
    index.add(311, vectorOf(900));
    model.set(311, vectorOf(900));
    index.add(501, vectorOf(501));
    model.set(501, vectorOf(501));
    expectEqual(index, model, vectorOf(2));
    runSteps(sealing);
    expect(index.sizes.tail).toBe(2);
    expectEqual(index, model, vectorOf(2));
  });

  it('goes on as before when sealing stops half-way', () => {
    const { index, model } = sealedIndex();
    for (let row = 300; row < 500; row++) {
      index.add(row, vectorOf(row));
      model.set(row, vectorOf(row));
    }
    index.sealSteps().next();
    expectEqual(index, model, vectorOf(3));
    expect(index.sizes.tail).toBe(200);
  });

  it('answers while it is rebuilt, and takes the new part over with what changed in between', () => {
    const { index, model } = sealedIndex();
    for (let row = 300; row < 600; row++) {
      index.add(row, vectorOf(row));
      model.set(row, vectorOf(row));
    }
    runSteps(index.sealSteps());
    index.beginRebuild();
    expect(index.upkeep()).toEqual({ kind: 'nothing' });
    const steps = buildSealedPart(factory, sourceOf(model), dim, quick);
    let part: SealedPart | null = null;
    for (let n = 0; part === null; n++) {
      const result = steps.next();
      if (result.done) part = result.value;
      else if (n === 3) {
        index.remove(5);
        model.delete(5);
        index.add(6, vectorOf(777));
        model.set(6, vectorOf(777));
        index.add(700, vectorOf(700));
        model.set(700, vectorOf(700));
        expectEqual(index, model, vectorOf(1));
      }
    }
    expect(index.adopt(part).length).toBe(0);
    expectEqual(index, model, vectorOf(1));
    expect(index.sizes.tail).toBe(2);
    expect(index.sizes.dead).toBe(2);
  });

  it('tells which rows a snapshot lacks and forgets those that storage no longer has', () => {
    const index = new LiveIndex(dim);
    const present = new IdBits();
    for (let row = 10; row < 320; row++) present.add(row);
    const missing = index.adopt({ ...built, alive: new IdBits(built.alive.words) }, present);
    expect([...missing]).toEqual(Array.from({ length: 20 }, (_, n) => 300 + n));
    expect(index.has(9)).toBe(false);
    expect(index.size).toBe(290);
  });

  it('keeps no room for ids of a file that storage does not have', () => {
    const index = new LiveIndex(dim);
    const long = new IdBits(built.alive.words);
    long.add(2 ** 24);
    const segments = built.segments.map((segment) => {
      const ids = segment.ids.slice();
      ids[ids.indexOf(7)] = 2 ** 24;
      return { ...segment, ids };
    });
    long.delete(7);
    const missing = index.adopt({ ...built, segments, alive: long }, new IdBits(built.alive.words));
    expect([...missing]).toEqual([7]);
    expect(index.size).toBe(299);
    expect(index.sealed!.alive.words.length).toBeLessThan(100);
  });

  it('respects a filter and a least score in both parts', () => {
    const { index } = sealedIndex();
    for (let row = 300; row < 400; row++) index.add(row, vectorOf(row));
    const allowed = new Uint32Array(2);
    const late = new Uint32Array(13);
    allowed[0] = 0b1010;
    late[12] = 0xf;
    expect([...index.search(vectorOf(0), 9, { allowed }).ids].sort()).toEqual([1, 3]);
    expect([...index.search(vectorOf(0), 9, { allowed: late }).ids].sort()).toEqual([384, 385, 386, 387]);
    for (const score of index.search(vectorOf(0), 50, { minimumScore: 0.5 }).scores) {
      expect(score).toBeGreaterThanOrEqual(0.5);
    }
  });

  it('refuses what it cannot hold, and says what it found', () => {
    const index = new LiveIndex(dim);
    expect(() => index.add(1, new Float32Array(3))).toThrow(/3 components; the index has 32/);
    expect(() => index.add(-1, vectorOf(0))).toThrow(/row -1/);
    expect(() =>
      index.add(
        1,
        vectorOf(0).map(() => Number.NaN),
      ),
    ).toThrow(/length NaN/);
    expect(() =>
      index.add(
        1,
        vectorOf(0).map((x) => x * 9),
      ),
    ).toThrow(/expected a unit vector/);
    expect(() => index.search(new Float32Array(2), 3)).toThrow(/2 components/);
    expect(() => index.search(new Float32Array(dim).fill(Number.NaN), 3)).toThrow(/not finite/);
    expect(() => runSteps(index.sealSteps())).toThrow(/before an index is trained/);
    expect(() => new LiveIndex(0)).toThrow(/0 components/);
    expect(() => new LiveIndex(16).adopt(built)).toThrow(/32 components by product; expected 16/);
    expect(index.size).toBe(0);
    expect(index.search(vectorOf(0), 3).ids.length).toBe(0);
  });
});

describe('upkeep', () => {
  it('asks for nothing while exact search will do, and for a first training after that', () => {
    const index = new LiveIndex(4);
    const vector = Float32Array.of(1, 0, 0, 0);
    for (let row = 0; row < LiveIndex.exactUpTo; row++) index.add(row, vector);
    expect(index.upkeep()).toEqual({ kind: 'nothing' });
    index.add(LiveIndex.exactUpTo, vector);
    expect(index.upkeep()).toMatchObject({ kind: 'train', reason: 'first' });
  });

  it('asks for sealing of a long tail, a compaction of many dead rows', () => {
    const { index } = sealedIndex();
    for (let row = 0; row < 100; row++) index.remove(row);
    expect(index.upkeep()).toEqual({ kind: 'compact', deadShare: 1 / 3 });
    index.compact();
    expect(index.upkeep()).toEqual({ kind: 'nothing' });
    for (let row = 1000; row < 2024; row++) index.add(row, vectorOf(row));
    expect(index.upkeep()).toEqual({ kind: 'seal' });
  });

  it('asks for a new training when the library has outgrown it or become different', () => {
    const rows = new Map(Array.from({ length: 4500 }, (_, n) => [n, vectorOf(n)]));
    const part = buildAtOnce(factory, sourceOf(rows), dim, quick);
    const index = new LiveIndex(dim);
    index.adopt(part, part.alive);
    expect(index.upkeep()).toEqual({ kind: 'nothing' });
    const others = clusteredVectors({ count: 2000, dims: dim, seed: 1234, spread: 2 });
    for (let row = 0; row < 2000; row++) {
      index.add(5000 + row, others.subarray(row * dim, (row + 1) * dim));
    }
    runSteps(index.sealSteps());
    expect(index.sizes.drift).toBeGreaterThan(1.3);
    expect(index.upkeep()).toMatchObject({ kind: 'train', reason: 'drift' });
    const grown = new LiveIndex(dim);
    grown.adopt({ ...part, alive: new IdBits(part.alive.words), trainedRows: 1000 }, part.alive);
    expect(grown.upkeep()).toMatchObject({ kind: 'train', reason: 'growth' });
  });
});

describe('a build that was stopped', () => {
  it('goes on after its last finished piece and ends up the same, to the last byte', () => {
    const rows = new Map(Array.from({ length: 2500 }, (_, n) => [n, vectorOf(n)]));
    const source = sourceOf(rows);
    const kept: SealedPart[] = [];
    const options = { ...quick, pieceRows: 1000 };
    const keep = (part: SealedPart) => {
      kept.push(part);
    };
    const description = 'IVF4,PQ4,Refine(SQ4)';
    const whole = runSteps(buildSealedPart(description, source, dim, { ...options, keep }));
    expect(kept.map((part) => part.trainedRows)).toEqual([0, 1000, 2000]);
    for (const resume of kept) {
      const again = runSteps(buildSealedPart(description, source, dim, { ...options, resume }));
      const [a, b] = [whole.segments[0]!, again.segments[0]!];
      expect(b.rows).toBe(2500);
      expect(b.ids.every((id, n) => id === a.ids[n])).toBe(true);
      expect(b.codes.bytes.every((byte, n) => byte === a.codes.bytes[n])).toBe(true);
      expect(again.trainedError).toBeCloseTo(whole.trainedError, 9);
    }
  });
});

describe('recommendedIndex', () => {
  it('stays exact for small libraries and takes more lists as they grow', () => {
    expect(recommendedIndex(1000, 256).factory).toBeNull();
    expect(recommendedIndex(20_000, 256).factory).toBe('PCA192,IVF256,PQ32c,Refine(SQ5)');
    expect(recommendedIndex(200_000, 256).factory).toBe('PCA192,IVF1024,PQ32c,Refine(SQ5)');
    expect(recommendedIndex(1_000_000, 512).factory).toBe('PCA256,IVF2048,PQ32c,Refine(SQ4)');
  });

  it('gives a description that can be built for any dimension', () => {
    for (const dims of [4, 31, 48, 64, 100]) {
      const { factory: description } = recommendedIndex(5000, dims);
      const vectors = clusteredVectors({ count: 600, dims, seed: dims });
      const source = {
        count: 600,
        id: (n: number) => n,
        read: (first: number, count: number, out: Float32Array) =>
          out.set(vectors.subarray(first * dims, (first + count) * dims)),
      };
      const part = buildAtOnce(description!, source, dims, {
        codeSample: 256,
        codeIterations: 1,
        listIterations: 1,
      });
      expect(part.alive.count).toBe(600);
    }
  });
});
