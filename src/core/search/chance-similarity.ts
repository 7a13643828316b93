import { dot } from '../vector/dot.ts';

/** How alike pictures of a library are that have nothing to do with one another: what random pairs of them say. */
export interface ChanceSimilarity {
  /** Pictures that the pairs were made of. */
  readonly sampled: number;
  /** Pictures of the library at that time. */
  readonly pictures: number;
  /** Cosine that half of the pairs reach. */
  readonly median: number;
  /** Cosine that a tenth of the pairs reach. */
  readonly upper: number;
}

/** Below so many pictures random pairs say nothing. */
export const leastPictures = 100;
/** Cut-offs beyond these are of no use to anybody. */
const range = { least: 0.4, most: 0.9 };
/** Standard deviations above the mean that a tenth of a normal distribution reaches. */
const upperDeviations = 1.2816;

/**
 * The cosines of all pairs of a sample.
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
  const reachedBy = (share: number) => cosines[Math.max(0, Math.ceil((1 - share) * cosines.length) - 1)] ?? 0;
  return { sampled: count, pictures, median: reachedBy(0.5), upper: reachedBy(0.1) };
}

/**
 * The cosine that about one picture of the whole library reaches by chance: what is more alike than that is so for a
 * reason. The cosines of unrelated pictures are taken as normally distributed; median and spread are read off the bulk of
 * the pairs, since the far tail is made of pictures that are related (on 100,000 real photos 1 pair in 1,000 reaches 0.70,
 * where the bulk gives 0.52).
 *
 * @param pictures now in the library
 * @returns null where the sample is too small to say
 */
export function learnedCutOff({ sampled, median, upper }: ChanceSimilarity, pictures: number): number | null {
  if (sampled < leastPictures) return null;
  const spread = (upper - median) / upperDeviations;
  const found = median + spread * deviationsOf(1 / Math.max(2, pictures));
  return Math.min(range.most, Math.max(range.least, Math.round(found * 100) / 100));
}

/**
 * Standard deviations above the mean that a share of a normal distribution reaches, for shares up to a half; error below
 * 0.0005 (Abramowitz and Stegun, 26.2.23).
 */
function deviationsOf(share: number): number {
  const t = Math.sqrt(-2 * Math.log(share));
  const above = 2.515517 + 0.802853 * t + 0.010328 * t * t;
  const below = 1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t;
  return t - above / below;
}

/** What was stored before, if it is what `measureChance` makes. */
export function readChance(value: unknown): ChanceSimilarity | null {
  if (typeof value !== 'object' || value === null) return null;
  const { sampled, pictures, median, upper } = value as Record<string, unknown>;
  const isWhole = [sampled, pictures, median, upper].every(
    (figure) => typeof figure === 'number' && Number.isFinite(figure),
  );
  return isWhole ? (value as ChanceSimilarity) : null;
}
