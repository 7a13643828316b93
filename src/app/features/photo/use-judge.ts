import { useCallback, useState } from 'react';
import type { LabelScore, PhotoDetail } from '../../../core/library/photo-cell.ts';
import type { Label, LabelNumber, Verdict } from '../../../core/tagging/label.ts';
import { useLabels, useLibrary } from '../../engine/hooks.ts';
import { useVerdictToast } from './use-verdict-toast.ts';

export type Judge = (label: Label, verdict: Verdict | null) => void;

/**
 * The photo's labels as the person left them, shown at once, before the library has answered; and `judge`, which says
 * what was done and offers to take it back.
 */
export function useJudge(photo: PhotoDetail | null): {
  readonly labels: readonly LabelScore[];
  readonly judge: Judge;
} {
  const library = useLibrary();
  const table = useLabels();
  const tell = useVerdictToast();
  const [pending, setPending] = useState<{
    readonly photo: PhotoDetail | null;
    readonly verdicts: ReadonlyMap<LabelNumber, Verdict | null>;
  }>({ photo: null, verdicts: new Map() });
  const verdicts = pending.photo === photo ? pending.verdicts : null;

  const judge = useCallback(
    (label: Label, verdict: Verdict | null) => {
      if (photo === null) return;
      const ids = Uint32Array.of(photo.id);
      setPending((old) => ({
        photo,
        verdicts: new Map(old.photo === photo ? old.verdicts : []).set(label.number, verdict),
      }));
      void library.judge(ids, label.number, verdict);
      tell(table.name(label), verdict);
    },
    [photo, library, table, tell],
  );

  return { labels: withVerdicts(photo?.labels ?? [], verdicts), judge };
}

function withVerdicts(
  labels: readonly LabelScore[],
  verdicts: ReadonlyMap<LabelNumber, Verdict | null> | null,
): readonly LabelScore[] {
  if (verdicts === null || verdicts.size === 0) return labels;
  const known = new Set(labels.map((score) => score.label));
  return [
    ...labels.map((score) => {
      const verdict = verdicts.get(score.label);
      return verdict === undefined ? score : { ...score, verdict };
    }),
    ...[...verdicts]
      .filter(([label]) => !known.has(label))
      .map(([label, verdict]) => ({ label, score: null, threshold: null, verdict })),
  ];
}
