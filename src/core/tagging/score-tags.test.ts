import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelNumber } from './label.ts';
import { byteToScore } from './score-codec.ts';
import { leastByte, ScoreTagger } from './score-tags.ts';

describe('tags from scores', () => {
  it('are the labels whose shown score reaches the threshold, exactly', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.1, max: 1.1, noNaN: true }), (threshold) => {
        const least = leastByte(threshold);
        for (let byte = 0; byte <= 255; byte++) {
          expect(byte >= least).toBe(byteToScore(byte) >= threshold);
        }
      }),
    );
  });

  it('are named by the number of each column', () => {
    const tagger = new ScoreTagger([7, 3, 9] as LabelNumber[], [0.5, 0.5, 1]);
    expect(tagger.tags(Uint8Array.of(0, 128, 127, 255), 1)).toEqual([7, 9]);
    expect(tagger.tags(Uint8Array.of(255, 127, 254))).toEqual([7]);
  });
});
