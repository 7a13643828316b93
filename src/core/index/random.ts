/** Seeded source of numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Whole number in [0, below). */
  below(below: number): number;
  /** Standard normal. */
  gaussian(): number;
}

/** The sfc32 generator; any 32-bit seed will do. */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9 | 0;
  let b = seed | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;
  const bits = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) bits();
  const next = () => bits() / 2 ** 32;
  return {
    next,
    below: (below) => Math.floor(next() * below),
    gaussian: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/**
 * `count` different whole numbers of [0, total), ascending; all of them when `count >= total`.
 * Memory: one bit per candidate.
 */
export function sampleIndices(random: Random, total: number, count: number): Uint32Array<ArrayBuffer> {
  const kept = Math.min(count, total);
  const chosen = new Uint32Array(kept);
  // Selection sampling: each candidate is taken with the probability that is still owed.
  let n = 0;
  for (let i = 0; n < kept; i++) {
    if ((total - i) * random.next() < kept - n) chosen[n++] = i;
  }
  return chosen;
}
