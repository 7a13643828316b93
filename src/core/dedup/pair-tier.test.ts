import { describe, expect, it } from 'vitest';
import { type PairCheck, type Shot, serialOf, tierOfCopy, tierOfLikeness } from './pair-tier.ts';

const same: PairCheck = { shared: 1, agreement: 1, sameColour: true };
const undated: Shot = { capturedAt: null, camera: null, width: 400, height: 300, serial: null };
const shot: Shot = { ...undated, capturedAt: 1_000_000, camera: 'Maker Model' };
const later = (milliseconds: number): Shot => ({ ...shot, capturedAt: 1_000_000 + milliseconds });

describe('the tier of a pair', () => {
  it('one picture, whatever its size; an edited one where something is cut, written or coloured', () => {
    expect(tierOfCopy(same, undated, { ...undated, width: 200, height: 150 })).toBe('same-picture');
    expect(tierOfCopy({ ...same, shared: 0.8 }, undated, undated)).toBe('edited-copy');
    expect(tierOfCopy({ ...same, agreement: 0.7 }, undated, undated)).toBe('edited-copy');
    expect(tierOfCopy({ ...same, detail: 0.95 }, undated, undated)).toBe('edited-copy');
    expect(tierOfCopy({ ...same, detail: 0.98 }, undated, undated)).toBe('same-picture');
    expect(tierOfCopy({ ...same, sameColour: false }, undated, undated)).toBe('edited-copy');
    expect(tierOfCopy(same, shot, undated)).toBe('same-picture');
    expect(tierOfCopy(same, shot, shot)).toBe('same-picture');
  });

  it('a burst is no copy, however alike its shots are', () => {
    expect(tierOfCopy(same, shot, later(1000))).toBe('same-shot');
    expect(tierOfCopy({ ...same, agreement: 0.9 }, shot, shot)).toBe('same-shot');
    expect(tierOfCopy(same, shot, later(60_000))).toBe('same-scene');
    expect(tierOfLikeness(0.9, shot, later(1000))).toBe('same-shot');
    expect(tierOfLikeness(0.9, shot, { ...later(1000), camera: 'Other' })).toBe('same-scene');
    expect(tierOfLikeness(0.8, shot, later(1000))).toBeNull();
  });

  it('of a second with several shots each is one, by its fraction or by its number', () => {
    expect(tierOfCopy(same, later(120), later(220))).toBe('same-shot');
    // What was saved again may have lost the fraction.
    expect(tierOfCopy(same, shot, later(220))).toBe('same-picture');
    const named = (name: string): Shot => ({ ...shot, serial: serialOf(name) });
    const first = named('IMG_1234.JPG');
    expect(tierOfCopy(same, first, named('img_1235.jpg'))).toBe('same-shot');
    expect(tierOfCopy(same, first, { ...named('IMG_1235.JPG'), width: 200, height: 150 })).toBe(
      'same-picture',
    );
    const phone = (n: number) => named(`IMG_20240101_120000_00${n}.jpg`);
    expect(tierOfCopy(same, phone(1), phone(2))).toBe('same-shot');
    for (const name of [
      'IMG_1234 (1).jpg',
      'IMG_1234-edited 2.jpg',
      'trip 1235.jpg',
      'IMG_8000.JPG',
      'a.jpg',
      '.1235',
    ])
      expect(tierOfCopy(same, first, named(name)), name).toBe('same-picture');
  });

  it('a date that was only shifted to another zone is the same moment', () => {
    expect(tierOfCopy(same, shot, later(2 * 3_600_000))).toBe('same-picture');
  });
});
