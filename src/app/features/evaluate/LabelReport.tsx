import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FiguresPart, navigate, useFragment } from '../../engine/fragment.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { LabelDetail } from './LabelDetail.tsx';
import { LabelTable } from './LabelTable.tsx';
import { LikelyErrors } from './LikelyErrors.tsx';
import { MainFigures } from './MainFigures.tsx';
import { PairTable } from './PairTable.tsx';
import { Thresholds } from './Thresholds.tsx';
import type { Figures, LabelState } from './use-figures.ts';

/** The figures of a set in which a photo has any number of labels. */
export function LabelReport({
  set,
  figures,
  state,
}: {
  readonly set: string;
  readonly figures: Figures;
  readonly state: LabelState;
}) {
  const { t } = useTranslation();
  const { part, label } = useFragment();
  /** Another one when all thresholds were set: what one label's slider was dragged to is over then. */
  const [turn, setTurn] = useState(0);
  const chosen = label === null ? -1 : state.figures.labels.indexOf(label);
  const parts: readonly { readonly value: FiguresPart; readonly label: string }[] = [
    { value: 'labels', label: t('evaluate.partLabels') },
    { value: 'pairs', label: t('evaluate.partPairs') },
    { value: 'errors', label: t('evaluate.partErrors') },
    { value: 'changes', label: t('evaluate.partChanges') },
  ];
  return (
    <>
      <MainFigures {...state} />
      <Thresholds
        figures={state.figures}
        move={(thresholds) => {
          setTurn(turn + 1);
          figures.move(thresholds);
        }}
        choose={(goal) => {
          setTurn(turn + 1);
          return figures.choose(goal);
        }}
      />
      <Segmented
        label={t('evaluate.parts')}
        options={parts}
        value={part}
        onChange={(value) => navigate({ part: value, label: null }, 'replace')}
      />
      {part === 'labels' && (
        <div className="evaluate__labels">
          {chosen !== -1 && (
            <LabelDetail set={set} label={chosen} turn={turn} state={state} figures={figures} />
          )}
          <LabelTable set={set} figures={state.figures} />
        </div>
      )}
      {part === 'pairs' && (
        <PairTable set={set} figures={state.figures} pairs={state.photos?.pairs ?? null} />
      )}
      {part === 'errors' && <LikelyErrors set={set} figures={figures} version={state.version} />}
      {part === 'changes' && <ChangeTable set={set} figures={figures} state={state} />}
    </>
  );
}
