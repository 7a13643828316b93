import { outputsOf, type TaughtHead } from '../learning/head.ts';
import { refused } from '../learning/refusal.ts';
import { scoreLibrary } from '../learning/score.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { type HeadLabel, outputActivations, scoreOf } from './head-labels.ts';

/** What a head says of one output of a photo. */
export interface HeadScore {
  readonly label: LabelNumber;
  /** 0..1 */
  readonly score: number;
  /** From which score on the label counts as there; null: it does not, whatever the score. */
  readonly threshold: number | null;
}

/**
 * Scores photos and says which labels each one gets.
 *
 * @param embeddings [photos][dims], row-major
 * @param visit per photo: its row, [outputs] probabilities, and the outputs that it gets
 */
export function eachScored(
  head: TaughtHead,
  embeddings: Float32Array,
  visit: (row: number, probabilities: Float32Array, given: readonly number[]) => void,
): void {
  const { dims } = head;
  const outputs = outputsOf(head.groups);
  const source = {
    count: embeddings.length / dims,
    read: (first: number, count: number, out: Float32Array) =>
      out.set(embeddings.subarray(first * dims, (first + count) * dims)),
  };
  for (const piece of scoreLibrary(head, source, dims)) {
    for (let r = 0; r < piece.count; r++) {
      const own = piece.probabilities.subarray(r * outputs, (r + 1) * outputs);
      const embedding = piece.embeddings.subarray(r * dims, (r + 1) * dims);
      visit(piece.first + r, own, givenOutputs(head, own, embedding));
    }
  }
}

function givenOutputs(head: TaughtHead, own: Float32Array, embedding: Float32Array): number[] {
  const given: number[] = [];
  let first = 0;
  for (const { activation, labels } of head.groups) {
    if (activation === 'sigmoid') {
      const threshold = head.thresholds[first] ?? null;
      if (threshold !== null && own[first]! >= threshold) given.push(first);
    } else {
      const best = first + likeliest(own, first, labels.length);
      if (head.refusal === null || refused(head.refusal, own[best]!, embedding) === null) given.push(best);
    }
    first += labels.length;
  }
  return given;
}

/** One photo's scores, in the order of `labels`. @param labels of the head, see `headLabels` */
export function scoresOfPhoto(
  head: TaughtHead,
  labels: readonly HeadLabel[],
  embedding: Float32Array,
): HeadScore[] {
  const activations = outputActivations(head);
  const scores: HeadScore[] = [];
  eachScored(head, embedding, (_, probabilities, given) => {
    for (const one of labels) {
      const score = scoreOf(one, head, probabilities);
      const isGiven = one.outputs.some((output) => given.includes(output));
      // Of a group the likeliest label counts, whatever its score.
      const ofGroup = isGiven ? score : null;
      const threshold = activations[one.outputs[0]!] === 'sigmoid' ? one.threshold : ofGroup;
      scores.push({ label: one.label, score, threshold });
    }
  });
  return scores;
}

/** Position of the greatest of `count` values from `start` on. */
export function likeliest(values: ArrayLike<number>, start: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (values[start + k]! > values[start + best]!) best = k;
  return best;
}
