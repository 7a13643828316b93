import { useEffect, useState } from 'react';
import type { LabelSet } from '../../core/tagging/label-set.ts';
import { useEnginePart, useLibrary } from './hooks.ts';
import { WorkerDied } from './worker-died.ts';

/** What the library answers, asked again when `revision` changes; null before the first answer. */
export function useAnswer<Answer>(ask: () => Promise<Answer>, revision: unknown): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` is new with every render; the revision says when
  useEffect(() => {
    let wanted = true;
    ask().then(
      (value) => wanted && setAnswer(value),
      (error) => {
        // The engine says so, and asks again when the library is back.
        if (!(error instanceof WorkerDied)) throw error;
      },
    );
    return () => {
      wanted = false;
    };
  }, [revision]);
  return answer;
}

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
  const stored = localStorage.getItem(rememberedKey);
  return stored === null ? null : Number(stored);
}

export function rememberSet(set: number): void {
  localStorage.setItem(rememberedKey, String(set));
}
