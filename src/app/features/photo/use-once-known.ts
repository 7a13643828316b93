import { useEffect, useRef } from 'react';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoDetail } from '../../../core/library/photo-cell.ts';

/**
 * Does something with the open photo, once it is known: keys that are pressed while it is still being fetched must not be
 * lost. What waits for a photo that is left before it was known is forgotten; of several things, the latest is done.
 */
export function useOnceKnown(
  id: PhotoId,
  photo: PhotoDetail | null,
): (act: (photo: PhotoDetail) => void) => void {
  const waiting = useRef<{ readonly id: PhotoId; readonly act: (photo: PhotoDetail) => void } | null>(null);
  useEffect(() => {
    const { current } = waiting;
    if (current === null || (current.id === id && photo === null)) return;
    waiting.current = null;
    if (current.id === id && photo !== null) current.act(photo);
  }, [id, photo]);
  return (act) => {
    if (photo === null) waiting.current = { id, act };
    else act(photo);
  };
}
