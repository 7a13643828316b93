import { describe, expect, it } from 'vitest';
import type { LabelNumber, Verdict } from '../tagging/label.ts';
import { defaultMerge, type Exclusions, type MergeChoices, type MergeSide, mergeInto } from './merge.ts';

function side(change: Partial<MergeSide> = {}): MergeSide {
  return {
    name: 'IMG_0001.JPG',
    capturedAt: 500,
    hasCaptureDate: false,
    isFavourite: false,
    verdicts: new Map(),
    fullyLabelled: new Set(),
    ...change,
  };
}

function verdicts(...list: [number, Verdict][]): MergeSide['verdicts'] {
  return new Map(list as [LabelNumber, Verdict][]);
}

/** Labels 11 and 12 are classes of set 1: a photo has one of them. */
const classes: Exclusions = (label) =>
  label === 11 || label === 12 ? { set: 1, labels: [(23 - label) as LabelNumber] } : null;

function merged(kept: MergeSide, removed: readonly MergeSide[], choices: MergeChoices) {
  return mergeInto(kept, removed, choices, classes);
}

describe('merging what is removed into what is kept', () => {
  it('adds decisions about tags; the kept one outranks the others', () => {
    const kept = side({ verdicts: verdicts([1, 'rejected']) });
    const removed = [side({ verdicts: verdicts([1, 'accepted'], [2, 'accepted']) })];
    expect(merged(kept, removed, defaultMerge)).toEqual({
      verdicts: verdicts([1, 'rejected'], [2, 'accepted']),
    });
    expect(merged(kept, removed, { ...defaultMerge, tags: false })).toEqual({});
  });

  it('never gives a photo two classes of one set, nor anything where all is said already', () => {
    const first = side({ verdicts: verdicts([11, 'accepted']) });
    const second = side({ verdicts: verdicts([12, 'accepted'], [3, 'accepted']) });
    expect(merged(first, [second], defaultMerge)).toEqual({
      verdicts: verdicts([11, 'accepted'], [3, 'accepted']),
    });
    expect(merged(side(), [first, second], defaultMerge)).toEqual({
      verdicts: verdicts([11, 'accepted'], [3, 'accepted']),
    });
    expect(merged(side({ fullyLabelled: new Set([1]) }), [first], defaultMerge)).toEqual({});
    const none = side({ fullyLabelled: new Set([1]) });
    expect(merged(side(), [none, first], defaultMerge)).toEqual({ fullyLabelled: [1] });
    expect(merged(side(), [none], { ...defaultMerge, tags: false })).toEqual({});
  });

  it('makes it a favourite where one of them is', () => {
    const removed = [side(), side({ isFavourite: true })];
    expect(merged(side(), removed, defaultMerge)).toEqual({ isFavourite: true });
    expect(merged(side({ isFavourite: true }), removed, defaultMerge)).toEqual({});
    expect(merged(side(), removed, { ...defaultMerge, favourite: false })).toEqual({});
  });

  it('takes a camera’s date where there is none, or the oldest', () => {
    const removed = [
      side({ capturedAt: 300, hasCaptureDate: true }),
      side({ capturedAt: 200, hasCaptureDate: true }),
    ];
    expect(merged(side(), removed, defaultMerge)).toEqual({ capturedAt: 300 });
    const dated = side({ hasCaptureDate: true });
    expect(merged(dated, removed, defaultMerge)).toEqual({});
    expect(merged(dated, removed, { ...defaultMerge, captureDate: 'oldest' })).toEqual({
      capturedAt: 200,
    });
    expect(merged(side(), removed, { ...defaultMerge, captureDate: 'leave' })).toEqual({});
  });

  it('takes a name that a person gave, with the kept file’s extension', () => {
    const choices = { ...defaultMerge, name: 'camera' } as const;
    expect(
      merged(side(), [side({ name: 'DSC00012 (1).jpg' }), side({ name: 'Grandma.png' })], choices),
    ).toEqual({
      name: 'Grandma.JPG',
    });
    expect(merged(side({ name: 'Lake.jpg' }), [side({ name: 'Grandma.png' })], choices)).toEqual({});
    expect(merged(side({ name: '20240102_123456.heic' }), [side({ name: 'Oslo.jpg' })], choices)).toEqual({
      name: 'Oslo.heic',
    });
  });
});
