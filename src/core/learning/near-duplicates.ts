import { dot } from '../vector/dot.ts';
import { lookAlike } from './look-alike.ts';

/** Cosine from which on two embeddings count as pictures of the same, if the looks agree; and where nothing is known of them. */
const COSINE_WITH_LOOKS = 0.94;
const COSINE_ALONE = 0.97;
/** Bits of a band; near-duplicates (1 bit in 20 differs) agree on a whole band with probability 0.4, on one of 16 nearly always. */
const BAND_BITS = 16;
/** Photos of a bucket that each one is compared with, so that a clump does not take quadratic time. */
const NEIGHBOURS = 24;
/** Share of bits that may differ before two photos are compared exactly: at the lower cosine 1 in 9 does. */
const MOST_DIFFERING = 0.2;

/**
 * Groups photos that are nearly one picture, by embeddings and looks: candidates share a band of the signs of their centred
 * components (locality-sensitive hashing: M. Charikar, 2002), and are compared exactly.
 *
 * @param embeddings [photos][dims], row-major, unit length
 * @param contents [photos]: photos with the same number are the same picture, byte for byte
 * @param signatures [photos][signatureBytes]: their looks, see `lookAlike`; null: not known
 * @returns [photos]: the same number >= 0 for near-duplicates, -1 where there is none; null: no photo has any
 */
export function nearDuplicates(
  embeddings: Float32Array,
  dims: number,
  contents: ArrayLike<number>,
  signatures: Uint8Array | null,
): Int32Array | null {
  const photos = embeddings.length / dims;
  const parents = Int32Array.from({ length: photos }, (_, row) => row);
  const root = (row: number): number => {
    let at = row;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  };
  const join = (a: number, b: number) => {
    const [low, high] = [root(a), root(b)].sort((x, y) => x - y) as [number, number];
    parents[high] = low;
  };
  const byContent = new Map<number, number>();
  for (let row = 0; row < photos; row++) {
    const other = byContent.get(contents[row]!);
    if (other === undefined) byContent.set(contents[row]!, row);
    else join(other, row);
  }
  const bands = bandsOf(dims);
  const signs = signsOf(embeddings, dims);
  const isNear = nearTest(embeddings, dims, signatures, signs);
  for (let band = 0; band < bands; band++) {
    const buckets = new Map<number, number[]>();
    for (let row = 0; row < photos; row++) {
      const key = signs[row * bands + band]!;
      const bucket = buckets.get(key);
      if (bucket === undefined) {
        buckets.set(key, [row]);
        continue;
      }
      for (let n = Math.max(0, bucket.length - NEIGHBOURS); n < bucket.length; n++) {
        const other = bucket[n]!;
        if (root(other) !== root(row) && isNear(other, row)) join(other, row);
      }
      bucket.push(row);
    }
  }
  const sizes = new Int32Array(photos);
  for (let row = 0; row < photos; row++) sizes[root(row)]!++;
  const groups = Int32Array.from({ length: photos }, (_, row) => (sizes[root(row)]! > 1 ? root(row) : -1));
  return groups.some((group) => group >= 0) ? groups : null;
}

/**
 * Tells of two photos whether they are near-duplicates; see `nearDuplicates` for the parameters.
 *
 * @param signs of the components, if they are there already
 */
export function nearTest(
  embeddings: Float32Array,
  dims: number,
  signatures: Uint8Array | null,
  signs = signsOf(embeddings, dims),
): (a: number, b: number) => boolean {
  const bands = bandsOf(dims);
  // As above: vectors of fewer components than a band has say too little.
  if (bands === 0) return () => false;
  const most = MOST_DIFFERING * bands * BAND_BITS;
  return (a, b) => {
    let differing = 0;
    for (let band = 0; band < bands; band++) {
      differing += ones[signs[a * bands + band]! ^ signs[b * bands + band]!]!;
    }
    if (differing > most) return false;
    const cosine = dot(embeddings, embeddings, dims, a * dims, b * dims);
    if (cosine < COSINE_WITH_LOOKS) return false;
    const alike = signatures === null ? null : lookAlike(signatures, a, b);
    return alike ?? cosine >= COSINE_ALONE;
  };
}

function meansOf(embeddings: Float32Array, dims: number): Float64Array {
  const means = new Float64Array(dims);
  for (let at = 0; at < embeddings.length; at++) means[at % dims]! += embeddings[at]!;
  const photos = Math.max(1, embeddings.length / dims);
  return means.map((sum) => sum / photos);
}

const bandsOf = (dims: number) => Math.floor(dims / BAND_BITS);

/** [photos][bands]: which components of a band lie above their mean, a bit each. */
function signsOf(embeddings: Float32Array, dims: number): Uint16Array {
  const bands = bandsOf(dims);
  const means = meansOf(embeddings, dims);
  const photos = embeddings.length / dims;
  const signs = new Uint16Array(photos * bands);
  for (let row = 0; row < photos; row++) {
    for (let c = 0; c < bands * BAND_BITS; c++) {
      if (embeddings[row * dims + c]! > means[c]!) signs[row * bands + (c >> 4)]! |= 1 << (c & 15);
    }
  }
  return signs;
}

/** Bits that are set, of each number of 16 bits. */
const ones = new Uint8Array(65_536);
for (let n = 1; n < ones.length; n++) ones[n] = ones[n >> 1]! + (n & 1);
