import { dot, normalise } from '../vector/dot.ts';
import { UNKNOWN } from './truth.ts';

/** When a multi-class head says "none of these". */
export interface Refusal {
  /** Refused when no label's probability reaches this, 0..1. */
  readonly minimumProbability: number;
  /** Refused when every reference is farther than this, in 1 - cosine, 0..2. */
  readonly maximumDistance: number;
  /** [n][dims], row-major, unit length: photos that were taught, all of them or some that cover each class. */
  readonly references: Float32Array;
}

/** Most references: with 120 of 256 components, `refused` took 0.1 ms a photo on a busy machine. */
const MOST_REFERENCES = 128;
/** Photos of a class among which its references are sought. */
const SEARCHED = 512;
/** Held-out photos whose distances are looked at. */
const JUDGED = 2048;
/** Share of held-out photos whose distance is accepted. */
const NEAR = 0.99;

/** Cosine from which on a reference is the photo itself. */
const ITSELF = 1 - 1e-5;

/** Photos and the inverse of each one's length (0 for a vector of zeros). */
interface Photos {
  /** [photos][dims], row-major. */
  readonly embeddings: Float32Array;
  readonly dims: number;
  /** [photos] */
  readonly inverseLengths: Float64Array;
}

function withLengths(embeddings: Float32Array, dims: number): Photos {
  const inverseLengths = Float64Array.from({ length: embeddings.length / dims }, (_, row) => {
    const square = dot(embeddings, embeddings, dims, row * dims, row * dims);
    return square > 0 ? 1 / Math.sqrt(square) : 0;
  });
  return { embeddings, dims, inverseLengths };
}

function cosineOf({ embeddings, dims, inverseLengths }: Photos, a: number, b: number): number {
  return dot(embeddings, embeddings, dims, a * dims, b * dims) * inverseLengths[a]! * inverseLengths[b]!;
}

/**
 * Rows that cover every class: per class the photo nearest to none yet chosen, again and again (farthest-first
 * traversal: T. Gonzalez, 1985), starting at the class's first; all rows where there are few.
 *
 * @param rows photos that are taught, with known class
 * @param values [photos], class of each photo
 */
function referenceRows(photos: Photos, rows: Uint32Array, values: Int16Array): Uint32Array {
  if (rows.length <= MOST_REFERENCES) return rows.slice();
  const byClass = new Map<number, number[]>();
  for (const row of rows) {
    const value = values[row]!;
    if (value === UNKNOWN) continue;
    const members = byClass.get(value);
    if (members === undefined) byClass.set(value, [row]);
    else members.push(row);
  }
  const each = Math.max(1, Math.floor(MOST_REFERENCES / byClass.size));
  const chosen: number[] = [];
  for (const members of byClass.values()) {
    const stride = Math.max(1, members.length / SEARCHED);
    const pool = Uint32Array.from(
      { length: Math.min(members.length, SEARCHED) },
      (_, i) => members[Math.floor(i * stride)]!,
    );
    chosen.push(...farthestFirst(photos, pool, each));
  }
  return Uint32Array.from(chosen).sort();
}

function farthestFirst(photos: Photos, pool: Uint32Array, count: number): number[] {
  const nearest = new Float64Array(pool.length).fill(Number.NEGATIVE_INFINITY);
  const chosen: number[] = [];
  let next = 0;
  while (chosen.length < Math.min(count, pool.length)) {
    const row = pool[next]!;
    chosen.push(row);
    nearest[next] = Number.POSITIVE_INFINITY;
    for (let i = 0; i < pool.length; i++) {
      nearest[i] = Math.max(nearest[i]!, cosineOf(photos, pool[i]!, row));
    }
    next = 0;
    for (let i = 1; i < pool.length; i++) if (nearest[i]! < nearest[next]!) next = i;
  }
  return chosen;
}

/**
 * Chooses both limits of a refusal on held-out photos.
 *
 * @param embeddings [photos][dims]
 * @param taught photos with a known class that the head is taught
 * @param values [photos], class of each photo
 * @param folds [photos]; a photo is compared with references of other folds only
 * @param heldOut per held-out photo: its row, its highest probability, and whether that class was right
 * @param kept share of the rightly classified held-out photos that must not be refused for low probability, 0..1
 * @returns null when no held-out photo was right
 */
export function chooseRefusal(
  embeddings: Float32Array,
  dims: number,
  taught: Uint32Array,
  values: Int16Array,
  folds: Int16Array,
  heldOut: readonly { readonly row: number; readonly probability: number; readonly right: boolean }[],
  kept: number,
): Refusal | null {
  const right = heldOut.filter((photo) => photo.right).map(({ probability }) => probability);
  if (right.length === 0) return null;
  const photos = withLengths(embeddings, dims);
  const chosen = referenceRows(photos, taught, values);
  const stride = Math.max(1, heldOut.length / JUDGED);
  const distances: number[] = [];
  for (let i = 0; i < Math.min(heldOut.length, JUDGED); i++) {
    const { row } = heldOut[Math.floor(i * stride)]!;
    let nearest = Number.NEGATIVE_INFINITY;
    for (const reference of chosen) {
      if (folds[reference] === folds[row]) continue;
      nearest = Math.max(nearest, cosineOf(photos, reference, row));
    }
    if (Number.isFinite(nearest)) distances.push(distanceOf(nearest));
  }
  const references = new Float32Array(chosen.length * dims);
  chosen.forEach((row, r) => {
    references.set(normalise(embeddings.slice(row * dims, (row + 1) * dims)), r * dims);
  });
  return {
    minimumProbability: quantile(right, 1 - kept),
    maximumDistance: distances.length === 0 ? 2 : quantile(distances, NEAR),
    references,
  };
}

/** Why a photo is none of the labels. */
export type Refused = 'unsure' | 'far';

/**
 * Whether a photo is none of the labels.
 *
 * @param highest its highest probability
 * @param embedding [dims], any length > 0
 */
export function refused(refusal: Refusal, highest: number, embedding: Float32Array): Refused | null {
  if (highest < refusal.minimumProbability) return 'unsure';
  return isFar(refusal, embedding, false) ? 'far' : null;
}

/**
 * Whether a photo is farther from every reference than a head accepts.
 *
 * @param embedding [dims], any length > 0
 * @param withoutItself it may be a reference itself, which then does not count: to judge a photo that was taught
 */
export function isFar(refusal: Refusal, embedding: Float32Array, withoutItself: boolean): boolean {
  const dims = embedding.length;
  const own = normalise(embedding.slice());
  let nearest = Number.NEGATIVE_INFINITY;
  for (let start = 0; start < refusal.references.length; start += dims) {
    const cosine = dot(refusal.references, own, dims, start, 0);
    if (!withoutItself || cosine < ITSELF) nearest = Math.max(nearest, cosine);
  }
  return distanceOf(nearest) > refusal.maximumDistance;
}

function distanceOf(cosine: number): number {
  return Math.min(2, Math.max(0, 1 - cosine));
}

/** Value below which the share `share` of the values lies: the lower of two neighbours. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
