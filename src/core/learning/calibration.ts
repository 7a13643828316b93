import { sigmoid, softmaxInPlace, softplus } from './activations.ts';

/** Calibrated logit = scale x logit + offset; the scale is > 0, so the order of photos stays. */
export interface Calibration {
  readonly scale: number;
  readonly offset: number;
}

export const NOT_CALIBRATED: Calibration = { scale: 1, offset: 0 };

/** Fewer photos than this of either kind say too little: the logits are left as they are. */
const FEWEST = 5;
const LEAST_SCALE = 0.05;
const MOST_SCALE = 20;

/**
 * Platt's calibration of a sigmoid label on held-out photos, by Newton's method with step halving and Platt's softened
 * targets (H.-T. Lin, C.-J. Lin, R. Weng: A note on Platt's probabilistic outputs for support vector machines, 2007).
 *
 * @param logits [photos], held out
 * @param present [photos], 1 where the label is there, else 0
 * @returns null when there are fewer than five photos of either kind, or the logits do not rise with the truth
 */
export function plattCalibration(logits: Float64Array, present: Uint8Array): Calibration | null {
  const positives = present.reduce((sum, value) => sum + value, 0);
  const negatives = present.length - positives;
  if (positives < FEWEST || negatives < FEWEST) return null;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const loss = (scale: number, offset: number) => {
    let sum = 0;
    for (let i = 0; i < logits.length; i++) {
      const z = scale * logits[i]! + offset;
      sum += softplus(z) - (present[i] === 1 ? high : low) * z;
    }
    return sum;
  };
  let scale = 0;
  let offset = Math.log((positives + 1) / (negatives + 1));
  let value = loss(scale, offset);
  for (let iteration = 0; iteration < 100; iteration++) {
    let gs = 0;
    let go = 0;
    let hss = 1e-12;
    let hso = 0;
    let hoo = 1e-12;
    for (let i = 0; i < logits.length; i++) {
      const z = logits[i]!;
      const p = sigmoid(scale * z + offset);
      const d = p - (present[i] === 1 ? high : low);
      const h = p * (1 - p);
      gs += d * z;
      go += d;
      hss += h * z * z;
      hso += h * z;
      hoo += h;
    }
    const determinant = hss * hoo - hso * hso;
    const dScale = -(hoo * gs - hso * go) / determinant;
    const dOffset = -(hss * go - hso * gs) / determinant;
    // What a step can still gain drowns in the rounding of the loss.
    if (-(gs * dScale + go * dOffset) <= 1e-13 * value) break;
    let step = 1;
    let next = loss(scale + dScale, offset + dOffset);
    while (!(next <= value + 1e-4 * step * (gs * dScale + go * dOffset)) && step > 1e-6) {
      step /= 2;
      next = loss(scale + step * dScale, offset + step * dOffset);
    }
    if (step <= 1e-6) break;
    scale += step * dScale;
    offset += step * dOffset;
    value = next;
  }
  if (!(scale >= LEAST_SCALE) || !Number.isFinite(offset)) return null;
  return { scale: Math.min(scale, MOST_SCALE), offset };
}

/**
 * Temperature of a softmax group on held-out photos: the T that minimises the cross-entropy of softmax(logits / T), by
 * bracketed Newton steps on 1 / T, in which the loss is convex (C. Guo et al.: On calibration of modern neural networks,
 * 2017).
 *
 * @param logits [photos][classes], row-major, held out
 * @param truth [photos], index of the right class
 * @returns scale = 1 / T, 0.05..20; null with fewer than five photos
 */
export function temperatureCalibration(
  logits: Float64Array,
  classes: number,
  truth: ArrayLike<number>,
): Calibration | null {
  if (truth.length < FEWEST) return null;
  const scratch = new Float64Array(classes);
  const slopes = (scale: number) => {
    let first = 0;
    let second = 0;
    for (let i = 0; i < truth.length; i++) {
      for (let k = 0; k < classes; k++) scratch[k] = scale * logits[i * classes + k]!;
      softmaxInPlace(scratch, 0, classes);
      let mean = 0;
      let square = 0;
      for (let k = 0; k < classes; k++) {
        const z = logits[i * classes + k]!;
        mean += scratch[k]! * z;
        square += scratch[k]! * z * z;
      }
      first += mean - logits[i * classes + truth[i]!]!;
      second += square - mean * mean;
    }
    return { first, second };
  };
  let low = LEAST_SCALE;
  let high = MOST_SCALE;
  let scale = 1;
  for (let iteration = 0; iteration < 60; iteration++) {
    const { first, second } = slopes(scale);
    if (first > 0) high = scale;
    else low = scale;
    const newton = scale - first / second;
    const next = newton > low && newton < high ? newton : Math.sqrt(low * high);
    if (Math.abs(next - scale) <= 1e-9 * scale) break;
    scale = next;
  }
  return { scale, offset: 0 };
}
