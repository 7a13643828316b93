import { dot } from '../vector/dot.ts';

/** A picture that the person likes, and how much that says: 1 for a favourite, less for one that was merely opened. */
export interface Liked {
  /** Unit vector. */
  readonly vector: Float32Array;
  /** Above 0, at most 1. */
  readonly weight: number;
}

export interface Candidate {
  /** Unit vector. */
  readonly vector: Float32Array;
  /** How well its labels fit those that liked pictures carry, 0..1. */
  readonly profile: number;
}

export interface Recommended {
  /** Row of the candidates. */
  readonly candidate: number;
  /** Row of the liked one that it is most like; null: it is recommended for its labels more than for any. */
  readonly because: number | null;
  /** Of the best cosine times the weight of that liked one, and of the profile. */
  readonly relevance: number;
}

/** How much the labels count beside the content, 0..1. */
const profileShare = 0.25;
/** How much it counts that a recommendation is unlike those before it, 0..1. */
const diversity = 0.4;
/** So many times more often than usual a label must be carried to say something. */
const leastLift = 1.5;
/** What is that much like a liked picture is the same picture: nobody needs it recommended. */
const samePicture = 0.97;

/**
 * The candidates that a person may like, best first, each for the sake of one liked picture or of its labels: by maximal
 * marginal relevance, so that ten shots of one scene do not fill the list (Carbonell and Goldstein, 1998). The work grows with
 * count * candidates + liked * candidates.
 *
 * @param candidates none of them liked itself
 */
export function recommend(
  liked: readonly Liked[],
  candidates: readonly Candidate[],
  count: number,
): readonly Recommended[] {
  const rated: { candidate: number; because: number | null; relevance: number; alike: number }[] = [];
  for (const [candidate, { vector, profile }] of candidates.entries()) {
    let likest: number | null = null;
    let content = 0;
    let nearest = -1;
    for (const [n, { vector: other, weight }] of liked.entries()) {
      const cosine = dot(vector, other);
      nearest = Math.max(nearest, cosine);
      if (cosine * weight > content) {
        content = cosine * weight;
        likest = n;
      }
    }
    if (nearest >= samePicture || (likest === null && profile === 0)) continue;
    const [byContent, byLabels] = [(1 - profileShare) * content, profileShare * profile];
    const because = byLabels > byContent ? null : likest;
    rated.push({ candidate, because, relevance: byContent + byLabels, alike: 0 });
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
    const { vector } = candidates[next.candidate]!;
    for (const other of rated)
      other.alike = Math.max(other.alike, dot(vector, candidates[other.candidate]!.vector));
  }
  return chosen;
}

/** A label that liked pictures carry more often than all pictures do. */
export interface TellingLabel {
  readonly label: number;
  /** The logarithm of the ratio of their shares, times how many liked pictures carry it; above 0. */
  readonly value: number;
}

/**
 * Labels that liked pictures carry more often than all pictures do, most telling first.
 *
 * @param ofLiked how many liked pictures carry each label [labels]
 * @param ofAll how many of all pictures do [labels]
 */
export function tellingLabels(
  ofLiked: ArrayLike<number>,
  liked: number,
  ofAll: ArrayLike<number>,
  all: number,
): readonly TellingLabel[] {
  const rated: TellingLabel[] = [];
  for (let label = 0; label < ofLiked.length; label++) {
    const carried = ofLiked[label]!;
    if (carried < 2) continue; // one picture is a coincidence
    const share = (carried + 0.5) / (liked + 1);
    const usual = ((ofAll[label] ?? 0) + 0.5) / (all + 1);
    if (share < leastLift * usual) continue;
    rated.push({ label, value: carried * Math.log(share / usual) });
  }
  return rated.sort((a, b) => b.value - a.value || a.label - b.label);
}

/** How much of what tells in liked pictures a picture carries, 0..1: as much as the three most telling labels is all. */
export function profileOf(labels: readonly number[], telling: readonly TellingLabel[]): number {
  const most = telling.slice(0, 3).reduce((sum, { value }) => sum + value, 0);
  if (most === 0) return 0;
  const carried = new Set(labels);
  const sum = telling.reduce((total, { label, value }) => total + (carried.has(label) ? value : 0), 0);
  return Math.min(1, sum / most);
}
