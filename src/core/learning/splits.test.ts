import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixedSplit, NEVER_HELD_OUT, stratifiedFolds } from './splits.ts';
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

describe('a fixed split', () => {
  it('moves judging photos whose near-duplicate teaches', () => {
    const { folds, moved } = fixedSplit(Uint8Array.of(1, 0, 1, 1, 1), Int32Array.of(4, 4, 5, 5, -1));
    expect(Array.from(folds)).toEqual([NEVER_HELD_OUT, NEVER_HELD_OUT, 0, 0, 0]);
    expect(moved).toEqual([0]);
  });
});
