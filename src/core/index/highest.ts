/** A histogram of this many bins tells the highest scores from the others well enough. */
const bins = new Uint32Array(256);

/**
 * The positions of the highest `wanted` of `count` scores, and of the few that share a bin with the last of them.
 * Without comparing scores with each other, of which the processor would guess every other wrong.
 *
 * @returns how many were written to `out`
 */
export function highest(scores: Float64Array, count: number, wanted: number, out: Int32Array): number {
  let low = scores[0]!;
  let high = low;
  for (let n = 1; n < count; n++) {
    const score = scores[n]!;
    if (score < low) low = score;
    if (score > high) high = score;
  }
  const perBin = high > low ? (bins.length - 1) / (high - low) : 0;
  bins.fill(0);
  for (let n = 0; n < count; n++) {
    const bin = ((scores[n]! - low) * perBin) | 0;
    bins[bin] = bins[bin]! + 1;
  }
  let bin = bins.length;
  for (let found = 0; bin > 0 && found < wanted; found += bins[bin]!) bin--;
  let length = 0;
  for (let n = 0; n < count; n++) {
    // Written always, kept when high enough: no branch to guess.
    out[length] = n;
    length += (((scores[n]! - low) * perBin) | 0) >= bin ? 1 : 0;
  }
  return length;
}
