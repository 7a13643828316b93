import type { Refusal } from './refusal.ts';
import type { Activation } from './truth.ts';

/** Which model made the embeddings. */
export interface Backbone {
  readonly id: string;
  readonly version: string;
}

export interface HeadGroup {
  readonly name: string;
  readonly activation: Activation;
  /** One label per output. */
  readonly labels: readonly string[];
  /** What they are called in Chinese, in a head that leaves the library; absent: the same. */
  readonly zh?: readonly string[];
}

/**
 * What teaching makes: a linear map of an embedding to calibrated logits. Plain data: it can be cloned, stored and sent.
 *
 * Outputs are numbered through the groups: those of the first group, then those of the second, ...
 */
export interface TaughtHead {
  readonly version: 1;
  readonly backbone: Backbone;
  /** Components of an embedding. */
  readonly dims: number;
  readonly groups: readonly HeadGroup[];
  /** [outputs][dims], row-major, on embeddings as the model gives them; calibration included. */
  readonly weights: Float32Array;
  /** [outputs]; calibration included. */
  readonly bias: Float32Array;
  /** [outputs]: calibrated logit = scale x taught logit + offset; 1 and 0 where there was too little to calibrate. */
  readonly calibration: { readonly scale: readonly number[]; readonly offset: readonly number[] };
  /** [outputs]: probability from which on a photo carries the label; null for labels of a softmax, or none found. */
  readonly thresholds: readonly (number | null)[];
  /** When a photo is none of the labels; null: never. Only for heads of one softmax group. */
  readonly refusal: Refusal | null;
}

/** Number of outputs of all groups. */
export function outputsOf(groups: readonly { readonly labels: readonly string[] }[]): number {
  return groups.reduce((sum, { labels }) => sum + labels.length, 0);
}

const MOST_OUTPUTS = 10_000;
const MOST_DIMS = 16_384;
const MOST_REFERENCES = 4096;

/** What is wrong with a head that came from elsewhere, in words; null: nothing. */
export function problemOfHead(head: TaughtHead): string | null {
  const { dims, groups, weights, bias, calibration, thresholds, refusal } = head;
  if (head.version !== 1) return `version ${String(head.version)}; this build reads version 1`;
  if (!Number.isInteger(dims) || dims < 1 || dims > MOST_DIMS)
    return `dims ${dims}; expected 1..${MOST_DIMS}`;
  if (groups.length === 0) return 'no groups';
  const outputs = outputsOf(groups);
  if (outputs > MOST_OUTPUTS) return `${outputs} labels; at most ${MOST_OUTPUTS}`;
  for (const { name, activation, labels, zh } of groups) {
    if (zh !== undefined && zh.length !== labels.length)
      return `group ${name}: ${zh.length} Chinese names for ${labels.length} labels`;
    const enough = activation === 'sigmoid' ? labels.length === 1 : labels.length >= 2;
    if (!enough) return `group ${name}: ${labels.length} labels for a ${activation}`;
    if (new Set(labels).size < labels.length) return `group ${name}: a label occurs twice`;
  }
  const sizes = [
    ['weights', weights.length, outputs * dims],
    ['bias', bias.length, outputs],
    ['scale', calibration.scale.length, outputs],
    ['offset', calibration.offset.length, outputs],
    ['thresholds', thresholds.length, outputs],
  ] as const;
  for (const [name, found, expected] of sizes) {
    if (found !== expected) return `${found} ${name}; expected ${expected}`;
  }
  if (!weights.every(Number.isFinite) || !bias.every(Number.isFinite))
    return 'weights that are not finite numbers';
  if (!calibration.scale.every((scale) => Number.isFinite(scale) && scale > 0))
    return 'a scale that is not above 0';
  if (!calibration.offset.every(Number.isFinite)) return 'an offset that is not a finite number';
  if (!thresholds.every((threshold) => threshold === null || isShare(threshold)))
    return 'a threshold outside 0..1';
  return refusal === null ? null : problemOfRefusal(refusal, groups, dims);
}

function problemOfRefusal(
  { minimumProbability, maximumDistance, references }: Refusal,
  groups: readonly HeadGroup[],
  dims: number,
): string | null {
  if (groups.length !== 1 || groups[0]!.activation !== 'softmax')
    return 'a refusal without a single softmax group';
  if (!isShare(minimumProbability)) return 'a least probability outside 0..1';
  if (!(maximumDistance >= 0 && maximumDistance <= 2)) return 'a greatest distance outside 0..2';
  const count = references.length / dims;
  if (!Number.isInteger(count) || count < 1 || count > MOST_REFERENCES) {
    return `references of ${references.length} components; expected 1..${MOST_REFERENCES} x ${dims}`;
  }
  return references.every(Number.isFinite) ? null : 'references that are not finite numbers';
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
