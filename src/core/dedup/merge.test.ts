import { describe, expect, it } from 'vitest';
import type { LabelNumber, Verdict } from '../tagging/label.ts';
import { defaultMerge, type MergeSide, mergeInto } from './merge.ts';

function side(change: Partial<MergeSide> = {}): MergeSide {
  return {
    name: 'IMG_0001.JPG',
    capturedAt: 500,
    hasCaptureDate: false,
    isFavourite: false,
    verdicts: new Map(),
    ...change,
  };
}

function verdicts(...list: [number, Verdict][]): MergeSide['verdicts'] {
  return new Map(list as [LabelNumber, Verdict][]);
}

describe('merging what is removed into what is kept', () => {
  it('adds decisions about tags; the kept one outranks the others', () => {
    const kept = side({ verdicts: verdicts([1, 'rejected']) });
    const removed = [side({ verdicts: verdicts([1, 'accepted'], [2, 'accepted']) })];
    expect(mergeInto(kept, removed, defaultMerge)).toEqual({
      verdicts: verdicts([1, 'rejected'], [2, 'accepted']),
    });
    expect(mergeInto(kept, removed, { ...defaultMerge, tags: false })).toEqual({});
  });

  it('makes it a favourite where one of them is', () => {
    const removed = [side(), side({ isFavourite: true })];
    expect(mergeInto(side(), removed, defaultMerge)).toEqual({ isFavourite: true });
    expect(mergeInto(side({ isFavourite: true }), removed, defaultMerge)).toEqual({});
    expect(mergeInto(side(), removed, { ...defaultMerge, favourite: false })).toEqual({});
  });

  it('takes a camera’s date where there is none, or the oldest', () => {
    const removed = [
      side({ capturedAt: 300, hasCaptureDate: true }),
      side({ capturedAt: 200, hasCaptureDate: true }),
    ];
    expect(mergeInto(side(), removed, defaultMerge)).toEqual({ capturedAt: 300 });
    const dated = side({ hasCaptureDate: true });
    expect(mergeInto(dated, removed, defaultMerge)).toEqual({});
    expect(mergeInto(dated, removed, { ...defaultMerge, captureDate: 'oldest' })).toEqual({
      capturedAt: 200,
    });
    expect(mergeInto(side(), removed, { ...defaultMerge, captureDate: 'leave' })).toEqual({});
  });

  it('takes a name that a person gave, with the kept file’s extension', () => {
    const choices = { ...defaultMerge, name: 'camera' } as const;
    expect(
      mergeInto(side(), [side({ name: 'DSC00012 (1).jpg' }), side({ name: 'Grandma.png' })], choices),
    ).toEqual({
      name: 'Grandma.JPG',
    });
    expect(mergeInto(side({ name: 'Lake.jpg' }), [side({ name: 'Grandma.png' })], choices)).toEqual({});
    expect(mergeInto(side({ name: '20240102_123456.heic' }), [side({ name: 'Oslo.jpg' })], choices)).toEqual({
      name: 'Oslo.heic',
    });
  });
});
