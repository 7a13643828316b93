import type { LabelSet } from '../../core/tagging/label-set.ts';
import { useEnginePart, useLibrary } from './hooks.ts';
import { useAnswer } from './use-answer.ts';
import { useRemembered } from './use-remembered.ts';

/** The person's label sets; null before they are known. */
export function useLabelSets(): readonly LabelSet[] | null {
  const library = useLibrary();
  const labels = useEnginePart((state) => state.labels);
  return useAnswer(() => library.labelSets(), labels);
}

/** The set that the person labels with: the one that was chosen last, else the first; null where there is none. */
export function useChosenSet(sets: readonly LabelSet[]): [LabelSet | null, (set: number) => void] {
  const [chosen, choose] = useRemembered('picsift.label-set', (text) =>
    text === null ? null : Number(text),
  );
  return [sets.find(({ id }) => id === chosen) ?? sets[0] ?? null, choose];
}
