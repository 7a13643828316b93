import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../vector/dot.ts';
import { profileOf, recommend, tellingLabels } from './recommend.ts';

const unit = (...parts: number[]) => normalise(Float32Array.from(parts));
const at = (degrees: number) =>
  unit(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180), 0);

const of = (...vectors: Float32Array[]) => vectors.map((vector) => ({ vector, profile: 0 }));

describe('recommendations', () => {
  it('are like something that is liked, say what, and leave the same picture out', () => {
    const liked = [
      { vector: at(0), weight: 1 },
      { vector: at(90), weight: 1 },
    ];
    const found = recommend(liked, of(at(30), at(1), at(70), at(200)), 4);
    expect(found.map(({ candidate }) => candidate).sort()).toEqual([0, 2]);
    expect(found.find(({ candidate }) => candidate === 0)!.because).toBe(0);
    expect(found.find(({ candidate }) => candidate === 2)!.because).toBe(1);
  });

  it('prefer favourites to what was merely opened', () => {
    const liked = [
      { vector: at(0), weight: 0.4 },
      { vector: at(90), weight: 1 },
    ];
    expect(recommend(liked, of(at(20), at(65)), 1)[0]).toMatchObject({ candidate: 1, because: 1 });
  });

  it('are not ten shots of one scene', () => {
    const liked = [{ vector: at(0), weight: 1 }];
    // Five like one another and nearest to the liked one; one on the other side, a little further off.
    const found = recommend(liked, of(at(20), at(20.5), at(21), at(21.5), at(22), at(-32)), 2);
    expect(found.map(({ candidate }) => candidate)).toEqual([0, 5]);
  });

  it('never repeat, never exceed the count, and are the same for the same input', () => {
    const vector = fc
      .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
      .filter((parts) => Math.hypot(...parts) > 0.1)
      .map((parts) => unit(...parts));
    const candidate = fc.record({ vector, profile: fc.constantFrom(0, 0.5, 1) });
    const liked = fc.array(fc.record({ vector, weight: fc.constantFrom(0.4, 1) }), { maxLength: 5 });
    fc.assert(
      fc.property(liked, fc.array(candidate, { maxLength: 30 }), fc.nat(12), (likes, candidates, count) => {
        const found = recommend(likes, candidates, count);
        expect(found.length).toBeLessThanOrEqual(count);
        expect(new Set(found.map(({ candidate }) => candidate)).size).toBe(found.length);
        for (const { because, relevance } of found) {
          if (because !== null) expect(likes[because]).toBeDefined();
          expect(relevance).toBeGreaterThan(0);
        }
        expect(recommend(likes, candidates, count)).toEqual(found);
      }),
    );
  });

  it('count labels, too: of two as like the one with telling labels leads, and labels alone can be the reason', () => {
    const liked = [{ vector: at(0), weight: 1 }];
    const found = recommend(
      liked,
      [
        { vector: at(30), profile: 0 },
        { vector: at(-30), profile: 0.5 },
        { vector: at(120), profile: 1 },
        { vector: at(120), profile: 0 },
      ],
      4,
    );
    expect(found.map(({ candidate, because }) => [candidate, because])).toEqual([
      [1, 0],
      [0, 0],
      [2, null],
    ]);
  });
});

it('labels tell that the liked have more often than all do, not those that everything has', () => {
  //                    everything, telling, rare once, as usual, telling less
  const ofLiked = [10, 6, 1, 2, 3];
  const ofAll = [1000, 60, 1, 200, 30];
  const telling = tellingLabels(ofLiked, 10, ofAll, 1000);
  expect(telling.map(({ label }) => label)).toEqual([1, 4]);
  expect(tellingLabels([], 0, [], 0)).toEqual([]);
  expect(profileOf([1, 4, 0], telling)).toBe(1);
  expect(profileOf([4], telling)).toBeCloseTo(telling[1]!.value / (telling[0]!.value + telling[1]!.value));
  expect(profileOf([0, 3], telling)).toBe(0);
  expect(profileOf([1], [])).toBe(0);
});
