import { describe, expect, it } from 'vitest';
import { seededRandom } from '../index/random.ts';
import { normalise } from '../vector/dot.ts';
import { learnedCutOff, leastPictures, measureChance, readChance } from './chance-similarity.ts';

/** Random directions around a common one: the more spread, the less alike. */
function pictures(count: number, dim: number, common: number, seed = 1): Float32Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    normalise(Float32Array.from({ length: dim }, (_, i) => random.gaussian() + (i === 0 ? common : 0))),
  );
}

describe('what chance does', () => {
  const loose = measureChance(pictures(300, 32, 0), 300);
  const close = measureChance(pictures(300, 32, 6), 300);

  it('is measured as the middle and the upper end of all pairs', () => {
    // Random directions of 32 components: standard deviation 1 / sqrt(32).
    expect(loose.median).toBeCloseTo(0, 1);
    expect(loose.upper * Math.sqrt(32)).toBeCloseTo(1.28, 1);
    expect(close.median).toBeGreaterThan(loose.upper);
  });

  it('gives a stricter cut-off where all pictures are alike, and in larger libraries', () => {
    expect(learnedCutOff(close, 300)!).toBeGreaterThan(learnedCutOff(loose, 300)!);
    const sizes = [100, 1000, 10_000, 100_000, 1_000_000].map((size) => learnedCutOff(loose, size)!);
    expect([...sizes].sort((a, b) => a - b)).toEqual(sizes);
    expect(sizes.at(-1)).toBeGreaterThan(sizes[0]!);
    for (const size of sizes) {
      expect(size).toBeGreaterThanOrEqual(0.4);
      expect(size).toBeLessThanOrEqual(0.9);
    }
  });

  it('lets about one picture of the library pass', () => {
    const all = pictures(4000, 16, 0, 7);
    const cut = learnedCutOff(measureChance(all.slice(0, 400), all.length), all.length)!;
    const passing = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => {
      const query = all[n]!;
      return all.filter(
        (other) => other !== query && other.reduce((sum, v, i) => sum + v * query[i]!, 0) >= cut,
      ).length;
    });
    const mean = passing.reduce((sum, count) => sum + count, 0) / passing.length;
    // Seen: 0.6.
    expect(mean).toBeLessThan(4);
  });

  it('is read off the bulk: pictures that are related do not move it', () => {
    // Every tenth picture has nine near duplicates.
    const plain = pictures(300, 32, 0);
    const bursts = plain.map((vector, n) => (n < 60 ? plain[n - (n % 10)]! : vector));
    expect(learnedCutOff(measureChance(bursts, 300), 300)).toBeCloseTo(learnedCutOff(loose, 300)!, 1);
  });

  it('is not guessed from a handful, nor read from what is damaged', () => {
    expect(learnedCutOff(measureChance(pictures(leastPictures - 1, 8, 0), 50), 50)).toBeNull();
    expect(readChance(JSON.parse(JSON.stringify(loose)))).toEqual(loose);
    for (const damaged of [null, 7, {}, { ...loose, upper: null }, { ...loose, sampled: '5' }])
      expect(readChance(damaged)).toBeNull();
  });
});

it('on real photos chance is told from likeness', async () => {
  const { existsSync, readFileSync } = await import('node:fs');
  const file = new URL('../../../../shared/models/starter/evaluation.json', import.meta.url);
  if (!existsSync(file)) return;
  const { photos } = JSON.parse(readFileSync(file, 'utf8')) as {
    photos: Record<string, { embedding: number[] }>;
  };
  const vectors = Object.values(photos).map(({ embedding }) => normalise(Float32Array.from(embedding)));
  const { median, upper } = measureChance(vectors, vectors.length);
  expect(median).toBeLessThan(0.3);
  expect(upper).toBeLessThan(0.6);
});
