import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelNumber } from './label.ts';
import { LabelProfiles, labelProfile, profileDistance, profileLabels } from './label-profile.ts';

const numbers = Array.from({ length: 20 }, (_, n) => (n * 7) % 20) as LabelNumber[];
const row = fc.uint8Array({ minLength: 20, maxLength: 20 });
const profile = row.map((scores) => labelProfile(numbers, scores));

describe('label profiles', () => {
  it('hold the highest scores, by the numbers of their labels', () => {
    fc.assert(
      fc.property(row, (scores) => {
        const { labels, scores: kept } = labelProfile(numbers, scores);
        expect([...labels]).toEqual([...labels].sort((a, b) => a - b));
        labels.forEach((label, n) => {
          expect(kept[n]).toBe(scores[numbers.indexOf(label as LabelNumber)]);
        });
        const highest = [...scores]
          .filter((score) => score > 0)
          .sort((a, b) => b - a)
          .slice(0, profileLabels);
        expect([...kept].sort((a, b) => b - a)).toEqual(highest);
      }),
    );
  });

  it('are as far from each other both ways, not at all from themselves, and not farther by a detour', () => {
    fc.assert(
      fc.property(profile, profile, profile, (a, b, c) => {
        const distance = profileDistance(a, b);
        expect(distance).toBe(profileDistance(b, a));
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(1);
        if (a.labels.length > 0) expect(profileDistance(a, a)).toBe(0);
        expect(distance).toBeLessThanOrEqual(profileDistance(a, c) + profileDistance(c, b) + 1e-12);
      }),
    );
  });

  it('tell by how much labels score, not only which ones are carried', () => {
    const of = (...scores: number[]) =>
      labelProfile(numbers.slice(0, scores.length), Uint8Array.from(scores));
    const dog = of(200, 10);
    expect(profileDistance(dog, of(180, 10))).toBeLessThan(profileDistance(dog, of(90, 10)));
    expect(profileDistance(dog, of(0, 10))).toBeGreaterThan(0.9);
    expect(profileDistance(of(0, 0), of(0, 0))).toBe(1);
  });

  it('are kept by content, however many there are', () => {
    const kept = new LabelProfiles();
    const own = labelProfile(numbers, new Uint8Array(20).fill(9));
    kept.set(5000, own);
    kept.set(3, labelProfile(numbers, new Uint8Array(20)));
    expect(kept.get(5000)).toEqual(own);
    expect(kept.get(3)!.labels.length).toBe(0);
    expect(kept.get(4)).toBeNull();
    expect(kept.get(1_000_000)).toBeNull();
  });
});
