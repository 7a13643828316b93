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
  /** Below this probability of the most probable class a photo is refused, unless somebody moves it; 0: it never is. */
  readonly threshold: number;
  /** [rows] 1: refused whatever the probability. */
  readonly refused: Uint8Array<ArrayBuffer>;
}

/**
 * The most probable class of each row; the lower number among equals, as numpy.argmax; `noClass` where the photo is
 * refused or there is no number.
 */
export function mostProbable({
  classes,
  truth,
  scores,
  threshold,
  refused,
}: ClassifiedGroup): Int16Array<ArrayBuffer> {
  const count = classes.length;
  return truth.map((_, row) => {
    if (refused[row] === 1) return noClass;
    let best = noClass;
    for (let c = 0; c < count; c++) {
      const score = scores[row * count + c]!;
      if (score > (best === noClass ? Number.NEGATIVE_INFINITY : scores[row * count + best]!)) best = c;
    }
    return best !== noClass && scores[row * count + best]! >= threshold ? best : noClass;
  });
}

/** The group that has a class; null: none. */
export function groupOfClass({ groups }: ClassifiedPhotos, label: string): ClassifiedGroup | null {
  return groups.find(({ classes }) => classes.includes(label)) ?? null;
}

/** The photos of one actual and one predicted class, ascending; `guess` null: those that are refused. */
export function photosOfClasses(
  photos: ClassifiedPhotos,
  actual: string,
  guess: string | null,
  threshold: number,
): Uint32Array<ArrayBuffer> {
  const group = groupOfClass(photos, actual);
  if (group === null) return new Uint32Array(0);
  const wanted = group.classes.indexOf(actual);
  const guessed = guess === null ? noClass : group.classes.indexOf(guess);
  if (guess !== null && guessed === -1) return new Uint32Array(0);
  const predicted = mostProbable({ ...group, threshold });
  return photos.ids.filter((_, row) => group.truth[row] === wanted && predicted[row] === guessed);
}
