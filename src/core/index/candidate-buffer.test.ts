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
