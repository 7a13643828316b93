import { useEffect, useState } from 'react';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoComparison } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

/** What differs among photos, and why the first two match; null while that is worked out. */
export function useComparison(photos: readonly PhotoId[]): PhotoComparison | null {
  const library = useLibrary();
  const [answer, setAnswer] = useState<{ key: string; comparison: PhotoComparison } | null>(null);
  const key = photos.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which photos
  useEffect(() => {
    let wanted = true;
    library.comparePhotos(photos).then(
      (comparison) => {
        if (wanted) setAnswer({ key, comparison });
      },
      (error: unknown) => {
        if (!(error instanceof WorkerDied)) throw error;
      },
    );
    return () => {
      wanted = false;
    };
  }, [library, key]);
  return answer?.key === key ? answer.comparison : null;
}
