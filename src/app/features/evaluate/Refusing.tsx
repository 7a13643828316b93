import { useTranslation } from 'react-i18next';
import type { GroupFigures } from '../../../protocol/figures.ts';
import { Button } from '../../ui/Button.tsx';
import { ThresholdSlider } from './ThresholdSlider.tsx';

/** The threshold below which no answer is given, and the way to the scores that it is about. */
export function Refusing({
  group: { threshold, ownThreshold },
  isOpen,
  onOpen,
  onMove,
}: {
  readonly group: GroupFigures;
  /** The scores of first guesses are looked at. */
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onMove: (threshold: number) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="refusing">
      <h3 className="evaluate__heading">{t('evaluate.refusing')}</h3>
      <p className="evaluate__hint">{t('evaluate.refusingText')}</p>
      <div className="evaluate__controls">
        <ThresholdSlider label={t('evaluate.threshold')} value={threshold} onMove={onMove} />
        <Button size="small" icon="chart" onPress={() => onOpen(!isOpen)}>
          {t('evaluate.guesses')}
        </Button>
        {threshold !== ownThreshold && (
          <Button size="small" variant="quiet" icon="undo" onPress={() => onMove(ownThreshold)}>
            {t('evaluate.ownThresholds')}
          </Button>
        )}
      </div>
    </div>
  );
}
