import { useCallback, useEffect, useMemo, useState } from 'react';
import type { PhotoId } from '../../../core/library/photo.ts';
import { isWantedElsewhere } from './wanted-elsewhere.ts';

/** Which of the shown photos are selected: what is not shown any more is not selected either. */
export function useHitSelection(shown: readonly { readonly id: PhotoId }[]) {
  const [chosen, setChosen] = useState<ReadonlySet<PhotoId>>(new Set());
  const ids = useMemo(
    () => new Set(shown.map(({ id }) => id).filter((id) => chosen.has(id))),
    [shown, chosen],
  );
  const toggle = useCallback((id: PhotoId) => {
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const clear = useCallback(() => setChosen(new Set()), []);
  const some = ids.size > 0;
  useEffect(() => {
    if (!some) return;
    // Before the view takes the key to go back.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (isWantedElsewhere(event)) return;
      event.preventDefault();
      clear();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [some, clear]);
  return { ids, toggle, clear };
}
