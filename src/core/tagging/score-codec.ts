/** Score 0..1 to the byte that is stored: round(255 * score). Out-of-range scores are clamped; NaN becomes 0. */
export function scoreToByte(score: number): number {
  if (!(score > 0)) return 0;
  return score >= 1 ? 255 : Math.round(255 * score);
}

/** Stored byte 0..255 to score 0..1. */
export function byteToScore(byte: number): number {
  return byte / 255;
}

/** 1 / (1 + e^-x), without overflow for any x. */
export function sigmoid(logit: number): number {
  if (logit >= 0) return 1 / (1 + Math.exp(-logit));
  const e = Math.exp(logit);
  return e / (1 + e);
}

/**
 * Sigmoid scores of logits, one byte each, to be stored.
 *
 * @param logits [labels]
 * @returns [labels]
 */
export function scoresFromLogits(logits: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(logits.length);
  for (let i = 0; i < logits.length; i++) bytes[i] = scoreToByte(sigmoid(logits[i]!));
  return bytes;
}
