import type { LabelNumber } from './label.ts';
import { byteToScore } from './score-codec.ts';

/** Reads the tags off a row of stored score bytes. */
export class ScoreTagger {
  readonly #labels: readonly LabelNumber[];
  /** Least byte that reaches the threshold, by score column; 256: never. */
  readonly #least: Uint16Array;

  /**
   * @param labels label number of each score column
   * @param thresholds 0..1, likewise; compared with the score that the stored byte stands for, which is the one shown
   */
  constructor(labels: readonly LabelNumber[], thresholds: readonly number[]) {
    this.#labels = labels;
    this.#least = Uint16Array.from(thresholds, leastByte);
  }

  /** Labels of the row of scores that starts at `start`. */
  tags(scores: Uint8Array, start = 0): LabelNumber[] {
    const tags: LabelNumber[] = [];
    const least = this.#least;
    for (let i = 0; i < least.length; i++) {
      if (scores[start + i]! >= least[i]!) tags.push(this.#labels[i]!);
    }
    return tags;
  }
}

/** Least byte whose score reaches `threshold`; 256 if none does. */
export function leastByte(threshold: number): number {
  let byte = Math.min(256, Math.max(0, Math.ceil(threshold * 255)));
  // Rounding of the product may be off by one step.
  while (byte > 0 && byteToScore(byte - 1) >= threshold) byte--;
  while (byte < 256 && !(byteToScore(byte) >= threshold)) byte++;
  return byte;
}
