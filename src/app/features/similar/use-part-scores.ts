import { useEffect, useMemo, useState } from 'react';
import type { PartScores } from '../../../core/image/part-scores.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { SimilarHit } from '../../../core/library/photo-query.ts';
import type { MatchTarget } from '../../../protocol/match.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';

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
  const [found, setFound] = useState<{ key: string; hits: readonly SimilarHit[]; rows: Uint8Array } | null>(
    null,
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the target
  useEffect(() => {
    if (target === null || hits.length === 0) return;
    let current = true;
    library
      .photoParts(
        target,
        Uint32Array.from(hits, ({ id }) => id),
      )
      .then((rows) => {
        if (current && rows !== null) setFound({ key: targetKey, hits, rows });
      }, ignoreWorkerDied);
    return () => {
      current = false;
    };
  }, [targetKey, hits, library]);

  return useMemo(() => {
    if (found === null || found.key !== targetKey) return none;
    const parts = new Map<PhotoId, PartScores>();
    found.hits.forEach(({ id, score }, n) => {
      const [type, colour, layout] = found.rows.subarray(n * 3, n * 3 + 3);
      if (type === undefined || colour === undefined || layout === undefined || colour === unknown) return;
      parts.set(id, { content: 100 * Math.max(0, score), type, colour, layout });
    });
    return parts;
  }, [found, targetKey]);
}
