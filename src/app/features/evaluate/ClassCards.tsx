import { useTranslation } from 'react-i18next';
import type { ClassIntervals } from '../../../core/evaluation/class-intervals.ts';
import type { GroupFigures } from '../../../protocol/figures.ts';
import { useFormat } from '../../i18n/format.ts';
import { FigureCards } from './FigureCards.tsx';
import { figureText } from './figure-text.ts';

/** The figures of a question with one answer per photo as a whole. */
export function ClassCards({
  group: { figures, topK, classes },
  intervals,
}: {
  readonly group: GroupFigures;
  /** Null while they are computed. */
  readonly intervals: ClassIntervals | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { averages } = figures;
  // All photos have their class among all guesses.
  const first = Math.min(5, classes.length - 1);
  return (
    <FigureCards
      cards={[
        {
          name: t('evaluate.accuracy'),
          text: t('evaluate.accuracyText'),
          value: figures.accuracy,
          interval: intervals?.accuracy ?? null,
        },
        {
          name: t('evaluate.balancedAccuracy'),
          text: t('evaluate.balancedAccuracyText'),
          value: figures.balancedAccuracy,
          interval: intervals?.balancedAccuracy ?? null,
        },
        {
          name: t('evaluate.macroF1'),
          text: t('evaluate.macroF1Text'),
          value: averages.macro.f1,
          interval: intervals?.macroF1 ?? null,
        },
        {
          name: t('evaluate.kappa'),
          text: t('evaluate.kappaText'),
          value: figures.kappa,
          interval: intervals?.kappa ?? null,
        },
        ...(classes.length > 2
          ? [
              {
                name: t('evaluate.topK', { k: first }),
                text: `${t('evaluate.topKText', { k: first })} ${t('evaluate.topKs', {
                  list: format.list(Array.from(topK, (share, k) => `${k + 1}: ${figureText(share)}`)),
                })}`,
                value: topK[first - 1] ?? null,
              },
            ]
          : []),
      ]}
    />
  );
}
