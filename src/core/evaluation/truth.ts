/**
 * [Note: ground truth] What is known about a photo.
 *
 * - One class of several: a number 0..classes-1, or `noClass`. In truth it means "not labelled": the photo is left out of
 *   every figure. In a prediction it means "refused": the photo counts, as missed.
 * - Any number of labels: one byte for each photo and label, `absent`, `present` or `unknown`. Unlabelled is not negative:
 *   an unknown entry is left out of every figure of that label, and the rest of the photo still counts.
 */
export const noClass = -1;

/** The label was ruled out. */
export const absent = 0;
/** The label was given. */
export const present = 1;
/** Nobody has said; see [Note: ground truth]. */
export const unknown = 2;

/** What became of a photo in a run: verdicts, [rows] a byte each. */
export const wrong = 0;
export const right = 1;
/** The truth is not known. */
export const notKnown = 2;

/** [rows] class of each photo, or `noClass`. */
export type Classes = Int32Array | Int16Array | Int8Array;

/** Refuses lists of different lengths and classes that there are not. */
export function checkClasses(name: string, classes: Classes, rows: number, classCount: number): void {
  if (classes.length !== rows) throw new RangeError(`${classes.length} ${name} classes for ${rows} photos`);
  for (let row = 0; row < rows; row++) {
    const c = classes[row]!;
    if (c < noClass || c >= classCount) {
      throw new RangeError(
        `${name} class ${c} of photo ${row}; it must be 0..${classCount - 1}, or ${noClass} for none`,
      );
    }
  }
}
