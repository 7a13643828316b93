import { expect, it } from 'vitest';
import type { LikeTerm } from '../../../core/library/like-term.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { Label, LabelNumber } from '../../../core/tagging/label.ts';
import { labelTable } from '../../engine/labels.ts';
import { idleTags } from './idle-tags.ts';

const labels = labelTable(
  ['dog', 'cat'].map(
    (id, n): Label => ({
      number: n as LabelNumber,
      id,
      names: { en: id, zh: id },
      threshold: 0.5,
      own: false,
    }),
  ),
  'en',
);
const tag = (label: number, weight = 1): LikeTerm => ({
  subject: { kind: 'label', label: label as LabelNumber },
  weight,
});
const hit = (id: number) => ({ id: id as PhotoId, score: 0.9, capturedAt: 0 });
const answered = (ofTerms: number[] | null, hits = [hit(1), hit(2)]) => ({
  kind: 'hits' as const,
  hits,
  ofTerms: ofTerms === null ? null : Float32Array.from(ofTerms),
  cutOff: 0.6,
  isCut: false,
  searched: 2,
  waiting: 0,
  milliseconds: 1,
});

it('a tag that no photo carries says nothing; one that was given no weight is not spoken of', () => {
  const answer = answered([0.8, Number.NaN, 0.7, Number.NaN]);
  expect([...idleTags([tag(0), tag(1)], answer, labels)]).toEqual(['cat']);
  expect([...idleTags([tag(0), tag(1, 0)], answer, labels)]).toEqual([]);
  // Of terms that changed since, of a single one, and of no hits nothing is known.
  expect([...idleTags([tag(1)], answer, labels)]).toEqual([]);
  expect([...idleTags([tag(0), tag(1)], answered(null), labels)]).toEqual([]);
  expect([...idleTags([tag(0), tag(1)], answered([], []), labels)]).toEqual([]);
  expect([...idleTags([tag(0)], null, labels)]).toEqual([]);
});
