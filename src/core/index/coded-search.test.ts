import { describe, expect, it } from 'vitest';
import type { Ranked } from '../vector/top-k.ts';
import { clusteredVectors } from './clustered-vectors.ts';
import { CodedSearch, type CodedSearchOptions } from './coded-search.ts';
import { FlatIndex } from './flat-index.ts';
import { runSteps } from './run-steps.ts';
import { mergeSegments, type Segment } from './segment.ts';
import { type TrainOptions, trainIndex } from './train-index.ts';
import { encodeSegment, listCount, rowSizes, type TrainedIndex, type VectorSource } from './trained-index.ts';

const dims = 32;
const count = 2000;
const all = clusteredVectors({ count: count + 100, dims, seed: 77 });
const queries = all.subarray(count * dims);
const source = sourceOf(all.subarray(0, count * dims), count);
const exact = new FlatIndex(dims);
for (let n = 0; n < count; n++) exact.add(n, all.subarray(n * dims, (n + 1) * dims));

function sourceOf(vectors: Float32Array, rows: number): VectorSource {
  return {
    count: rows,
    id: (n) => n,
    read: (first, many, out) => out.set(vectors.subarray(first * dims, (first + many) * dims)),
  };
}

const everything: CodedSearchOptions = {
  k: 10,
  nprobe: 1000,
  rerank: 100,
  allowed: null,
  minimumScore: Number.NEGATIVE_INFINITY,
};

interface Built {
  readonly trained: TrainedIndex;
  readonly segment: Segment;
}

const options: Partial<TrainOptions> = { codeSample: 700, codeIterations: 2 };

function buildAnew(factory: string): Built {
  const trained = runSteps(trainIndex(factory, source, dims, options));
  return { trained, segment: runSteps(encodeSegment(trained, source, 0, count)).segment };
}

const built = new Map<string, Built>();

/** Of each description one, which no test changes: training takes most of the time here. */
function build(factory: string): Built {
  const one = built.get(factory) ?? buildAnew(factory);
  built.set(factory, one);
  return one;
}

/** Byte for byte; `toEqual` takes seconds on large typed arrays. */
function expectSame(a: Segment, b: Segment): void {
  const arrays = (s: Segment) => [s.offsets, s.ids, s.codes.bytes, s.scales, s.fine?.bytes, s.fineScales];
  const others = arrays(b);
  arrays(a).forEach((array, n) => {
    expect(array?.length).toBe(others[n]?.length);
    expect(array?.every((value, i) => value === others[n]![i]) ?? true).toBe(true);
  });
}

/** At 10, over fifty queries. */
function recall(search: (query: Float32Array) => Ranked, allowed?: Uint32Array): number {
  let found = 0;
  let wanted = 0;
  for (let q = 0; q < 50; q++) {
    const query = queries.subarray(q * dims, (q + 1) * dims);
    const truth = new Set(exact.search(query, 10, allowed === undefined ? {} : { allowed }).ids);
    wanted += truth.size;
    for (const id of search(query).ids) if (truth.has(id)) found++;
  }
  return found / wanted;
}

describe('CodedSearch against the exact index', () => {
  // Recall@10: the least that passes, and what was seen.
  it.each([
    ['Flat', 1, 1],
    ['SQ8', 0.95, 0.968],
    ['SQ6', 0.92, 0.95],
    ['PQ8', 0.52, 0.568],
    ['PQ8c', 0.6, 0.648],
    ['PCA32,PQ8c', 0.77, 0.812],
    ['IVF32,Flat', 1, 1],
    ['IVF32,SQ8', 0.96, 0.986],
    ['IVF32,PQ8c,Refine(SQ4)', 0.94, 0.968],
    ['PCA32,IVF32,PQ8c,Refine(SQ5)', 0.97, 0.988],
    ['RR32,IVF32,PQ8c,RFlat', 0.99, 1],
  ])('%s finds enough of the exact ten when all lists are visited', (factory, floor) => {
    const { trained, segment } = build(factory);
    const search = new CodedSearch(trained);
    expect(recall((query) => search.search([segment], query, everything))).toBeGreaterThanOrEqual(floor);
  });

  it('finds more with more lists, and gives scores near the exact ones', () => {
    const { trained, segment } = build('PCA32,IVF32,PQ8c,Refine(SQ6)');
    const search = new CodedSearch(trained);
    const [few, many] = [2, 16].map((nprobe) =>
      recall((query) => search.search([segment], query, { ...everything, nprobe })),
    );
    // Seen 0.944 and 0.992.
    expect(few!).toBeGreaterThan(0.9);
    expect(many!).toBeGreaterThan(few!);
    const query = queries.subarray(0, dims);
    const { ids, scores } = search.search([segment], query, everything);
    ids.forEach((id, n) => {
      const vector = exact.get(id)!;
      let product = 0;
      for (let i = 0; i < dims; i++) product += vector[i]! * query[i]!;
      expect(Math.abs(scores[n]! - product)).toBeLessThan(0.03);
    });
  });

  it('orders by Euclidean distance when asked to, for vectors of any length', () => {
    const stretched = all.map((x, i) => x * (1 + (Math.floor(i / dims) % 5)));
    const others = sourceOf(stretched, count);
    const trained = runSteps(trainIndex('IVF16,Flat', others, dims, { metric: 'distance' }));
    const { segment } = runSteps(encodeSegment(trained, others, 0, count));
    const search = new CodedSearch(trained);
    const query = stretched.subarray(count * dims, (count + 1) * dims);
    const distances = Array.from({ length: count }, (_, n) => {
      let sum = 0;
      for (let i = 0; i < dims; i++) sum += (stretched[n * dims + i]! - query[i]!) ** 2;
      return { n, sum };
    }).sort((a, b) => a.sum - b.sum);
    const { ids, scores } = search.search([segment], query, everything);
    expect([...ids]).toEqual(distances.slice(0, 10).map(({ n }) => n));
    expect(scores[0]).toBeCloseTo(-distances[0]!.sum, 4);
  });

  it('stores every row exactly once, in lists that cover all rows', () => {
    const { trained, segment } = build('IVF32,PQ8');
    expect(segment.offsets[0]).toBe(0);
    expect(segment.offsets[listCount(trained)]).toBe(count);
    expect([...segment.ids].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
  });

  it('is the same to the last byte for the same seed', () => {
    const factory = 'PCA32,IVF32,PQ8c,Refine(SQ6)';
    const [a, b] = [build(factory), buildAnew(factory)];
    expectSame(b.segment, a.segment);
  });
});

describe('product codes of whole vectors that have much in common', () => {
  // All point one way, as embeddings do that nobody centred.
  const shifted = all.slice();
  for (let n = 0; n < count + 100; n++) {
    const row = shifted.subarray(n * dims, (n + 1) * dims);
    for (let i = 0; i < dims; i++) row[i] = row[i]! + 0.3;
    const length = Math.hypot(...row);
    for (let i = 0; i < dims; i++) row[i] = row[i]! / length;
  }
  const rows = sourceOf(shifted.subarray(0, count * dims), count);

  it.each(['PQ8', 'RR32,PQ16', 'PQ16c'])('%s leaves out no row that belongs among the hits', (factory) => {
    const trained = runSteps(trainIndex(factory, rows, dims, options));
    const segments = [0, count / 2].map(
      (first) => runSteps(encodeSegment(trained, rows, first, count / 2)).segment,
    );
    const search = new CodedSearch(trained);
    let kept = 0;
    let above = 0;
    for (let q = 0; q < 50; q++) {
      const query = shifted.subarray((count + q) * dims, (count + q + 1) * dims);
      // So many are wanted that every row is scored in full: what the codes say when nothing is left out.
      const whole = search.search(segments, query, { ...everything, k: count });
      expect(whole.ids).toHaveLength(count);
      const best = new Set(whole.ids.slice(0, 10));
      for (const id of search.search(segments, query, everything).ids) if (best.has(id)) kept++;
      const minimumScore = whole.scores[9]! - 1e-6;
      above += search.search(segments, query, { ...everything, minimumScore }).ids.length;
    }
    // Seen: all, of all three.
    expect(kept / 500).toBeGreaterThan(0.99);
    expect(above / 500).toBeGreaterThan(0.99);
  });
});

describe('a filter', () => {
  const { trained, segment } = build('PCA32,IVF32,PQ8c,Refine(SQ6)');
  const search = new CodedSearch(trained);

  // Recall@10 seen at 4 of 32 lists: 0.998, 0.998 and 0.986.
  it.each([
    [1, 0.97],
    [10, 0.97],
    [50, 0.95],
  ])('that allows %i %% is never broken, and good rows are still found', (percent, floor) => {
    const allowed = new Uint32Array((count + 31) >>> 5);
    for (let id = 0; id < count; id++) {
      if ((id * 7919) % 100 < percent) allowed[id >>> 5]! |= 1 << (id & 31);
    }
    const found = recall((query) => {
      const hits = search.search([segment], query, { ...everything, nprobe: 4, allowed });
      for (const id of hits.ids) expect((allowed[id >>> 5]! >>> (id & 31)) & 1).toBe(1);
      expect(hits.ids.length).toBe(10);
      return hits;
    }, allowed);
    expect(found).toBeGreaterThanOrEqual(floor);
  });

  it('that allows fewer rows than asked for gives them all', () => {
    const allowed = new Uint32Array((count + 31) >>> 5);
    for (const id of [5, 1000, 1999]) allowed[id >>> 5]! |= 1 << (id & 31);
    const hits = search.search([segment], queries.subarray(0, dims), { ...everything, nprobe: 1, allowed });
    expect([...hits.ids].sort((a, b) => a - b)).toEqual([5, 1000, 1999]);
  });

  it('that allows nothing gives nothing', () => {
    const allowed = new Uint32Array((count + 31) >>> 5);
    expect(search.search([segment], queries, { ...everything, allowed }).ids.length).toBe(0);
  });
});

describe('segments', () => {
  const { trained, segment: whole } = build('PCA32,IVF32,PQ8c,Refine(SQ5)');
  const parts = [0, 1500, 1501].map(
    (first, n, firsts) =>
      runSteps(encodeSegment(trained, source, first, (firsts[n + 1] ?? count) - first)).segment,
  );

  it('answer together as one segment of all rows answers', () => {
    const search = new CodedSearch(trained);
    for (let q = 0; q < 20; q++) {
      const query = queries.subarray(q * dims, (q + 1) * dims);
      const apart = search.search(parts, query, everything);
      expect(apart.scores.length).toBe(10);
      expect(apart).toEqual(search.search([whole], query, everything));
    }
  });

  it('merge into exactly what coding all rows at once gives', () => {
    expectSame(mergeSegments(parts, listCount(trained), rowSizes(trained), null), whole);
  });

  it('lose removed rows, and only those, when merged', () => {
    const alive = new Uint32Array((count + 31) >>> 5).fill(0x7fffffff);
    const merged = mergeSegments(parts, listCount(trained), rowSizes(trained), alive);
    expect(merged.rows).toBe([...whole.ids].filter((id) => (id & 31) !== 31).length);
    expect([...merged.ids].some((id) => (id & 31) === 31)).toBe(false);
  });
});

describe('range search', () => {
  it('finds nothing below the least score and nearly all above it', () => {
    const { trained, segment } = build('PCA32,IVF32,PQ8c,Refine(SQ6)');
    const search = new CodedSearch(trained);
    let found = 0;
    let wanted = 0;
    for (let q = 0; q < 50; q++) {
      const query = queries.subarray(q * dims, (q + 1) * dims);
      const truth = new Set(exact.search(query, count, { minimumScore: 0.6 }).ids);
      const hits = search.search([segment], query, { ...everything, k: count, nprobe: 8, minimumScore: 0.6 });
      for (const score of hits.scores) expect(score).toBeGreaterThanOrEqual(0.6);
      wanted += truth.size;
      for (const id of hits.ids) if (truth.has(id)) found++;
    }
    // Seen 0.982.
    expect(found / wanted).toBeGreaterThan(0.9);
  });
});

describe('training', () => {
  it('refuses too few vectors, dimensions that do not fit and values that are not finite', () => {
    const few = sourceOf(all, 20);
    expect(() => runSteps(trainIndex('PQ8', few, dims))).toThrow(/20 vectors to train from.*256/);
    expect(() => runSteps(trainIndex('PCA128,PQ8', source, dims))).toThrow(/to 128 dimensions.*32/);
    expect(() => runSteps(trainIndex('PQ7', source, dims))).toThrow(/multiple of 7/);
    const broken = all.slice(0, count * dims);
    broken[17 * dims + 3] = Number.NaN;
    expect(() => runSteps(trainIndex('PQ8', sourceOf(broken, count), dims))).toThrow(/vector 17 .*finite/);
    const { trained } = build('PQ8');
    expect(() => runSteps(encodeSegment(trained, sourceOf(broken, count), 0, count))).toThrow(
      /vector 17 .*NaN/,
    );
  });

  it('tells how far it is, each phase from 0 to 1', () => {
    const phases = [...trainIndex('PCA16,IVF16,PQ4', source, dims, { codeSample: 500, codeIterations: 2 })];
    expect(new Set(phases.map(({ phase }) => phase))).toEqual(new Set(['sample', 'axes', 'lists', 'codes']));
    for (const { done } of phases) expect(done).toBeGreaterThanOrEqual(0);
    for (const { done } of phases) expect(done).toBeLessThanOrEqual(1);
  });
});
