import { dot } from '../vector/dot.ts';
import { TopK } from '../vector/top-k.ts';
import type { HeadGroup } from './head.ts';
import { outputsOf } from './head.ts';
import { type GroupTruth, UNKNOWN } from './truth.ts';

/**
 * How little a head knows about a photo, 0 (certain) to 1: the largest over its groups of, for a sigmoid, 1 - |2p - 1|,
 * for a softmax, 1 - (highest - second highest probability) (margin sampling: T. Scheffer et al., 2001).
 *
 * @param probabilities [photos][outputs], row-major
 * @param photo row
 * @param isKnown of a group by its position: what is known already counts for nothing
 */
export function uncertainty(
  groups: readonly HeadGroup[],
  probabilities: ArrayLike<number>,
  photo: number,
  isKnown: (group: number) => boolean,
): number {
  let at = photo * outputsOf(groups);
  let most = 0;
  groups.forEach(({ activation, labels }, g) => {
    if (!isKnown(g)) {
      const open =
        activation === 'sigmoid'
          ? 1 - Math.abs(2 * probabilities[at]! - 1)
          : 1 - margin(probabilities, at, labels.length);
      most = Math.max(most, open);
    }
    at += labels.length;
  });
  return most;
}

function margin(probabilities: ArrayLike<number>, start: number, count: number): number {
  let first = 0;
  let second = 0;
  for (let k = start; k < start + count; k++) {
    const p = probabilities[k]!;
    if (p > first) {
      second = first;
      first = p;
    } else if (p > second) second = p;
  }
  return first - second;
}

/** The `count` photos with the highest worth, highest first; photos of worth 0 or less (or NaN) are never asked for. */
export function mostUseful(worths: Float64Array, count: number): Uint32Array {
  const top = new TopK(count);
  worths.forEach((worth, photo) => {
    if (worth > 0) top.push(photo, worth);
  });
  return top.sorted().ids;
}

/**
 * Photos that differ from each other and from those already labelled, most useful first: each next one is the candidate
 * with the highest worth x distance (1 - cosine) to the nearest photo labelled or already chosen (farthest-first
 * traversal, weighted). Takes (labelled + count) x candidates dot products.
 *
 * @param embeddings [photos][dims], row-major, unit length
 * @param worths [photos], 0 or more: the uncertainty, or 1 for all
 * @param candidates photos to choose among; a few thousand of the most uncertain ones at most
 * @param labelled photos to differ from; a few hundred are enough
 * @param count how many are wanted
 */
export function diversePhotos(
  embeddings: Float32Array,
  dims: number,
  worths: Float64Array,
  candidates: Uint32Array,
  labelled: Uint32Array,
  count: number,
): Uint32Array {
  const distances = new Float64Array(candidates.length).fill(2);
  const comeNear = (photo: number) => {
    candidates.forEach((candidate, c) => {
      const distance = 1 - dot(embeddings, embeddings, dims, candidate * dims, photo * dims);
      if (distance < distances[c]!) distances[c] = Math.max(0, distance);
    });
  };
  labelled.forEach(comeNear);
  const taken = new Uint8Array(candidates.length);
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, candidates.length)) {
    let best = -1;
    let bestWorth = Number.NEGATIVE_INFINITY;
    candidates.forEach((candidate, c) => {
      const worth = worths[candidate]! * distances[c]!;
      if (taken[c] === 0 && worth > bestWorth) {
        best = c;
        bestWorth = worth;
      }
    });
    if (best < 0) break;
    taken[best] = 1;
    chosen.push(candidates[best]!);
    comeNear(candidates[best]!);
  }
  return Uint32Array.from(chosen);
}

/**
 * How likely a photo's label is wrong, 0..1 per photo: 1 - the probability that a head which never saw the photo gives
 * to what the person said, the largest over the groups; 0 where nothing is known or the photo was not held out.
 * (Self-confidence: C. Northcutt et al.: Confident learning, 2021.)
 *
 * @param truth the groups of the head, in its order
 * @param heldOut [photos][outputs], row-major, from `teach`
 */
export function likelyWrong(truth: readonly GroupTruth[], heldOut: Float64Array): Float64Array {
  const outputs = outputsOf(truth);
  const worths = new Float64Array(heldOut.length / outputs);
  let first = 0;
  for (const { activation, labels, values } of truth) {
    values.forEach((value, photo) => {
      if (value === UNKNOWN) return;
      const at = photo * outputs + first;
      const p = activation === 'sigmoid' ? heldOut[at]! : heldOut[at + value]!;
      const confidence = activation === 'sigmoid' && value === 0 ? 1 - p : p;
      if (!Number.isNaN(confidence)) worths[photo] = Math.max(worths[photo]!, 1 - confidence);
    });
    first += labels.length;
  }
  return worths;
}
