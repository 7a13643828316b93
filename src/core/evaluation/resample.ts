import { seededUniform } from '../learning/random.ts';

/** Limits between which a figure lies in 95 % of the resamples. NaN when no resample defines it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What the bootstrap takes; the same seed gives the same intervals on every machine. */
export interface BootstrapOptions {
  /** Any 32-bit number. */
  readonly seed: number;
  /** How many resamples; from 1, 1000 unless said. More is steadier and slower in proportion. */
  readonly resamples?: number;
}

/** Resamples of a run: as asked, or 1000. */
export function resampleCount({ resamples = 1000 }: BootstrapOptions): number {
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(`${resamples} resamples; expected a whole number from 1`);
  }
  return resamples;
}

/**
 * Draws as many photos as there are, with replacement, over and over (Efron's bootstrap).
 *
 * @param drawn photos to draw from
 * @param rowCount length of the weights
 * @returns a function that fills the same [rowCount] with how often each photo was drawn
 */
export function resampler(
  drawn: Uint32Array,
  rowCount: number,
  seed: number,
): () => Uint16Array<ArrayBuffer> {
  const weights = new Uint16Array(rowCount);
  const next = seededUniform(seed);
  return () => {
    weights.fill(0);
    for (let n = 0; n < drawn.length; n++) weights[drawn[Math.floor(next() * drawn.length)]!]!++;
    return weights;
  };
}

/** Resamples that `packedResampler` draws at once. */
export const packedResamples = 4;

/** Four resamples in one: how often each photo was drawn, a byte of the word for each. */
export interface PackedWeights {
  /** [rowCount] */
  readonly words: Uint32Array<ArrayBuffer>;
  /** So many words can be added before a byte may run over. */
  readonly addable: number;
}

/**
 * The resamples of `resampler`, four at once, so that sums over photos are four sums in one. (A photo that is drawn more
 * than 255 times would break them; with 256 photos or fewer it cannot be, with more it never is.)
 *
 * @returns a function that fills the same [rowCount]
 */
export function packedResampler(drawn: Uint32Array, rowCount: number, seed: number): () => PackedWeights {
  const words = new Uint32Array(rowCount);
  const next = seededUniform(seed);
  const count = drawn.length;
  return () => {
    words.fill(0);
    for (let shift = 0; shift < 8 * packedResamples; shift += 8) {
      const one = 1 << shift;
      for (let n = 0; n < count; n++) words[drawn[Math.floor(next() * count)]!]! += one;
    }
    let high = 0;
    for (let row = 0; row < rowCount; row++) high |= words[row]! & 0xf0f0_f0f0;
    return { words, addable: high === 0 ? 17 : 1 };
  };
}

/** The 2.5th and 97.5th percentile of the values that are not NaN, between neighbours as numpy.percentile has it. */
export function percentileInterval(values: Float64Array): Interval {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    return below + (place % 1) * ((sorted[Math.ceil(place)] ?? below) - below);
  };
  return { low: at(0.025), high: at(0.975) };
}
