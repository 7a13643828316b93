import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestF1, precisionAtLeast, recallAtLeast, type ThresholdChooser } from './thresholds.ts';

const judged = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
    fc.boolean(),
  ),
  {
    minLength: 1,
    maxLength: 30,
  },
);

function figures(photos: readonly (readonly [number, boolean])[], threshold: number) {
  const taken = photos.filter(([p]) => p >= threshold);
  const right = taken.filter(([, present]) => present).length;
  const positives = photos.filter(([, present]) => present).length;
  return {
    precision: taken.length === 0 ? 0 : right / taken.length,
    recall: positives === 0 ? 0 : right / positives,
    f1: taken.length + positives === 0 ? 0 : (2 * right) / (taken.length + positives),
  };
}

function choose(chooser: ThresholdChooser, photos: readonly (readonly [number, boolean])[]) {
  return chooser(
    Float64Array.from(photos, ([p]) => p),
    Uint8Array.from(photos, ([, present]) => (present ? 1 : 0)),
  );
}

/** Every threshold that makes a difference. */
const everywhere = Array.from({ length: 21 }, (_, n) => n / 20);

describe('a chosen threshold', () => {
  it('has the best F1 of all', () => {
    fc.assert(
      fc.property(judged, (photos) => {
        const best = Math.max(...everywhere.map((threshold) => figures(photos, threshold).f1));
        const chosen = choose(bestF1, photos);
        if (chosen === null) expect(best).toBe(0);
        else expect(figures(photos, chosen).f1).toBeCloseTo(best, 12);
      }),
      { seed: 1 },
    );
  });

  it('reaches the wanted precision with the most recall, or there is none', () => {
    fc.assert(
      fc.property(judged, fc.double({ min: 0.1, max: 1, noNaN: true }), (photos, wanted) => {
        const reaching = everywhere
          .map((threshold) => figures(photos, threshold))
          .filter(({ precision }) => precision >= wanted);
        const chosen = choose(precisionAtLeast(wanted), photos);
        if (chosen === null) expect(reaching).toEqual([]);
        else {
          expect(figures(photos, chosen).precision).toBeGreaterThanOrEqual(wanted);
          expect(figures(photos, chosen).recall).toBe(Math.max(...reaching.map(({ recall }) => recall)));
        }
      }),
      { seed: 2 },
    );
  });

  it('reaches the wanted recall with the fewest photos', () => {
    fc.assert(
      fc.property(judged, fc.double({ min: 0.1, max: 1, noNaN: true }), (photos, wanted) => {
        const chosen = choose(recallAtLeast(wanted), photos);
        if (!photos.some(([, present]) => present)) expect(chosen).toBeNull();
        else {
          expect(figures(photos, chosen!).recall).toBeGreaterThanOrEqual(wanted);
          const higher = everywhere.filter((threshold) => threshold > chosen!);
          const fewer = higher.filter(
            (t) => photos.filter(([p]) => p >= t).length < photos.filter(([p]) => p >= chosen!).length,
          );
          for (const threshold of fewer) expect(figures(photos, threshold).recall).toBeLessThan(wanted);
        }
      }),
      { seed: 3 },
    );
  });
});
