import type { ClassifiedGroup } from './classified-photos.ts';
import type { LabelledPhotos } from './labelled-photos.ts';
import { absent, type Classes, checkClasses, noClass, present, unknown } from './truth.ts';

/** The most probable class of each photo, and whether it is right, as a column to be ranked by `rankLabel`. */
export interface FirstGuesses {
  /** [rows] most probable class; the lower number among equals, as numpy.argmax. */
  readonly predicted: Int32Array<ArrayBuffer>;
  /** [rows] `present` where it is right, `absent` where it is wrong, `unknown` where the photo has no known class. */
  readonly truth: Uint8Array<ArrayBuffer>;
  /** [rows] its probability. */
  readonly scores: Float64Array<ArrayBuffer>;
}

/**
 * First guesses of a set with one class per photo, for its reliability diagram and histogram of confidence.
 *
 * @param truth [rows] classes
 * @param probabilities [rows][classCount]
 * @throws RangeError when the sizes do not match
 */
export function firstGuesses(
  truth: Classes,
  probabilities: Float32Array | Float64Array,
  classCount: number,
): FirstGuesses {
  const rows = truth.length;
  checkClasses('actual', truth, rows, classCount);
  if (probabilities.length !== rows * classCount || classCount < 1) {
    throw new RangeError(`${probabilities.length} probabilities; expected ${rows} x ${classCount}`);
  }
  const guesses = {
    predicted: new Int32Array(rows),
    truth: new Uint8Array(rows),
    scores: new Float64Array(rows),
  };
  for (let row = 0; row < rows; row++) {
    let best = 0;
    for (let c = 1; c < classCount; c++) {
      if (probabilities[row * classCount + c]! > probabilities[row * classCount + best]!) best = c;
    }
    const actual = truth[row]!;
    guesses.predicted[row] = best;
    guesses.truth[row] = actual === noClass ? unknown : actual === best ? present : absent;
    guesses.scores[row] = probabilities[row * classCount + best]!;
  }
  return guesses;
}

/** First guesses of a group as a label that photos have where the guess is right. @param name of the label */
export function guessesAsLabel(
  ids: Uint32Array<ArrayBuffer>,
  { truth, scores, classes }: ClassifiedGroup,
  name: string,
): LabelledPhotos {
  const guesses = firstGuesses(truth, scores, classes.length);
  return {
    ids,
    labels: [name],
    truth: guesses.truth,
    scores: Float32Array.from(guesses.scores),
    thresholds: Float64Array.of(0),
  };
}
