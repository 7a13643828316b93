import type { ClassifiedGroup, ClassifiedPhotos } from '../evaluation/classified-photos.ts';
import type { LabelledPhotos } from '../evaluation/labelled-photos.ts';
import { absent, noClass, present, unknown } from '../evaluation/truth.ts';
import type { LabelMatrix } from './label-matrix.ts';

/** What is judged of a set, by its kind. */
export type JudgedSet =
  | { readonly kind: 'labels'; readonly photos: LabelledPhotos }
  | { readonly kind: 'classes'; readonly photos: ClassifiedPhotos };

/**
 * What can be judged of a set: photos whose scores are by a head that did not see them. A set that was never taught has
 * none.
 *
 * @param textId of a label's number
 * @param wanted which photos
 */
export function judgedSet(
  matrix: LabelMatrix,
  textId: (label: number) => string,
  wanted: (photo: number) => boolean,
): JudgedSet {
  const { photos, labels, scores, heldOut, groups } = matrix;
  const width = labels.length;
  const rows = [...photos.keys()].filter((row) => {
    if (heldOut[row] !== 1 || !wanted(photos[row]!)) return false;
    for (let c = 0; c < width; c++) if (Number.isNaN(scores[row * width + c]!)) return false;
    return true;
  });
  const ids = Uint32Array.from(rows, (row) => photos[row]!);
  if (!groups.some(({ exclusive }) => exclusive)) {
    return { kind: 'labels', photos: labelled(matrix, ids, rows, textId) };
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
      own.set(scores.subarray(at, at + count), r * count);
      for (let c = 0; c < count; c++) if (matrix.truth[at + c] === 1) truth[r] = c;
    });
    return { name: group.name, classes: group.labels.map(textId), truth, scores: own };
  });
  return { kind: 'classes', photos: { ids, groups: classified } };
}

function labelled(
  { labels, truth, scores, thresholds }: LabelMatrix,
  ids: Uint32Array<ArrayBuffer>,
  rows: readonly number[],
  textId: (label: number) => string,
): LabelledPhotos {
  const width = labels.length;
  const size = rows.length * width;
  const columns = { truth: new Uint8Array(size), scores: new Float32Array(size) };
  rows.forEach((row, r) => {
    for (let c = 0; c < width; c++) {
      const said = truth[row * width + c];
      columns.truth[c * rows.length + r] = said === 1 ? present : said === 0 ? absent : unknown;
      columns.scores[c * rows.length + r] = scores[row * width + c]!;
    }
  });
  return {
    ids,
    labels: labels.map(textId),
    ...columns,
    thresholds: Float64Array.from(thresholds, (threshold) => (Number.isNaN(threshold) ? 0.5 : threshold)),
  };
}
