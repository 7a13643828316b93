import { type Classes, checkClasses, noClass } from './truth.ts';

/**
 * How many classes score above the actual one, for each photo: 0 when it is the first guess. Among equal scores the higher
 * class number goes first, as in scikit-learn's top_k_accuracy_score. -1 for photos without a known class.
 *
 * @param scores [rows][classCount]
 * @returns [rows]
 * @throws RangeError when the sizes do not match
 */
export function ranksOfTruth(
  truth: Classes,
  scores: Float32Array | Float64Array,
  classCount: number,
): Int32Array<ArrayBuffer> {
  checkClasses('actual', truth, truth.length, classCount);
  if (scores.length !== truth.length * classCount) {
    throw new RangeError(`${scores.length} scores; expected ${truth.length} x ${classCount}`);
  }
  return Int32Array.from(truth, (actual, row) => {
    if (actual === noClass) return -1;
    const first = row * classCount;
    const own = scores[first + actual]!;
    let above = 0;
    for (let c = 0; c < classCount; c++) {
      const other = scores[first + c]!;
      if (other > own || (other === own && c > actual)) above++;
    }
    return above;
  });
}

/**
 * Share of the photos whose class is among the k first guesses, for every k at once: k = 1 at [0].
 *
 * @param ranks [rows] of `ranksOfTruth`
 * @returns [classCount], never falling, 1 at the end; NaN without photos
 */
export function topKAccuracies(ranks: Int32Array, classCount: number): Float64Array<ArrayBuffer> {
  const accuracies = new Float64Array(classCount);
  let photos = 0;
  for (const rank of ranks) {
    if (rank < 0) continue;
    photos++;
    accuracies[rank]!++;
  }
  let within = 0;
  for (let k = 0; k < classCount; k++) {
    within += accuracies[k]!;
    accuracies[k] = within / photos;
  }
  return accuracies;
}
