import { expect, test } from 'vitest';
import type { LabelNumber } from '../tagging/label.ts';
import type { LabelSet } from '../tagging/label-set.ts';
import { hasChangedSince } from './changed-set.ts';
import type { StoredHead } from './teaching-ports.ts';

const set = (refuses: boolean): LabelSet => ({
  id: 1,
  name: 'Views',
  kind: 'multi-class',
  groups: [],
  labels: [7, 8].map((number) => ({
    number: number as LabelNumber,
    names: { en: `${number}`, zh: `${number}` },
    colour: 0,
    shortcut: null,
    synonyms: [],
    group: null,
  })),
  refuses,
});

function head(refuses: boolean, accuracy: number): StoredHead {
  const refusal = { minimumProbability: 0.5, maximumDistance: 1, references: new Float32Array(0) };
  return {
    head: {
      groups: [{ name: '', activation: 'softmax', labels: ['7', '8'] }],
      refusal: refuses ? refusal : null,
    },
    report: { leftOut: [], groups: [{ name: '', photos: 9, accuracy }] },
  } as unknown as StoredHead;
}

test('a set that may answer "none of these" since it was taught, or may not any more, is to be taught again', () => {
  expect(hasChangedSince(set(true), head(true, 0.9))).toBe(false);
  expect(hasChangedSince(set(false), head(false, 0.9))).toBe(false);
  expect(hasChangedSince(set(false), head(true, 0.9))).toBe(true);
  expect(hasChangedSince(set(true), head(false, 0.9))).toBe(true);
});

test('unless it could not be taught to, as it was never right', () => {
  expect(hasChangedSince(set(true), head(false, 0))).toBe(false);
});
