import { useCallback } from 'react';
import { useLabels } from './hooks.ts';

/** A label's name in the language on the screen, by its text id. */
export function useNameOf(): (id: string) => string {
  const labels = useLabels();
  return useCallback(
    (id) => {
      const label = labels.byId(id);
      return label === undefined ? id : labels.name(label);
    },
    [labels],
  );
}
