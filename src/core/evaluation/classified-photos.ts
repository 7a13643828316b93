import type { Classes } from './truth.ts';
import { noClass } from './truth.ts';

/** Photos of which each has one class, known and predicted. Made to be handed from worker to worker without copying. */
export interface ClassifiedPhotos {
  /** [rows] ids of the photos, ascending. */
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly groups: readonly ClassifiedGroup[];
}

/** One question with one answer per photo: a multi-class set has one, a multi-output set several. */
export interface ClassifiedGroup {
  /** '' where there is no other. */
  readonly name: string;
  /** [classes] text ids of labels. */
  readonly classes: readonly string[];
  /** [rows] `noClass` where nobody has said. */
  readonly truth: Int16Array<ArrayBuffer>;
  /** [rows][classes] probabilities. */
  readonly scores: Float32Array<ArrayBuffer>;
}

/** The most probable class of each row; the lower number among equals, as numpy.argmax; `noClass` without a number. */
export function mostProbable({ classes, truth, scores }: ClassifiedGroup): Int16Array<ArrayBuffer> {
  const count = classes.length;
  return truth.map((_, row) => {
    let best = noClass;
    for (let c = 0; c < count; c++) {
      const score = scores[row * count + c]!;
      if (score > (best === noClass ? Number.NEGATIVE_INFINITY : scores[row * count + best]!)) best = c;
    }
    return best;
  });
}

/** The photos of one actual and one predicted class, ascending; `guess` null: those without a prediction. */
export function photosOfClasses(
  { ids, groups }: ClassifiedPhotos,
  actual: string,
  guess: string | null,
): Uint32Array<ArrayBuffer> {
  const group = groups.find(({ classes }) => classes.includes(actual));
  if (group === undefined) return new Uint32Array(0);
  const wanted = group.classes.indexOf(actual);
  const guessed = guess === null ? noClass : group.classes.indexOf(guess);
  if (guess !== null && guessed === -1) return new Uint32Array(0);
  const predicted: Classes = mostProbable(group);
  return ids.filter((_, row) => group.truth[row] === wanted && predicted[row] === guessed);
}
