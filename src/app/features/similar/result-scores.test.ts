import { expect, it } from 'vitest';
import { mixedCutOff } from '../../../core/image/part-scores.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import { contentOnly, countedWeights, mixedScores } from './result-scores.ts';

it('weights of a link count once parts are known: no cut-off of a mix is held against likeness alone', () => {
  const id = 1 as PhotoId;
  const mix = { content: 25, type: 0, colour: 10, layout: 65 };
  const hits = [{ id, score: 0.4, capturedAt: 0 }];
  const parts = new Map([[id, { content: 40, type: 0, colour: 50, layout: 90 }]]);
  expect(countedWeights(new Map(), mix)).toEqual(contentOnly);
  expect(countedWeights(parts, mix)).toBe(mix);
  expect(countedWeights(parts, null)).toBe(contentOnly);
  const isNear = (known: typeof parts) => {
    const weights = countedWeights(known, mix);
    return mixedScores(hits, known, weights).get(id)! >= 100 * mixedCutOff(0.5, weights);
  };
  // By content it is too far, by layout it is not.
  expect([isNear(new Map()), isNear(parts)]).toEqual([false, true]);
});
