import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { modelSet } from '../../../core/evaluation/cell.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useLabelSets } from '../../engine/label-sets.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Select } from '../../ui/Select.tsx';
import { ClassReport } from './ClassReport.tsx';
import { ExportFigures } from './ExportFigures.tsx';
import { HeldOutNotes } from './HeldOutNotes.tsx';
import { LabelReport } from './LabelReport.tsx';
import { PaperLine } from './PaperLine.tsx';
import { ScopeSelect } from './ScopeSelect.tsx';
import { useFigures } from './use-figures.ts';
import { usePaper } from './use-paper.ts';
import { useScope } from './use-scope.ts';
import './evaluate.css';
import './paper.css';

/** How good the labels are, judged by what the person said. */
export default function EvaluateScreen() {
  const { t } = useTranslation();
  const { set: number, scope } = useFragment();
  const sets = useLabelSets() ?? [];
  const known = sets.find(({ id }) => id === number);
  const set = known === undefined ? modelSet : String(known.id);
  const figures = useFigures(set, useScope());
  const { state } = figures;
  const hasFigures =
    (state.kind === 'labels' && state.figures.photos > 0) || (state.kind === 'classes' && state.photos > 0);
  const report = useRef<HTMLDivElement>(null);
  usePaper(report);
  return (
    <div ref={report} className="evaluate">
      <header>
        <div className="evaluate__heads">
          <h1 className="evaluate__title">{t('evaluate.title')}</h1>
          {sets.length > 0 && (
            <Select
              label={t('evaluate.set')}
              labelHidden
              value={set}
              onChange={(value) =>
                navigate(
                  {
                    set: value === modelSet ? null : Number(value),
                    label: null,
                    part: 'labels',
                    scope: scope === 'filter' ? scope : 'all',
                  },
                  'replace',
                )
              }
              options={[
                { value: modelSet, label: t('evaluate.modelSet') },
                ...sets.map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
            />
          )}
          <ScopeSelect hasSplit={known !== undefined} />
          {hasFigures && <ExportFigures figures={figures} />}
        </div>
        <PaperLine set={known?.name ?? t('evaluate.modelSet')} />
        <p className="evaluate__lead">{t(known === undefined ? 'evaluate.lead' : 'evaluate.leadTaught')}</p>
        {known !== undefined && hasFigures && <HeldOutNotes set={known.id} />}
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
      {state.kind === 'labels' &&
        (state.figures.photos === 0 ? (
          <NothingKnown isTaught={known !== undefined} isAll={scope === 'all'} />
        ) : (
          <LabelReport key={set} set={set} figures={figures} state={state} />
        ))}
      {state.kind === 'classes' &&
        (state.photos === 0 ? (
          <NothingKnown isTaught isAll={scope === 'all'} />
        ) : (
          <ClassReport key={set} set={set} figures={figures} state={state} />
        ))}
    </div>
  );
}

function NothingKnown({ isTaught, isAll }: { readonly isTaught: boolean; readonly isAll: boolean }) {
  const { t } = useTranslation();
  if (!isAll) {
    return (
      <EmptyState icon="chart" title={t('evaluate.emptyTitle')} text={t('evaluate.emptyScopeText')}>
        <Button variant="primary" onPress={() => navigate({ scope: 'all' }, 'replace')}>
          {t('evaluate.scopeAll')}
        </Button>
      </EmptyState>
    );
  }
  return isTaught ? (
    <EmptyState icon="chart" title={t('evaluate.emptyTitle')} text={t('evaluate.untaughtText')}>
      <Button variant="primary" onPress={() => navigate({ screen: 'labels' })}>
        {t('evaluate.toLabels')}
      </Button>
    </EmptyState>
  ) : (
    <EmptyState icon="chart" title={t('evaluate.emptyTitle')} text={t('evaluate.emptyText')}>
      <Button variant="primary" onPress={() => navigate({ screen: 'photos' })}>
        {t('evaluate.toPhotos')}
      </Button>
    </EmptyState>
  );
}
