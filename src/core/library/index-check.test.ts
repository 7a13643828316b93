import { describe, expect, it } from 'vitest';
import { IdBits } from '../index/id-bits.ts';
import { LiveIndex } from '../index/live-index.ts';
import { seededRandom } from '../index/random.ts';
import { buildAtOnce } from '../index/sealed-part.ts';
import { atRest, recordBytes, recordSource, writeVector } from '../index/stored-vectors.ts';
import { checkIndex } from './index-check.ts';
import { ManualClock } from './manual-clock.ts';
import type { ContentId } from './photo.ts';
import type { PhotoStore } from './photo-store.ts';

const [count, dim, rowsPerChunk] = [3000, 16, 32];
const size = recordBytes(dim);
// Without any structure: what an index finds hardest.
const random = seededRandom(8);
const vectors = new Float32Array(count * dim);
for (let n = 0; n < count; n++) {
  const vector = Array.from({ length: dim }, () => random.gaussian());
  const length = Math.hypot(...vector);
  vectors.set(atRest(Float32Array.from(vector, (value) => value / length)), n * dim);
}
const records = new Uint8Array(count * size);
for (let n = 0; n < count; n++) writeVector(vectors.subarray(n * dim, (n + 1) * dim), records, n * size);
const contents = Array.from({ length: count }, (_, n) => n as ContentId);
const key = { id: 'test', version: '1' };

const store: Pick<PhotoStore, 'vectors' | 'eachVectorChunk'> = {
  vectors: async (_, wanted) => wanted.map((content) => vectors.slice(content * dim, (content + 1) * dim)),
  async eachVectorChunk(_, visit) {
    for (let first = 0; first < count; first += rowsPerChunk) {
      const rows = Math.min(rowsPerChunk, count - first);
      const bytes = records.slice(first * size, (first + rows) * size);
      if (!(await visit({ firstContent: first as ContentId, rows, dim, records: bytes }))) return;
    }
  },
};

/** Every reading is a millisecond after the one before. */
class TickingClock extends ManualClock {
  #ticks = 0;
  override ticks(): number {
    return this.#ticks++;
  }
}

function check(live: LiveIndex, among: readonly ContentId[] = contents, wanted = () => true) {
  return checkIndex(live, among, key, store, new TickingClock(), [3], wanted);
}

describe('the self-check of an index', () => {
  it('measures recall and time over the lists that are visited', async () => {
    const live = new LiveIndex(dim);
    const all = new IdBits();
    for (const content of contents) all.add(content);
    const source = recordSource(Uint32Array.from(contents), dim, records);
    live.adopt(buildAtOnce('IVF32,PQ8c,Refine(SQ8)', source, dim), all);
    const result = (await check(live))!;
    expect(result).toMatchObject({ sample: 64, pictures: count });
    expect(result.points.map(({ probes }) => probes)).toEqual([1, 2, 3, 4, 8, 16, 32]);
    const recalls = result.points.map(({ recall }) => recall);
    const ofCodes = result.points.map(({ recallOfCodes }) => recallOfCodes);
    // Seen: 0.30 with one list, 0.98 with half of them, 1 with all.
    expect(recalls[0]).toBeLessThan(0.5);
    expect(recalls.at(-1)).toBe(1);
    // Seen: the same, but 0.998 with all.
    expect(ofCodes[0]).toBeLessThan(0.5);
    expect(ofCodes.at(-1)).toBeGreaterThan(0.98);
    expect(ofCodes.toSorted((a, b) => a - b)).toEqual(ofCodes);
    for (const { median, p95 } of result.points) expect([median, p95]).toEqual([1, 1]);
  });

  it('does not measure the first searches, which run cold code', async () => {
    // A hundred milliseconds while the code is cold, one when it is warm.
    const cold = 32;
    let [searches, now] = [0, 0];
    class WarmingIndex extends LiveIndex {
      override search(...query: Parameters<LiveIndex['search']>): ReturnType<LiveIndex['search']> {
        now += searches++ < cold ? 100 : 1;
        return super.search(...query);
      }
    }
    class WorkClock extends ManualClock {
      override ticks(): number {
        return now;
      }
    }
    const live = new WarmingIndex(dim);
    const few = contents.slice(0, 200);
    for (const content of few) live.add(content, vectors.slice(content * dim, (content + 1) * dim));
    const result = await checkIndex(live, few, key, store, new WorkClock(), [], () => true);
    expect(result?.points).toMatchObject([{ median: 1, p95: 1 }]);
  });

  it('of an exact index finds everything', async () => {
    const live = new LiveIndex(dim);
    const few = contents.slice(0, 200);
    for (const content of few) live.add(content, vectors.slice(content * dim, (content + 1) * dim));
    expect(await check(live, few)).toMatchObject({
      sample: 64,
      pictures: 200,
      points: [{ probes: 0, recall: 1, recallOfCodes: 1 }],
    });
  });

  it('is given up when nobody wants it, and asks for no more than there is', async () => {
    const live = new LiveIndex(dim);
    for (const content of contents.slice(0, 10))
      live.add(content, vectors.slice(content * dim, (content + 1) * dim));
    expect(await check(live, contents.slice(0, 10))).toBeNull();
    expect(await check(live, [])).toBeNull();
    live.add(10, vectors.slice(10 * dim, 11 * dim));
    expect(await check(live, contents.slice(0, 11))).toMatchObject({ points: [{ recall: 1 }] });
    expect(await check(live, contents.slice(0, 11), () => false)).toBeNull();
  });
});
