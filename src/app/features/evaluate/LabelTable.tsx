import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelFigures } from '../../../protocol/figures.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { thresholdText } from '../../i18n/threshold-text.ts';
import { CellLink } from './CellLink.tsx';
import { FigureTable } from './FigureTable.tsx';
import { outcomes } from './outcomes.ts';
import { useColumns } from './use-columns.tsx';

/** A row per label: its 2x2, whose cells open their photos, and its figures. */
export function LabelTable({ set, figures }: { readonly set: string; readonly figures: LabelFigures }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const { label: chosen } = useFragment();
  const columns = useColumns();
  const { labels, table, thresholds } = figures;
  const names = useMemo(() => labels.map(nameOf), [labels, nameOf]);
  return (
    <section aria-labelledby="evaluate-labels">
      <h2 className="evaluate__heading" id="evaluate-labels">
        {t('evaluate.labels')}
      </h2>
      <p className="evaluate__hint">{t('evaluate.labelsText')}</p>
      <FigureTable
        name={t('evaluate.labels')}
        heading={t('evaluate.column.name')}
        keys={labels}
        names={names}
        sortedBy="support"
        chosen={chosen}
        onChoose={(label) => navigate({ label }, 'replace')}
        columns={[
          columns.support(table.support),
          ...outcomes.map((kind) =>
            columns.named(kind, figures[`${kind}s`], (n) => (
              <CellLink
                cell={{ set, kind, label: labels[n]!, threshold: thresholds[n]! }}
                count={figures[`${kind}s`][n]!}
              />
            )),
          ),
          ...columns.figures(table),
          columns.named('threshold', thresholds, (n) => thresholdText(t, thresholds[n]!)),
        ]}
      />
    </section>
  );
}
