import type { PhotoId } from '../../../core/library/photo.ts';
import type { SimilarHit } from '../../../core/library/photo-query.ts';
import type { MixedHit } from '../../../protocol/match.ts';
import type { PartsOfHits } from './use-part-scores.ts';

/** Hits by likeness, and what else comes first by other weights, with the parts of both. */
export function united(
  hits: readonly SimilarHit[],
  known: PartsOfHits,
  more: readonly MixedHit[],
): readonly [readonly SimilarHit[], PartsOfHits] {
  if (more.length === 0) return [hits, known];
  const here = new Set(hits.map(({ id }) => id));
  const others = more
    .filter(({ id }) => !here.has(id))
    .map(({ id, cosine, capturedAt }) => ({ id, score: cosine, capturedAt }));
  return [[...hits, ...others], new Map([...more.map(({ id, parts }) => [id, parts] as const), ...known])];
}

/** Those that reach the cut-off, best first, and the next ones below it. @param scores 0..100 */
export function splitAtCutOff(
  hits: readonly SimilarHit[],
  scores: ReadonlyMap<PhotoId, number>,
  cutOff: number,
  mostBeyond: number,
): readonly [readonly SimilarHit[], readonly SimilarHit[]] {
  const scoreOf = (hit: SimilarHit) => scores.get(hit.id) ?? 0;
  const ordered = hits.toSorted((a, b) => scoreOf(b) - scoreOf(a));
  const near = ordered.filter((hit) => scoreOf(hit) >= 100 * cutOff);
  return [near, ordered.slice(near.length, near.length + mostBeyond)];
}
