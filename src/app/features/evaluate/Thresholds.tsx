import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelFigures, ThresholdGoal } from '../../../protocol/figures.ts';
import { formatScore } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';

type Way = 'best-f1' | 'precision' | 'recall';
const wantedShare = 0.9;

/** One threshold for all labels, or one chosen for each of them. */
export function Thresholds({
  figures: { thresholds, ownThresholds },
  move,
  choose,
}: {
  readonly figures: LabelFigures;
  readonly move: (thresholds: Float64Array) => void;
  readonly choose: (goal: ThresholdGoal) => Promise<void>;
}) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>('best-f1');
  const [dragged, setDragged] = useState<number | null>(null);
  const first = thresholds[0] ?? 0.5;
  const isSame = thresholds.every((threshold) => threshold === first);
  const isMoved = thresholds.some((threshold, label) => threshold !== ownThresholds[label]);
  const value = dragged ?? (isSame ? first : 0.5);
  const goal: ThresholdGoal = way === 'best-f1' ? { kind: way } : { kind: way, wanted: wantedShare };
  return (
    <section className="evaluate__thresholds" aria-labelledby="evaluate-thresholds">
      <h2 className="evaluate__heading" id="evaluate-thresholds">
        {t('evaluate.thresholds')}
      </h2>
      <p className="evaluate__hint">{t('evaluate.thresholdsText')}</p>
      <div className="evaluate__controls">
        <span className="evaluate__slider">
          <Slider
            label={t('evaluate.thresholdOfAll')}
            value={value}
            min={0}
            max={1}
            step={0.01}
            format={formatScore}
            onChange={(to) => {
              setDragged(to);
              move(thresholds.map(() => to));
            }}
          />
          <output className="numeric">{isSame ? formatScore(value) : t('evaluate.various')}</output>
        </span>
        <Select<Way>
          label={t('evaluate.goal')}
          labelHidden
          value={way}
          onChange={setWay}
          options={[
            { value: 'best-f1', label: t('evaluate.goalF1') },
            { value: 'precision', label: t('evaluate.goalPrecision') },
            { value: 'recall', label: t('evaluate.goalRecall') },
          ]}
        />
        <Button
          size="small"
          onPress={() => {
            setDragged(null);
            void choose(goal);
          }}
        >
          {t('evaluate.choose')}
        </Button>
        {isMoved && (
          <Button
            size="small"
            variant="quiet"
            icon="undo"
            onPress={() => {
              setDragged(null);
              move(ownThresholds);
            }}
          >
            {t('evaluate.ownThresholds')}
          </Button>
        )}
      </div>
    </section>
  );
}
