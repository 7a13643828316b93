import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CandidateBuffer } from './candidate-buffer.ts';

it('keeps the best scores of any stream, NaN never, none at or below the floor', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double()), { maxLength: 200 }),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom(Number.NEGATIVE_INFINITY, 0),
      (scores, wanted, floor) => {
        const buffer = new CandidateBuffer(wanted, floor);
        scores.forEach((score, n) => {
          buffer.push(n, score);
        });
        buffer.trim();
        const kept = [...buffer.scores.subarray(0, buffer.count)].sort((a, b) => b - a);
        const best = scores.filter((s) => s > floor).sort((a, b) => b - a);
        expect(kept.map((s) => s + 0)).toEqual(best.slice(0, wanted).map((s) => s + 0));
        for (let n = 0; n < buffer.count; n++) expect(buffer.scores[n]).toBe(scores[buffer.positions[n]!]);
      },
    ),
  );
});

it('with leaders, keeps all that scores within the margin of the last of them, as far as there is room', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true })), { maxLength: 200 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 10 }),
      fc.constantFrom(0, 1, 3),
      (scores, wanted, leaders, margin) => {
        const buffer = new CandidateBuffer(wanted, Number.NEGATIVE_INFINITY, leaders);
        // A second stream: nothing of the first may be left.
        for (let n = 0; n < 30; n++) buffer.push(n, 1e300);
        buffer.restart(Number.NEGATIVE_INFINITY, margin);
        scores.forEach((score, n) => {
          buffer.push(n, score);
        });
        buffer.trim();
        const kept = [...buffer.scores.subarray(0, buffer.count)].sort((a, b) => b - a);
        const best = scores.filter((s) => s > Number.NEGATIVE_INFINITY).sort((a, b) => b - a);
        const last = best[leaders - 1] ?? Number.NEGATIVE_INFINITY;
        const must = best.filter((s) => s > last - margin).slice(0, wanted);
        expect(kept.slice(0, must.length).map((s) => s + 0)).toEqual(must.map((s) => s + 0));
        expect(kept.length).toBeLessThanOrEqual(wanted);
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(wanted, leaders, best.length));
      },
    ),
  );
});
