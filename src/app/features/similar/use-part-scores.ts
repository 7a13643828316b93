import { useMemo } from 'react';
import type { PartScores } from '../../../core/image/part-scores.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { SimilarHit } from '../../../core/library/photo-query.ts';
import type { MatchTarget } from '../../../protocol/match.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useAnswered } from '../../engine/use-answer.ts';

const unknown = 255;

export type PartsOfHits = ReadonlyMap<PhotoId, PartScores>;
const none: PartsOfHits = new Map();

/** How alike each hit is in content, type, colour and layout; those whose parts are not known are missing. */
export function usePartScores(
  target: MatchTarget | null,
  targetKey: string,
  hits: readonly SimilarHit[],
): PartsOfHits {
  const library = useLibrary();
  const question = useMemo(() => ({ targetKey, hits }), [targetKey, hits]);
  const isAsked = target !== null && hits.length > 0;
  const found = useAnswered(
    isAsked
      ? () =>
          library.photoParts(
            target,
            Uint32Array.from(hits, ({ id }) => id),
          )
      : null,
    question,
  );

  return useMemo(() => {
    if (found === null || found.answer === null || found.question.targetKey !== targetKey) return none;
    const rows = found.answer;
    const parts = new Map<PhotoId, PartScores>();
    found.question.hits.forEach(({ id, score }, n) => {
      const [type, colour, layout] = rows.subarray(n * 3, n * 3 + 3);
      if (type === undefined || colour === undefined || layout === undefined || colour === unknown) return;
      parts.set(id, { content: 100 * Math.max(0, score), type, colour, layout });
    });
    return parts;
  }, [found, targetKey]);
}
