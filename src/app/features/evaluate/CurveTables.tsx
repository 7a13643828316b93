import { useTranslation } from 'react-i18next';
import { groupOfWhole } from '../../../core/evaluation/run.ts';
import type { LabelCurves } from '../../../protocol/figures.ts';
import { CellLink } from './CellLink.tsx';
import { FigureTable } from './FigureTable.tsx';
import { binText, figureText } from './figure-text.ts';

/** The charts as tables, whose counts open their photos: for those who do not see or press charts. */
export function CurveTables({
  set,
  label,
  curves: { precisionRecall: pr, predicted, roc, rocPredicted, reliability, histogram },
}: {
  readonly set: string;
  readonly label: string;
  readonly curves: LabelCurves;
}) {
  const { t } = useTranslation();
  const isWhole = groupOfWhole(label) !== null;
  const bins = reliability.counts.length;
  const bars = histogram.positives.length;
  /** Points as drawn, but for the first one: there nothing is predicted. */
  const pointsOf = (thresholds: Float64Array) => Array.from(thresholds.subarray(1), (_, n) => n + 1);
  const points = pointsOf(pr.thresholds);
  const rocPoints = pointsOf(roc.thresholds);
  const atThreshold = (thresholds: Float64Array, counts: Uint32Array) => (row: number) => (
    <CellLink
      cell={{ set, kind: 'predicted', label, threshold: thresholds[row + 1]! }}
      count={counts[row + 1]!}
    />
  );
  const ranges = (count: number) => Array.from({ length: count }, (_, bin) => binText(bin, count));
  return (
    <details className="curves__tables">
      <summary>{t('evaluate.asTables')}</summary>
      <div className="curves__table-pair">
        <figure className="curves__table">
          <figcaption>{t('evaluate.histogramTitle')}</figcaption>
          <FigureTable
            name={t('evaluate.histogramTitle')}
            heading={t('evaluate.score')}
            keys={ranges(bars)}
            names={ranges(bars)}
            columns={([true, false] as const).map((given) => ({
              id: String(given),
              text: t(
                isWhole
                  ? given
                    ? 'evaluate.guessRight'
                    : 'evaluate.guessWrong'
                  : given
                    ? 'evaluate.withLabel'
                    : 'evaluate.withoutLabel',
              ),
              show: (bin) => (
                <CellLink
                  cell={{ set, kind: 'bar', label, given, bin, bins: bars }}
                  count={(given ? histogram.positives : histogram.negatives)[bin]!}
                />
              ),
            }))}
          />
        </figure>
        <figure className="curves__table">
          <figcaption>{t('evaluate.reliabilityTitle')}</figcaption>
          <FigureTable
            name={t('evaluate.reliabilityTitle')}
            heading={t('evaluate.score')}
            keys={ranges(bins)}
            names={ranges(bins)}
            columns={[
              {
                id: 'photos',
                text: t('evaluate.column.support'),
                show: (bin) => (
                  <CellLink cell={{ set, kind: 'bin', label, bin, bins }} count={reliability.counts[bin]!} />
                ),
              },
              {
                id: 'score',
                text: t('evaluate.meanScore'),
                show: (bin) => figureText(reliability.meanScore[bin]!),
              },
              {
                id: 'true',
                text: t('evaluate.shareTrue'),
                show: (bin) => figureText(reliability.shareTrue[bin]!),
              },
            ]}
          />
        </figure>
        {!isWhole && (
          <figure className="curves__table">
            <figcaption>{t('evaluate.pointsTitle')}</figcaption>
            <FigureTable
              name={t('evaluate.pointsTitle')}
              heading={t('evaluate.threshold')}
              keys={points.map(String)}
              names={points.map((point) => figureText(pr.thresholds[point]!))}
              columns={[
                {
                  id: 'photos',
                  text: t('evaluate.predicted'),
                  show: atThreshold(pr.thresholds, predicted),
                },
                ...(['precision', 'recall', 'f1'] as const).map((id) => ({
                  id,
                  text: t(`evaluate.column.${id}`),
                  show: (row: number) => figureText(pr[id][row + 1]!),
                })),
              ]}
            />
          </figure>
        )}
        {!isWhole && rocPoints.length > 0 && (
          <figure className="curves__table">
            <figcaption>{t('evaluate.rocTitle')}</figcaption>
            <FigureTable
              name={t('evaluate.rocTitle')}
              heading={t('evaluate.threshold')}
              keys={rocPoints.map(String)}
              names={rocPoints.map((point) => figureText(roc.thresholds[point]!))}
              columns={[
                {
                  id: 'photos',
                  text: t('evaluate.predicted'),
                  show: atThreshold(roc.thresholds, rocPredicted),
                },
                {
                  id: 'wrong',
                  text: t('evaluate.falsePositiveRate'),
                  show: (row) => figureText(roc.falsePositiveRate[row + 1]!),
                },
                {
                  id: 'recall',
                  text: t('evaluate.recall'),
                  show: (row) => figureText(roc.truePositiveRate[row + 1]!),
                },
              ]}
            />
          </figure>
        )}
      </div>
    </details>
  );
}
