import type { Scores } from './label-columns.ts';
import { type LabelRanking, pointsAbove } from './label-ranking.ts';
import { present, unknown } from './truth.ts';

/** One label's judged photos, best score first, those with the label and those without it apart. */
export interface RankedPhotos {
  /** [positives] rows. */
  readonly positives: Uint32Array<ArrayBuffer>;
  /** [negatives] rows. */
  readonly negatives: Uint32Array<ArrayBuffer>;
  /**
   * [steps] each: how many of either are at or above a score that photos with the label have, highest first. Precision
   * counts at these scores only.
   */
  readonly positivesAt: Uint32Array<ArrayBuffer>;
  readonly negativesAt: Uint32Array<ArrayBuffer>;
}

/** Puts the photos of a ranking in order, by counting: the ranking says where each score's photos begin. */
export function rankedPhotos(truth: Uint8Array, scores: Scores, ranking: LabelRanking): RankedPhotos {
  const { truePositives, falsePositives } = ranking;
  const starts = (upTo: Uint32Array) => upTo.map((_, point) => (point === 0 ? 0 : upTo[point - 1]!));
  const nextPositive = starts(truePositives);
  const nextNegative = starts(falsePositives);
  const positives = new Uint32Array(ranking.positives);
  const negatives = new Uint32Array(ranking.negatives);
  const bytes = scores instanceof Uint8Array ? pointOfByte(ranking) : null;
  for (let row = 0; row < truth.length; row++) {
    const entry = truth[row]!;
    if (entry === unknown) continue;
    const score = scores[row]!;
    const point = bytes === null ? pointsAbove(ranking, score) - 1 : bytes[score]!;
    if (entry === present) positives[nextPositive[point]!++] = row;
    else negatives[nextNegative[point]!++] = row;
  }
  const gains: number[] = [];
  truePositives.forEach((count, point) => {
    if (count > (truePositives[point - 1] ?? 0)) gains.push(point);
  });
  return {
    positives,
    negatives,
    positivesAt: Uint32Array.from(gains, (point) => truePositives[point]!),
    negativesAt: Uint32Array.from(gains, (point) => falsePositives[point]!),
  };
}

/** [256] the point of a ranking at which photos of that byte come in. */
function pointOfByte(ranking: LabelRanking): Int16Array {
  return Int16Array.from({ length: 256 }, (_, byte) => pointsAbove(ranking, byte / 255) - 1);
}
