import { useTranslation } from 'react-i18next';
import type { Cell } from '../../../core/evaluation/cell.ts';
import { groupOfWhole } from '../../../core/evaluation/run.ts';
import type { LabelCurves as Curves } from '../../../protocol/figures.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { thresholdText } from '../../i18n/threshold-text.ts';
import { CurveChart } from './CurveChart.tsx';
import { CurveTables } from './CurveTables.tsx';
import { figureText } from './figure-text.ts';
import { pointAtThreshold } from './nearest-point.ts';
import { ScoreChart } from './ScoreChart.tsx';
import './curves.css';

/** The curves of one label: what would be at every other threshold, and how far its scores can be taken at their word. */
export default function LabelCurves({
  set,
  label,
  name,
  threshold,
  curves: ask,
  version,
}: {
  readonly set: string;
  /** Text id. */
  readonly label: string;
  readonly name: string;
  readonly threshold: number;
  readonly curves: () => Promise<Curves>;
  /** Changes when the photos did. */
  readonly version: number;
}) {
  const { t } = useTranslation();
  const curves = useAnswer(ask, `${label} ${version}`);
  if (curves === null) return <p role="status">{t('evaluate.loading')}</p>;

  const { precisionRecall: pr, roc, reliability, histogram } = curves;
  const from =
    (thresholds: Float64Array) =>
    (point: number): Cell | null => {
      // The curve ends with nothing predicted: no photos there.
      const at = thresholds[point]!;
      return Number.isFinite(at) ? { set, kind: 'predicted', label, threshold: at } : null;
    };
  const bins = reliability.counts.length;
  const bars = histogram.positives.length;
  const area = Number.isNaN(curves.rocArea)
    ? ''
    : t('evaluate.rocArea', { area: figureText(curves.rocArea) });
  const described = (title: string) => ({
    title,
    of: name,
    description: t('evaluate.chart', { title, label: name }),
  });
  const byThreshold = (thresholds: Float64Array) => ({
    marked: pointAtThreshold(thresholds, threshold),
    cellOf: from(thresholds),
  });
  // First guesses are right or wrong: only how far their probabilities can be trusted is of interest.
  const isWhole = groupOfWhole(label) !== null;
  const thresholdCharts = (
    <>
      <CurveChart
        {...described(t('evaluate.prTitle'))}
        {...byThreshold(pr.thresholds)}
        text={t('evaluate.prText')}
        x={pr.recall}
        y={pr.precision}
        xName={t('evaluate.recall')}
        yName={t('evaluate.precision')}
        counts={curves.predicted}
      />
      <CurveChart
        {...described(t('evaluate.rocTitle'))}
        {...byThreshold(roc.thresholds)}
        text={`${t('evaluate.rocText')} ${area}`.trim()}
        x={roc.falsePositiveRate}
        y={roc.truePositiveRate}
        xName={t('evaluate.falsePositiveRate')}
        yName={t('evaluate.recall')}
        counts={curves.rocPredicted}
        diagonal
      />
      <CurveChart
        {...described(t('evaluate.f1Title'))}
        {...byThreshold(pr.thresholds)}
        text={t('evaluate.f1Text')}
        markedX={threshold}
        x={pr.thresholds}
        y={pr.f1}
        xName={t('evaluate.threshold')}
        yName={t('evaluate.column.f1')}
        counts={curves.predicted}
      />
    </>
  );
  return (
    <div className="curves">
      {!isWhole && thresholdCharts}
      <CurveChart
        {...described(t('evaluate.reliabilityTitle'))}
        text={t(isWhole ? 'evaluate.guessText' : 'evaluate.reliabilityText', {
          error: figureText(reliability.expectedError),
        })}
        x={reliability.meanScore}
        y={reliability.shareTrue}
        xName={t('evaluate.meanScore')}
        yName={t('evaluate.shareTrue')}
        counts={reliability.counts}
        diagonal
        dots
        cellOf={(bin) => ({ set, kind: 'bin', label, bin, bins })}
      />
      <ScoreChart
        {...described(t('evaluate.histogramTitle'))}
        text={t(isWhole ? 'evaluate.guessScores' : 'evaluate.histogramText', {
          threshold: thresholdText(t, threshold),
        })}
        isRightBlue={isWhole}
        positives={histogram.positives}
        negatives={histogram.negatives}
        threshold={threshold}
        names={{
          score: t('evaluate.score'),
          given: t(isWhole ? 'evaluate.guessRight' : 'evaluate.withLabel'),
          without: t(isWhole ? 'evaluate.guessWrong' : 'evaluate.withoutLabel'),
        }}
        cellOf={(bin, given) => ({ set, kind: 'bar', label, given, bin, bins: bars })}
      />
      <CurveTables set={set} label={label} curves={curves} />
    </div>
  );
}
