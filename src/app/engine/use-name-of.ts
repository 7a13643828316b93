import { useCallback } from 'react';
import { useFragment } from './fragment.ts';
import { useLabels } from './hooks.ts';

/** A label's name in the language on the screen, by its text id; as its set has it where that set is looked at. */
export function useNameOf(): (id: string) => string {
  const labels = useLabels();
  const { set } = useFragment();
  return useCallback(
    (id) => {
      const label = labels.byId(id);
      return label === undefined ? id : labels.name(label, set);
    },
    [labels, set],
  );
}
