import type { TFunction } from 'i18next';
import { mixedScore, type PartWeights } from '../../../core/image/part-scores.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { SimilarHit } from '../../../core/library/photo-query.ts';
import type { HitOrder } from '../../engine/fragment-state.ts';
import type { PartsOfHits } from './use-part-scores.ts';

export const contentOnly: PartWeights = { content: 100, type: 0, colour: 0, layout: 0 };

/** Whether nothing but content counts. */
export function isContentOnly({ type, colour, layout }: PartWeights): boolean {
  return type + colour + layout === 0;
}

/** The weights that count: those of a link only once parts are known, as nothing is weighed or shown of them before. */
export function countedWeights(parts: PartsOfHits, mix: PartWeights | null): PartWeights {
  return parts.size === 0 ? contentOnly : (mix ?? contentOnly);
}

/** What each hit's score is made of, in words. */
export function partWords(parts: PartsOfHits, t: TFunction): ReadonlyMap<PhotoId, string> {
  return new Map(
    [...parts].map(([id, scores]) => [
      id,
      (['content', 'type', 'colour', 'layout'] as const)
        .map((part) =>
          t('match.part', {
            name: t(`match.${part === 'colour' ? 'colours' : part}`),
            score: Math.round(scores[part]),
          }),
        )
        .join(' · '),
    ]),
  );
}

/** Each hit's score by the weights, 0..100; by content alone where its parts are not known. */
export function mixedScores(
  hits: readonly SimilarHit[],
  parts: PartsOfHits,
  weights: PartWeights,
): ReadonlyMap<PhotoId, number> {
  return new Map(
    hits.map((hit) => {
      const own = parts.get(hit.id);
      return [hit.id, own === undefined ? 100 * Math.max(0, hit.score) : mixedScore(own, weights)];
    }),
  );
}

/** Best first as they come, or the newest first. */
export function inOrder<Hit extends { readonly capturedAt: number }>(
  hits: readonly Hit[],
  by: HitOrder,
): readonly Hit[] {
  return by === 'score' ? hits : hits.toSorted((a, b) => b.capturedAt - a.capturedAt);
}
