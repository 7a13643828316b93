import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostProbable } from '../evaluation/classified-photos.ts';
import { cutOf } from '../evaluation/label-columns.ts';
import { columnsOf } from '../evaluation/labelled-photos.ts';
import { noClass } from '../evaluation/truth.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { judgedSet } from './judged-sets.ts';
import type { LabelMatrix } from './label-matrix.ts';

const labels = [1, 2, 3] as LabelNumber[];

/** Three photos, a class each; nothing was taught of the third class. */
const matrix: LabelMatrix = {
  set: 1,
  groups: [{ name: '', exclusive: true, labels }],
  labels,
  photos: Uint32Array.of(10, 11, 12),
  truth: Int8Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
  scores: Float32Array.of(0.75, 0.25, Number.NaN, 0.5, 0.5, Number.NaN, 1, 0, Number.NaN),
  heldOut: Uint8Array.of(1, 1, 1),
  sides: new Uint8Array(3),
  thresholds: new Float32Array(3).fill(Number.NaN),
  leastProbability: 0.25,
  far: Uint8Array.of(0, 0, 1),
};

describe('what is judged of a set', () => {
  it('is all that was taught, when a label was made later; that one is never predicted', () => {
    const judged = judgedSet(matrix, String, () => true);
    if (judged.kind !== 'classes') throw new Error('expected classes');
    expect([...judged.photos.ids]).toEqual([10, 11, 12]);
    const [group] = judged.photos.groups;
    expect([...group!.scores]).toEqual([0.75, 0.25, 0, 0.5, 0.5, 0, 1, 0, 0]);
    expect([...group!.truth]).toEqual([0, 1, 2]);
    expect(group!.threshold).toBe(0.25);
    expect([...mostProbable(group!)]).toEqual([0, 0, -1]);
    expect([...mostProbable({ ...group!, threshold: 0.6 })]).toEqual([0, -1, -1]);
  });

  it('is only of groups that have classes', () => {
    const empty = { name: 'Empty', exclusive: true, labels: [] };
    const judged = judgedSet({ ...matrix, groups: [empty, ...matrix.groups] }, String, () => true);
    if (judged.kind !== 'classes') throw new Error('expected classes');
    expect(judged.photos.groups.map(({ classes }) => classes)).toEqual([['1', '2', '3']]);
    expect([...judged.photos.groups[0]!.truth]).toEqual([0, 1, 2]);
    const none = { labels: [], truth: new Int8Array(), scores: new Float32Array(), groups: [empty] };
    expect(judgedSet({ ...matrix, ...none }, String, () => true).photos.ids).toHaveLength(0);
  });

  it('is nothing before anything was taught, and nothing of what a photo has no scores of', () => {
    const untaught = { ...matrix, scores: new Float32Array(9).fill(Number.NaN) };
    expect(judgedSet(untaught, String, () => true).photos.ids).toHaveLength(0);
    const scores = matrix.scores.slice();
    scores[4] = Number.NaN;
    const judged = judgedSet({ ...matrix, scores }, String, () => true);
    expect([...judged.photos.ids]).toEqual([10, 11, 12]);
    expect(judged.kind === 'classes' && [...judged.photos.groups[0]!.truth]).toEqual([0, noClass, 2]);
    // All photos of the second label lie in the fold of photo 11: the others' labels are judged there all the same.
    const groups = labels.map((label) => ({ name: String(label), exclusive: false, labels: [label] }));
    const several = judgedSet({ ...matrix, groups, scores }, String, () => true);
    if (several.kind !== 'labels') throw new Error('expected labels');
    expect([...several.photos.truth]).toEqual([1, 0, 0, 0, 2, 0, 0, 0, 1]);
    // Also where only photos of that fold are looked at.
    const only = judgedSet({ ...matrix, groups, scores }, String, (photo) => photo === 11);
    expect(only.kind === 'labels' && [...only.photos.truth]).toEqual([0, 2, 0]);
    // Without a threshold that does what was wanted no photo gets the label.
    expect(several.photos.thresholds.every((threshold) => threshold > 1)).toBe(true);
  });

  it('has scores in bytes where a set is large, and each label is given to the same photos as by numbers', () => {
    const share = fc.float({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(share, { minLength: 9, maxLength: 9 }),
        fc.array(share, { minLength: 3, maxLength: 3 }),
        (all, at) => {
          const groups = labels.map((label) => ({ name: String(label), exclusive: false, labels: [label] }));
          const large: LabelMatrix = {
            ...matrix,
            groups,
            scores: Float32Array.from(all),
            // Some thresholds are scores.
            thresholds: Float32Array.of(at[0]!, all[4]!, at[2]!),
          };
          const [exact, rough] = [9, 8].map((most) => judgedSet(large, String, (photo) => photo > 10, most));
          if (exact!.kind !== 'labels' || rough!.kind !== 'labels') throw new Error('expected labels');
          expect(exact!.photos.scores).toBeInstanceOf(Float32Array);
          expect(rough!.photos.scores).toBeInstanceOf(Uint8Array);
          const given = [exact!.photos, rough!.photos].map((photos) =>
            labels.map((_, c) => {
              const scores = columnsOf(photos).scoresOf(c);
              return Array.from(scores, (score) => score >= cutOf(scores, photos.thresholds[c]!));
            }),
          );
          expect(given[1]).toEqual(given[0]);
          rough!.photos.scores.forEach((byte, n) => {
            expect(Math.abs(byte / 255 - exact!.photos.scores[n]!)).toBeLessThan(1 / 255 + 1e-6);
          });
        },
      ),
    );
  });
});
