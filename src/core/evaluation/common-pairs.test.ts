import { expect, test } from 'vitest';
import { commonPairs } from './common-pairs.ts';

test('the pairs with most photos are listed, equal ones in the order of labels, and all are counted', () => {
  const table = {
    missedWhilePredicting: Uint32Array.of(0, 2, 5, 2, 0, 0, 7, 1, 0),
    missedWhileWrong: Uint32Array.of(0, 1, 5, 0, 0, 0, 3, 0, 0),
    verdicts: new Uint8Array(0),
    subsetAccuracy: 0,
  };
  expect(commonPairs(table, 3, 3)).toEqual({
    missed: Uint16Array.of(2, 0, 0),
    predicted: Uint16Array.of(0, 2, 1),
    photos: Uint32Array.of(7, 5, 2),
    wrong: Uint32Array.of(3, 5, 1),
    total: 5,
  });
  expect(commonPairs(table, 3, 9).photos).toEqual(Uint32Array.of(7, 5, 2, 2, 1));
});
