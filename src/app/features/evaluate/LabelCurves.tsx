import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cell } from '../../../core/evaluation/cell.ts';
import type { LabelCurves as Curves } from '../../../protocol/figures.ts';
import { emptyFragment, navigate } from '../../engine/fragment.ts';
import { formatScore } from '../../i18n/format.ts';
import { BinTable } from './BinTable.tsx';
import { CurveChart } from './CurveChart.tsx';
import { figureText } from './figure-text.ts';
import { pointAtThreshold } from './nearest-point.ts';
import { ScoreChart } from './ScoreChart.tsx';

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
  readonly version: unknown;
}) {
  const { t } = useTranslation();
  const [curves, setCurves] = useState<Curves | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another label and when photos changed
  useEffect(() => {
    let wanted = true;
    void ask().then((found) => wanted && setCurves(found));
    return () => {
      wanted = false;
    };
  }, [label, version]);
  if (curves === null) return <p role="status">{t('evaluate.loading')}</p>;

  const { precisionRecall: pr, roc, reliability, histogram } = curves;
  const open = (cell: Cell) => navigate({ ...emptyFragment, cell });
  const from = (thresholds: Float64Array) => (point: number) => {
    const at = thresholds[point]!;
    if (Number.isFinite(at)) open({ set, kind: 'predicted', label, threshold: at });
  };
  const bins = reliability.counts.length;
  const bars = histogram.positives.length;
  const area = Number.isNaN(curves.rocArea)
    ? ''
    : t('evaluate.rocArea', { area: figureText(curves.rocArea) });
  return (
    <div className="curves">
      <CurveChart
        title={t('evaluate.prTitle')}
        text={t('evaluate.prText')}
        description={t('evaluate.chart', { title: t('evaluate.prTitle'), label: name })}
        x={pr.recall}
        y={pr.precision}
        xName={t('evaluate.recall')}
        marked={pointAtThreshold(pr.thresholds, threshold)}
        onPoint={from(pr.thresholds)}
      />
      <CurveChart
        title={t('evaluate.rocTitle')}
        text={`${t('evaluate.rocText')} ${area}`.trim()}
        description={t('evaluate.chart', { title: t('evaluate.rocTitle'), label: name })}
        x={roc.falsePositiveRate}
        y={roc.truePositiveRate}
        xName={t('evaluate.falsePositiveRate')}
        marked={pointAtThreshold(roc.thresholds, threshold)}
        diagonal
        onPoint={from(roc.thresholds)}
      />
      <CurveChart
        title={t('evaluate.f1Title')}
        text={t('evaluate.f1Text')}
        description={t('evaluate.chart', { title: t('evaluate.f1Title'), label: name })}
        x={pr.thresholds}
        y={pr.f1}
        xName={t('evaluate.threshold')}
        marked={pointAtThreshold(pr.thresholds, threshold)}
        onPoint={from(pr.thresholds)}
      />
      <CurveChart
        title={t('evaluate.reliabilityTitle')}
        text={t('evaluate.reliabilityText', { error: figureText(reliability.expectedError) })}
        description={t('evaluate.chart', { title: t('evaluate.reliabilityTitle'), label: name })}
        x={reliability.meanScore}
        y={reliability.shareTrue}
        xName={t('evaluate.meanScore')}
        diagonal
        dots
        onPoint={(bin) => open({ set, kind: 'bin', label, bin, bins })}
      />
      <ScoreChart
        title={t('evaluate.histogramTitle')}
        text={t('evaluate.histogramText', { threshold: formatScore(threshold) })}
        description={t('evaluate.chart', { title: t('evaluate.histogramTitle'), label: name })}
        positives={histogram.positives}
        negatives={histogram.negatives}
        threshold={threshold}
        names={{
          score: t('evaluate.score'),
          given: t('evaluate.withLabel'),
          without: t('evaluate.withoutLabel'),
        }}
        onBar={(bin, given) => open({ set, kind: 'bar', label, given, bin, bins: bars })}
      />
      <BinTable set={set} label={label} reliability={reliability} histogram={histogram} />
    </div>
  );
}
