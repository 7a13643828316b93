import { wordsOf } from '../../../core/error-words.ts';
import type { Failure } from '../../../core/library/photo.ts';
import type { SimilarHit } from '../../../core/library/photo-query.ts';
import type { SimilarResult } from '../../../core/library/similar-result.ts';

export interface LiveMatches {
  /** Best first, at most `mostMatches`. */
  readonly hits: readonly SimilarHit[];
  /** Cosine from which they count as similar. */
  readonly cutOff: number;
  /** When the last answers came, milliseconds. */
  readonly times: readonly number[];
  /** Why the last search did not work; null: it did. */
  readonly failure: Failure | null;
}

export const noMatches: LiveMatches = { hits: [], cutOff: 0, times: [], failure: null };

/** So many photos are shown. */
export const mostMatches = 8;
/** Answers that the rate is counted over. */
const counted = 6;

/** What is to be shown once an answer came. One that another search overtook changes nothing. */
export function withAnswer(before: LiveMatches, answer: SimilarResult, now: number): LiveMatches {
  if (answer.kind === 'superseded') return before;
  if (answer.kind === 'failed') return { ...before, failure: answer.failure };
  const { hits, cutOff } = answer;
  return {
    hits: hits.slice(0, mostMatches),
    cutOff,
    times: [...before.times, now].slice(-counted),
    failure: null,
  };
}

/** What is to be shown after the search broke. */
export function withError(before: LiveMatches, error: unknown): LiveMatches {
  return { ...before, failure: { code: 'worker-crashed', found: wordsOf(error) } };
}

/** Searches a second, over the last few; 0 before the second one. */
export function rateOf({ times }: LiveMatches): number {
  return times.length < 2 ? 0 : (1000 * (times.length - 1)) / (times.at(-1)! - times[0]!);
}
