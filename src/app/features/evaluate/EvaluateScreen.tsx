import { useTranslation } from 'react-i18next';
import { modelSet } from '../../../core/evaluation/cell.ts';
import { type FiguresPart, navigate, useFragment } from '../../engine/fragment.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { LabelDetail } from './LabelDetail.tsx';
import { LabelTable } from './LabelTable.tsx';
import { MainFigures } from './MainFigures.tsx';
import { PairTable } from './PairTable.tsx';
import { Thresholds } from './Thresholds.tsx';
import { type Figures, type FiguresState, useFigures } from './use-figures.ts';
import './evaluate.css';

type There = Extract<FiguresState, { kind: 'there' }>;

/** How good the labels are, judged by what the person said. */
export default function EvaluateScreen() {
  const { t } = useTranslation();
  const set = modelSet;
  const figures = useFigures(set);
  const { state } = figures;
  return (
    <div className="evaluate">
      <header className="evaluate__head">
        <h1 className="evaluate__title">{t('evaluate.title')}</h1>
        <p className="evaluate__lead">{t('evaluate.lead')}</p>
      </header>
      {state.kind === 'loading' && <p role="status">{t('evaluate.loading')}</p>}
      {state.kind === 'failed' && (
        <EmptyState icon="warning" title={t('evaluate.failedTitle')} text={state.why}>
          <Button variant="primary" icon="retry" onPress={figures.again}>
            {t('evaluate.again')}
          </Button>
        </EmptyState>
      )}
      {state.kind === 'none' && (
        <EmptyState icon="chart" title={t('evaluate.noModelTitle')} text={t('evaluate.noModelText')} />
      )}
      {state.kind === 'there' &&
        (state.figures.labels.length === 0 ? (
          <NothingKnown />
        ) : (
          <Judged set={set} figures={figures} state={state} />
        ))}
    </div>
  );
}

function NothingKnown() {
  const { t } = useTranslation();
  return (
    <EmptyState icon="chart" title={t('evaluate.emptyTitle')} text={t('evaluate.emptyText')}>
      <Button variant="primary" onPress={() => navigate({ screen: 'photos' })}>
        {t('evaluate.toPhotos')}
      </Button>
    </EmptyState>
  );
}

function Judged({
  set,
  figures,
  state,
}: {
  readonly set: string;
  readonly figures: Figures;
  readonly state: There;
}) {
  const { t } = useTranslation();
  const { part, label } = useFragment();
  const chosen = label === null ? -1 : state.figures.labels.indexOf(label);
  const parts: readonly { readonly value: FiguresPart; readonly label: string }[] = [
    { value: 'labels', label: t('evaluate.partLabels') },
    { value: 'pairs', label: t('evaluate.partPairs') },
  ];
  return (
    <>
      <MainFigures {...state} />
      <Thresholds figures={state.figures} move={figures.move} choose={figures.choose} />
      <Segmented
        label={t('evaluate.parts')}
        options={parts}
        value={part}
        onChange={(value) => navigate({ part: value, label: null }, 'replace')}
      />
      {part === 'pairs' ? (
        <PairTable set={set} figures={state.figures} pairs={state.photos?.pairs ?? null} />
      ) : (
        <div className="evaluate__labels">
          {chosen !== -1 && <LabelDetail set={set} label={chosen} state={state} figures={figures} />}
          <LabelTable set={set} figures={state.figures} />
        </div>
      )}
    </>
  );
}
