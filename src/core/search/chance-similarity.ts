import { dot } from '../vector/dot.ts';

/** How alike pictures of a library are that have nothing to do with one another: what random pairs of them say. */
export interface ChanceSimilarity {
  /** Pictures that the pairs were made of. */
  readonly sampled: number;
  readonly pairs: number;
  /** Pictures of the library at that time. */
  readonly pictures: number;
  /**
   * The upper end of the distribution: cosines at the tail shares of `tailShares`, so `tail[i]` is reached by that share of
   * all pairs; not ascending shares, not descending cosines.
   */
  readonly tail: readonly number[];
}

/** Shares of pairs, from many to few. */
export const tailShares: readonly number[] = [0.5, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003];

/** Below so many pictures random pairs say nothing. */
export const leastPictures = 100;
/** Cut-offs beyond these are of no use to anybody. */
const range = { least: 0.4, most: 0.9 };

/**
 * The tail of the cosines of all pairs of a sample.
 *
 * @param vectors unit vectors, of different pictures drawn at random; at least two
 */
export function measureChance(vectors: readonly Float32Array[], pictures: number): ChanceSimilarity {
  const count = vectors.length;
  const cosines = new Float32Array((count * (count - 1)) / 2);
  let at = 0;
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) cosines[at++] = dot(vectors[i]!, vectors[j]!);
  cosines.sort();
  const tail = tailShares.map(
    (share) => cosines[Math.max(0, Math.ceil((1 - share) * cosines.length) - 1)] ?? 0,
  );
  return { sampled: count, pairs: cosines.length, pictures, tail };
}

/**
 * The cosine that about one picture of the whole library reaches by chance: what is more alike than that is so for a
 * reason. Between the measured shares it is interpolated in the logarithm of the share; beyond them the last slope goes on,
 * flattening, as tails of cosines do.
 *
 * @param pictures now in the library
 * @returns null where the sample is too small to say
 */
export function learnedCutOff(chance: ChanceSimilarity, pictures: number): number | null {
  if (chance.sampled < leastPictures || chance.tail.length !== tailShares.length) return null;
  const wanted = Math.log(1 / Math.max(2, pictures));
  const last = tailShares.length - 1;
  let found = chance.tail[last]!;
  for (let i = 1; i <= last; i++) {
    const [from, to] = [Math.log(tailShares[i - 1]!), Math.log(tailShares[i]!)];
    if (wanted < to) continue;
    const share = (wanted - from) / (to - from);
    found = chance.tail[i - 1]! + share * (chance.tail[i]! - chance.tail[i - 1]!);
    break;
  }
  const deepest = Math.log(tailShares[last]!);
  if (wanted < deepest) {
    const before = Math.log(tailShares[last - 1]!);
    const slope = (chance.tail[last]! - chance.tail[last - 1]!) / (before - deepest);
    found += 0.6 * slope * (deepest - wanted);
  }
  return Math.min(range.most, Math.max(range.least, Math.round(found * 100) / 100));
}

/** What was stored before, if it is what `measureChance` makes. */
export function readChance(value: unknown): ChanceSimilarity | null {
  if (typeof value !== 'object' || value === null) return null;
  const { sampled, pairs, pictures, tail } = value as Record<string, unknown>;
  const figures = [sampled, pairs, pictures, ...(Array.isArray(tail) ? tail : [null])];
  if (!figures.every((figure) => typeof figure === 'number' && Number.isFinite(figure))) return null;
  return (tail as number[]).length === tailShares.length ? (value as ChanceSimilarity) : null;
}
