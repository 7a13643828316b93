import { useTranslation } from 'react-i18next';
import { modelSet } from '../../../core/evaluation/cell.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import type { FiguresPart } from '../../engine/fragment-state.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { CompareRuns } from './CompareRuns.tsx';
import { LabelDetail } from './LabelDetail.tsx';
import { LabelTable } from './LabelTable.tsx';
import { LikelyErrors } from './LikelyErrors.tsx';
import { MainFigures } from './MainFigures.tsx';
import { PairTable } from './PairTable.tsx';
import { ThresholdSlider } from './ThresholdSlider.tsx';
import { Thresholds } from './Thresholds.tsx';
import { TwoByTwo } from './TwoByTwo.tsx';
import { UseThresholds } from './UseThresholds.tsx';
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
  const nameOf = useNameOf();
  const { part, label } = useFragment();
  const { figures: all, intervals } = state;
  const chosen = label === null ? -1 : all.labels.indexOf(label);
  const parts: readonly { readonly value: FiguresPart; readonly label: string }[] = [
    { value: 'labels', label: t('evaluate.partLabels') },
    { value: 'pairs', label: t('evaluate.partPairs') },
    { value: 'errors', label: t('evaluate.partErrors') },
    { value: 'changes', label: t('evaluate.partChanges') },
  ];
  return (
    <>
      <Segmented
        label={t('evaluate.parts')}
        options={parts}
        value={part}
        onChange={(value) => navigate({ part: value, label: null }, 'replace')}
      />
      {/* Else what was asked for would begin below the screen. */}
      <div className={part === 'labels' ? '' : 'evaluate__only-paper'}>
        <MainFigures {...state} />
      </div>
      <Thresholds figures={all} move={figures.move} choose={figures.choose} />
      {set !== modelSet && <UseThresholds set={set} state={state} move={figures.move} />}
      {part === 'labels' && (
        <div className="evaluate__labels">
          {chosen !== -1 && (
            <LabelDetail
              set={set}
              id={all.labels[chosen]!}
              number={chosen}
              threshold={all.thresholds[chosen]!}
              support={all.table.support[chosen]!}
              rates={{
                precision: all.table.precision[chosen]!,
                recall: all.table.recall[chosen]!,
                f1: all.table.f1[chosen]!,
                averagePrecision: all.table.averagePrecision[chosen]!,
              }}
              intervals={{
                f1: intervals?.labelF1[chosen],
                averagePrecision: intervals?.labelAveragePrecision[chosen],
              }}
              version={state.version}
              figures={figures}
            >
              <ThresholdSlider
                label={t('evaluate.threshold')}
                value={all.thresholds[chosen]!}
                key={chosen}
                onMove={(value) => figures.move(all.thresholds.with(chosen, value))}
              />
              <TwoByTwo set={set} figures={all} label={chosen} name={nameOf(all.labels[chosen]!)} />
            </LabelDetail>
          )}
          <LabelTable set={set} figures={all} />
        </div>
      )}
      {part === 'pairs' && <PairTable set={set} figures={all} pairs={state.photos?.pairs ?? null} />}
      {part === 'errors' && <LikelyErrors set={set} figures={figures} version={state.version} />}
      {part === 'changes' && <CompareRuns set={set} figures={figures} state={state} />}
    </>
  );
}
