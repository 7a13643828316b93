import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelFigures, ThresholdGoal } from '../../../protocol/figures.ts';
import { Button } from '../../ui/Button.tsx';
import { PercentField } from '../../ui/PercentField.tsx';
import { Select } from '../../ui/Select.tsx';
import { shareOf } from '../../ui/share-of.ts';
import { ThresholdSlider } from './ThresholdSlider.tsx';

type Way = 'best-f1' | 'precision' | 'recall';

/** One threshold for all labels, or one chosen for each of them. */
export function Thresholds({
  figures: { thresholds, ownThresholds },
  move,
  choose,
}: {
  readonly figures: LabelFigures;
  readonly move: (thresholds: Float64Array) => void;
  /** Resolves to how many labels cannot reach the goal. */
  readonly choose: (goal: ThresholdGoal) => Promise<number>;
}) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>('best-f1');
  const [percent, setPercent] = useState('90');
  /** Of the last choice; null: none was made. */
  const [unreached, setUnreached] = useState<number | null>(null);
  const first = thresholds[0] ?? 0.5;
  const isSame = thresholds.every((threshold) => threshold === first);
  const isMoved = thresholds.some((threshold, label) => threshold !== ownThresholds[label]);
  const wanted = shareOf(percent);
  const goal: ThresholdGoal = way === 'best-f1' ? { kind: way } : { kind: way, wanted };
  const chooseAll = async () => setUnreached(await choose(goal));
  return (
    <section className="evaluate__thresholds" aria-labelledby="evaluate-thresholds">
      <h2 className="evaluate__heading" id="evaluate-thresholds">
        {t('evaluate.thresholds')}
      </h2>
      <p className="evaluate__hint">{t('evaluate.thresholdsText')}</p>
      <div className="evaluate__controls">
        <ThresholdSlider
          label={t('evaluate.thresholdOfAll')}
          value={isSame ? first : 0.5}
          text={isSame ? undefined : t('evaluate.various')}
          onMove={(to) => move(thresholds.map(() => to))}
        />
        <Select<Way>
          label={t('evaluate.goal')}
          labelHidden
          value={way}
          onChange={(to) => {
            setWay(to);
            setUnreached(null);
          }}
          options={[
            { value: 'best-f1', label: t('evaluate.goalF1') },
            { value: 'precision', label: t('evaluate.goalPrecision') },
            { value: 'recall', label: t('evaluate.goalRecall') },
          ]}
        />
        {way !== 'best-f1' && (
          <PercentField label={t('evaluate.wanted')} value={percent} onChange={setPercent} />
        )}
        <Button size="small" onPress={() => void chooseAll()}>
          {t('evaluate.choose')}
        </Button>
        {isMoved && (
          <Button size="small" variant="quiet" icon="undo" onPress={() => move(ownThresholds)}>
            {t('evaluate.ownThresholds')}
          </Button>
        )}
      </div>
      <p className="evaluate__hint" role="status">
        {unreached !== null && unreached > 0 && t('evaluate.unreached', { count: unreached })}
      </p>
    </section>
  );
}
