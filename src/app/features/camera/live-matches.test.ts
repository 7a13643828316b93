import { expect, test } from 'vitest';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { SimilarResult } from '../../../core/library/similar-result.ts';
import { noMatches, rateOf, withAnswer, withError } from './live-matches.ts';

const hit = { id: 1 as PhotoId, score: 0.5, capturedAt: 0 };
const found = {
  kind: 'hits',
  hits: [hit],
  ofTerms: null,
  cutOff: 0.6,
  searched: 1,
  waiting: 0,
  milliseconds: 1,
};
const answer = found as SimilarResult;

test('the rate is that of the last answers, however long it took before', () => {
  let matches = withAnswer(noMatches, answer, 0);
  expect(rateOf(matches)).toBe(0);
  for (let n = 0; n < 6; n++) matches = withAnswer(matches, answer, 60_000 + n * 250);
  expect(rateOf(matches)).toBe(4);
  expect(matches).toMatchObject({ hits: [hit], cutOff: 0.6, failure: null });
});

test('a search that fails is told until one works; the matches before stay', () => {
  const matches = withAnswer(noMatches, answer, 0);
  const failed = withAnswer(matches, { kind: 'failed', failure: { code: 'model-unavailable' } }, 100);
  expect(failed).toMatchObject({ hits: [hit], failure: { code: 'model-unavailable' } });
  expect(withError(matches, new Error('why'))).toMatchObject({
    failure: { code: 'worker-crashed', found: 'why' },
  });
  expect(withAnswer(failed, { kind: 'superseded' }, 200)).toBe(failed);
  expect(withAnswer(failed, answer, 300).failure).toBeNull();
});
