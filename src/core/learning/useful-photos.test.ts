import { describe, expect, it } from 'vitest';
import type { GroupTruth } from './truth.ts';
import { diversePhotos, likelyWrong, mostUseful, uncertainty } from './useful-photos.ts';

const groups = [
  { name: 'cat', activation: 'sigmoid' as const, labels: ['cat'] },
  { name: 'colour', activation: 'softmax' as const, labels: ['red', 'green', 'blue'] },
];
/** Certain; a doubtful cat; a doubtful colour. */
const probabilities = [0.99, 0.98, 0.01, 0.01, 0.5, 0.98, 0.01, 0.01, 0.01, 0.4, 0.35, 0.25];
const truth: GroupTruth[] = groups.map((group) => ({ ...group, values: Int16Array.of(-1, -1, -1) }));

describe('the queue of useful photos', () => {
  it('asks the uncertain ones first', () => {
    const worths = Float64Array.from([0, 1, 2], (photo) =>
      uncertainty(groups, probabilities, photo, () => false),
    );
    expect(worths[0]).toBeCloseTo(0.03, 10);
    expect(worths[1]).toBeCloseTo(1, 10);
    expect(worths[2]).toBeCloseTo(0.95, 10);
    expect(Array.from(mostUseful(worths, 2))).toEqual([1, 2]);
  });

  it('does not ask what was already said', () => {
    expect(uncertainty(groups, probabilities, 1, (group) => group === 0)).toBeCloseTo(0.03, 10);
    const worths = Float64Array.of(0, Number.NaN, 0.1);
    expect(Array.from(mostUseful(worths, 3))).toEqual([2]);
  });

  it('asks photos that differ from those labelled and from each other', () => {
    const angles = [0, 5, 90, 95, 180];
    const embeddings = Float32Array.from(
      angles.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
    );
    const even = new Float64Array(5).fill(1);
    const found = diversePhotos(embeddings, 2, even, Uint32Array.of(1, 2, 3, 4), Uint32Array.of(0), 2);
    expect(Array.from(found)).toEqual([4, 2]);
    const doubtful = Float64Array.of(1, 1, 0.1, 1, 0);
    const weighted = diversePhotos(embeddings, 2, doubtful, Uint32Array.of(1, 2, 3, 4), Uint32Array.of(0), 1);
    expect(Array.from(weighted)).toEqual([3]);
    expect(diversePhotos(embeddings, 2, even, Uint32Array.of(1, 2), Uint32Array.of(0), 9).length).toBe(2);
  });

  it('finds what was probably said wrongly', () => {
    const said = [
      { ...truth[0]!, values: Int16Array.of(1, -1, 1) },
      { ...truth[1]!, values: Int16Array.of(0, 0, -1) },
    ];
    const worths = likelyWrong(said, Float64Array.from(probabilities));
    expect(Array.from(worths, (worth) => Math.round(worth * 100) / 100)).toEqual([0.02, 0.02, 0.99]);
    const ruledOut = [{ ...truth[0]!, values: Int16Array.of(0, -1, -1) }, truth[1]!];
    expect(likelyWrong(ruledOut, Float64Array.from(probabilities))[0]).toBeCloseTo(0.99, 10);
    expect(likelyWrong(said, new Float64Array(12).fill(Number.NaN))[0]).toBe(0);
  });
});
