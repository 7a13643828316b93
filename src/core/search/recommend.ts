import { dot } from '../vector/dot.ts';

/** A picture that the person likes, and how much that says: 1 for a favourite, less for one that was merely opened. */
export interface Liked {
  /** Unit vector. */
  readonly vector: Float32Array;
  /** Above 0, at most 1. */
  readonly weight: number;
}

export interface Recommended {
  /** Row of the candidates. */
  readonly candidate: number;
  /** Row of the liked ones that it is recommended for. */
  readonly because: number;
  /** Weight of that one times the cosine. */
  readonly relevance: number;
}

/** How much it counts that a recommendation is unlike those before it, 0..1. */
const diversity = 0.4;
/** So many times more often than usual a label must be carried to say something. */
const leastLift = 1.5;
/** What is that much like a liked picture is the same picture: nobody needs it recommended. */
const samePicture = 0.97;

/**
 * The candidates that a person may like, best first, each for the sake of one liked picture: by maximal marginal relevance,
 * so that ten shots of one scene do not fill the list (Carbonell and Goldstein, 1998). The work grows with
 * count * candidates + liked * candidates.
 *
 * @param candidates unit vectors, none of them liked itself
 */
export function recommend(
  liked: readonly Liked[],
  candidates: readonly Float32Array[],
  count: number,
): readonly Recommended[] {
  const rated: { candidate: number; because: number; relevance: number; alike: number }[] = [];
  for (const [candidate, vector] of candidates.entries()) {
    let because = -1;
    let relevance = 0;
    let nearest = -1;
    for (const [n, { vector: other, weight }] of liked.entries()) {
      const cosine = dot(vector, other);
      nearest = Math.max(nearest, cosine);
      if (cosine * weight > relevance) {
        relevance = cosine * weight;
        because = n;
      }
    }
    if (because >= 0 && nearest < samePicture) rated.push({ candidate, because, relevance, alike: 0 });
  }
  const chosen: Recommended[] = [];
  while (chosen.length < count && rated.length > 0) {
    let best = 0;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (const [at, { relevance, alike }] of rated.entries()) {
      const value = (1 - diversity) * relevance - diversity * alike;
      if (value > bestValue) {
        bestValue = value;
        best = at;
      }
    }
    const [{ alike: _, ...next }] = rated.splice(best, 1) as [(typeof rated)[number]];
    chosen.push(next);
    const vector = candidates[next.candidate]!;
    for (const other of rated) other.alike = Math.max(other.alike, dot(vector, candidates[other.candidate]!));
  }
  return chosen;
}

/**
 * Labels that liked pictures carry more often than all pictures do, most telling first: by the logarithm of the ratio of
 * their shares, times how many liked pictures carry the label.
 *
 * @param ofLiked how many liked pictures carry each label [labels]
 * @param ofAll how many of all pictures do [labels]
 */
export function recommendLabels(
  ofLiked: ArrayLike<number>,
  liked: number,
  ofAll: ArrayLike<number>,
  all: number,
  count: number,
): readonly number[] {
  const rated: { label: number; value: number }[] = [];
  for (let label = 0; label < ofLiked.length; label++) {
    const carried = ofLiked[label]!;
    if (carried < 2) continue; // one picture is a coincidence
    const share = (carried + 0.5) / (liked + 1);
    const usual = ((ofAll[label] ?? 0) + 0.5) / (all + 1);
    if (share < leastLift * usual) continue;
    rated.push({ label, value: carried * Math.log(share / usual) });
  }
  return rated
    .sort((a, b) => b.value - a.value || a.label - b.label)
    .slice(0, count)
    .map(({ label }) => label);
}
