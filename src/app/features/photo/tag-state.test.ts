import { expect, it } from 'vitest';
import type { LabelScore } from '../../../core/library/photo-cell.ts';
import type { LabelNumber, Verdict } from '../../../core/tagging/label.ts';
import { tagState, tagsOf } from './tag-state.ts';

const label = (
  number: number,
  score: number | null,
  verdict: Verdict | null = null,
  threshold: number | null = 0.5,
): LabelScore => ({ label: number as LabelNumber, score, threshold, verdict });

it('suggests a label from its threshold on', () => {
  expect(tagState(label(0, 0.5))).toBe('suggested');
  expect(tagState(label(0, 0.49))).toBe('none');
  expect(tagState(label(0, null))).toBe('none');
  expect(tagState(label(0, 0.9, null, null))).toBe('none');
});

it('lets the person outrank the model', () => {
  expect(tagState(label(0, 0.9, 'rejected'))).toBe('rejected');
  expect(tagState(label(0, null, 'accepted', null))).toBe('accepted');
});

it('shows confirmed tags first, rejected ones last, and leaves out the rest', () => {
  const tags = tagsOf([
    label(1, 0.9, 'rejected'),
    label(2, 0.8),
    label(3, 0.7),
    label(4, 0.3),
    label(5, 0.1, 'accepted'),
  ]);
  expect(tags.map((tag) => tag.label)).toEqual([5, 2, 3, 1]);
});
