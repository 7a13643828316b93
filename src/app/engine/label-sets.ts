import type { LabelSet } from '../../core/tagging/label-set.ts';
import { useEnginePart, useLibrary } from './hooks.ts';
import { storedText, storeText } from './stored-text.ts';
import { useAnswer } from './use-answer.ts';

/** The person's label sets; null before they are known. */
export function useLabelSets(): readonly LabelSet[] | null {
  const library = useLibrary();
  const labels = useEnginePart((state) => state.labels);
  const phase = useEnginePart((state) => state.phase);
  return useAnswer(() => library.labelSets(), phase === 'open' ? labels : phase);
}

const rememberedKey = 'picsift.label-set';

/** The set that the person labelled with last; null: none. */
export function rememberedSet(): number | null {
  const stored = storedText(rememberedKey);
  return stored === null ? null : Number(stored);
}

export function rememberSet(set: number): void {
  storeText(rememberedKey, String(set));
}
