import { expect, it } from 'vitest';
import type { PairMatch } from '../../../core/image/verify-pair.ts';
import { sameWords, turnedBy } from './same-words.ts';

const plain: PairMatch = {
  verdict: 'edited',
  onFirst: [],
  onSecond: [],
  ofFirst: 1,
  ofSecond: 1,
  rotation: 0,
  mirrored: false,
  colour: { lightness: 0, contrast: 1, saturation: 1, hue: 0 },
  features: 40,
  agreement: 1,
  detail: 1,
  correlation: 1,
  transform: { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0, g: 0, h: 0 },
};

it('says which of the two is a part of the other', () => {
  expect(sameWords(plain)).toEqual([]);
  expect(sameWords({ ...plain, ofSecond: 0.5 })).toEqual(['cropped']);
  expect(sameWords({ ...plain, ofFirst: 0.5 })).toEqual(['larger']);
  expect(sameWords({ ...plain, ofFirst: 0.5, ofSecond: 0.6 })).toEqual(['partly']);
});

it('says how colours, sides and angles differ, and what is painted over', () => {
  const colour = { lightness: -0.1, contrast: 1, saturation: 0.2, hue: 0 };
  expect(sameWords({ ...plain, mirrored: true, colour, agreement: 0.8 })).toEqual([
    'mirrored',
    'darker',
    'greyer',
    'covered',
  ]);
  expect(turnedBy({ ...plain, rotation: -14.8 })).toBe(15);
});

it('says nothing of what is within compression', () => {
  const small = { lightness: 0.01, contrast: 1.03, saturation: 1.1, hue: 2 };
  expect(sameWords({ ...plain, verdict: 'same', colour: small })).toEqual([]);
});
