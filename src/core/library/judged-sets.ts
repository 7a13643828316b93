import type { ClassifiedGroup } from '../evaluation/classified-photos.ts';
import type { JudgedSet } from '../evaluation/judged-set.ts';
import { cutOf } from '../evaluation/label-columns.ts';
import { type LabelledPhotos, neverGiven } from '../evaluation/labelled-photos.ts';
import { absent, noClass, present, unknown } from '../evaluation/truth.ts';
import { scoreToByte } from '../tagging/score-codec.ts';
import type { LabelMatrix } from './label-matrix.ts';

/** Of more pairs of photo and label scores are bytes, as those of the built-in labels are: as numbers they fill the memory. */
const mostNumbers = 2 ** 24;

/**
 * What can be judged of a set: photos whose scores are by a head that did not see them. A set that was never taught has
 * none.
 *
 * @param textId of a label's number
 * @param wanted which photos
 * @param numbers pairs of photo and label of the set up to which scores are numbers
 */
export function judgedSet(
  matrix: LabelMatrix,
  textId: (label: number) => string,
  wanted: (photo: number) => boolean,
  numbers = mostNumbers,
): JudgedSet {
  const { photos, labels, scores, heldOut, groups, leastProbability, far } = matrix;
  const width = labels.length;
  const held = [...photos.keys()].filter((row) => heldOut[row] === 1);
  const isScored = (row: number, c: number) => !Number.isNaN(scores[row * width + c]!);
  // A label that was made after teaching is never predicted: the figures of the others stand, and its own say so.
  const taught = new Set([...labels.keys()].filter((c) => held.some((row) => isScored(row, c))));
  // A label all of whose photos lie in one fold has no scores in that fold: nothing is judged of it there.
  const rows = held.filter((row) => wanted(photos[row]!) && labels.some((_, c) => isScored(row, c)));
  const isOpen = (row: number, c: number) => taught.has(c) && !isScored(row, c);
  const ids = Uint32Array.from(rows, (row) => photos[row]!);
  if (!groups.some(({ exclusive }) => exclusive)) {
    // By the set, not by what is wanted of it: the photos behind a figure are sought in the same scores.
    const areBytes = photos.length * width > numbers;
    return { kind: 'labels', photos: labelled(matrix, ids, rows, textId, isOpen, areBytes) };
  }
  let first = 0;
  const classified = groups.map((group): ClassifiedGroup => {
    const count = group.labels.length;
    const columns = first;
    first += count;
    const own = new Float32Array(rows.length * count);
    const truth = new Int16Array(rows.length).fill(noClass);
    rows.forEach((row, r) => {
      const at = row * width + columns;
      for (let c = 0; c < count; c++) {
        own[r * count + c] = scoreOf(scores[at + c]!);
        if (matrix.truth[at + c] === 1) truth[r] = c;
      }
      if (group.labels.some((_, c) => isOpen(row, columns + c))) truth[r] = noClass;
    });
    return {
      name: group.name,
      classes: group.labels.map(textId),
      truth,
      scores: own,
      threshold: leastProbability,
      refused: Uint8Array.from(rows, (row) => far[row]!),
    };
  });
  // Of a group without classes there is nothing to judge.
  const judgable = classified.filter(({ classes }) => classes.length > 0);
  return { kind: 'classes', photos: { ids, groups: judgable } };
}

/** Of a label that was not taught: 0. */
function scoreOf(score: number): number {
  return Number.isNaN(score) ? 0 : score;
}

function labelled(
  { labels, truth, scores, thresholds }: LabelMatrix,
  ids: Uint32Array<ArrayBuffer>,
  rows: readonly number[],
  textId: (label: number) => string,
  isOpen: (row: number, column: number) => boolean,
  areBytes: boolean,
): LabelledPhotos {
  const width = labels.length;
  const size = rows.length * width;
  const own = Float64Array.from(thresholds, (threshold) =>
    Number.isNaN(threshold) ? neverGiven : threshold,
  );
  const columns = {
    truth: new Uint8Array(size),
    scores: areBytes ? new Uint8Array(size) : new Float32Array(size),
  };
  const cuts = areBytes ? Array.from(own, (threshold) => cutOf(new Uint8Array(0), threshold)) : null;
  rows.forEach((row, r) => {
    for (let c = 0; c < width; c++) {
      const said = truth[row * width + c];
      const score = scoreOf(scores[row * width + c]!);
      columns.truth[c * rows.length + r] =
        isOpen(row, c) || said === -1 ? unknown : said === 1 ? present : absent;
      columns.scores[c * rows.length + r] = cuts === null ? score : byteBeside(score, own[c]!, cuts[c]!);
    }
  });
  return { ids, labels: labels.map(textId), ...columns, thresholds: own };
}

/** The byte of a score, on the same side of a threshold: whether the label counts as there does not depend on rounding. */
function byteBeside(score: number, threshold: number, cut: number): number {
  const byte = scoreToByte(score);
  return score >= threshold ? Math.max(byte, cut) : Math.min(byte, cut - 1);
}
