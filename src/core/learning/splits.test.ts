import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixedSplit, NEVER_HELD_OUT, stratifiedFolds, stratifiedParts } from './splits.ts';
import type { GroupTruth } from './truth.ts';

function softmax(values: readonly number[], classes: number): GroupTruth {
  const labels = Array.from({ length: classes }, (_, k) => `l${k}`);
  return { name: 'g', activation: 'softmax', labels, values: Int16Array.from(values) };
}

describe('folds', () => {
  it('spread every class evenly, unknown photos too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer(),
        (values, folds, seed) => {
          const found = stratifiedFolds([softmax(values, 4)], values.length, null, folds, seed);
          for (let value = 0; value < 4; value++) {
            const counts = new Array<number>(folds).fill(0);
            found.forEach((fold, photo) => {
              if (values[photo] === value) counts[fold]!++;
            });
            expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          }
          expect(stratifiedFolds([softmax(values, 4)], values.length, null, folds, seed)).toEqual(found);
        },
      ),
      { seed: 1 },
    );
  });

  it('keep near-duplicates together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: -1, max: 9 })), {
          minLength: 1,
          maxLength: 60,
        }),
        (photos) => {
          const duplicates = Int32Array.from(photos, ([, twin]) => twin);
          const found = stratifiedFolds(
            [
              softmax(
                photos.map(([v]) => v),
                3,
              ),
            ],
            photos.length,
            duplicates,
            4,
            3,
          );
          const foldOf = new Map<number, number>();
          duplicates.forEach((twin, photo) => {
            if (twin < 0) return;
            expect(foldOf.get(twin) ?? found[photo]).toBe(found[photo]);
            foldOf.set(twin, found[photo]!);
          });
        },
      ),
      { seed: 2 },
    );
  });

  it('spread rare labels of a multi-label set', () => {
    const rare = Int16Array.from({ length: 100 }, (_, photo) => (photo < 5 ? 1 : 0));
    const common = Int16Array.from({ length: 100 }, (_, photo) => photo % 2);
    const truth = [common, rare].map((values, g) => ({
      name: `${g}`,
      activation: 'sigmoid' as const,
      labels: [`${g}`],
      values,
    }));
    const found = stratifiedFolds(truth, 100, null, 5, 1);
    expect(Array.from(found.slice(0, 5)).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('are two at least', () => {
    expect(() => stratifiedFolds([softmax([0, 1], 2)], 2, null, 1, 0)).toThrow(/1 folds/);
    expect(() => stratifiedFolds([softmax([0, 1], 2)], 2, new Int32Array(3), 2, 0)).toThrow(/3 photos/);
  });
});

describe('parts of different size', () => {
  const count = (parts: Int16Array, part: number) => parts.filter((own) => own === part).length;

  it('have the wanted share to the photo, of sets of any size, however small their classes are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1, max: 11 }), { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer(),
        (values, share, seed) => {
          const parts = stratifiedParts([softmax(values, 12)], values.length, null, [1 - share, share], seed);
          expect(Math.abs(count(parts, 1) - share * values.length)).toBeLessThanOrEqual(0.5 + 1e-6);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it('come as near to it as near-duplicates that stay together allow', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -1, max: 4 })), {
          minLength: 1,
          maxLength: 14,
        }),
        fc.constantFrom(0.1, 0.2, 0.25, 0.3, 0.5, 0.8),
        fc.integer(),
        (photos, share, seed) => {
          const duplicates = Int32Array.from(photos, ([, twin]) => twin);
          const truth = softmax(
            photos.map(([value]) => value),
            4,
          );
          const parts = stratifiedParts([truth], photos.length, duplicates, [1 - share, share], seed);
          const sizes = new Map<number, number>();
          duplicates.forEach((twin, photo) => {
            const unit = twin < 0 ? -1 - photo : twin;
            sizes.set(unit, (sizes.get(unit) ?? 0) + 1);
          });
          let reachable = new Set([0]);
          for (const size of sizes.values()) {
            reachable = new Set([...reachable].flatMap((sum) => [sum, sum + size]));
          }
          const off = (photosThere: number) => Math.abs(photosThere - share * photos.length);
          const nearest = Math.min(...[...reachable].map(off));
          expect(off(count(parts, 1))).toBeLessThanOrEqual(nearest + 1e-6);
        },
      ),
      { seed: 4, numRuns: 1000 },
    );
  });

  it('give up no class that both can have', () => {
    // 30 photos of ten classes: three each, of which a third or so judges.
    const values = Array.from({ length: 30 }, (_, photo) => photo % 10);
    const parts = stratifiedParts([softmax(values, 10)], 30, null, [0.7, 0.3], 1);
    expect(count(parts, 1)).toBe(9);
    const judged = values.filter((_, photo) => parts[photo] === 1);
    expect(new Set(judged).size).toBe(9);
  });
});

describe('a fixed split', () => {
  it('moves judging photos whose near-duplicate teaches', () => {
    const { folds, moved } = fixedSplit(Uint8Array.of(1, 0, 1, 1, 1), Int32Array.of(4, 4, 5, 5, -1));
    expect(Array.from(folds)).toEqual([NEVER_HELD_OUT, NEVER_HELD_OUT, 0, 0, 0]);
    expect(moved).toEqual([0]);
  });
});
