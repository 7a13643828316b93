import { memo } from 'react';
import { useTranslation } from 'react-i18next';

/** One cell of a confusion matrix: how often one class is taken for another. Thousands of them are shown at once. */
export const MatrixCell = memo(function MatrixCell({
  row,
  column,
  actual,
  predicted,
  photos,
  isRight,
  isActive,
  share,
  text,
}: {
  /** Its place, which its grid hears presses by. */
  readonly row: number;
  readonly column: number;
  /** Names of both classes. */
  readonly actual: string;
  readonly predicted: string;
  readonly photos: number;
  readonly isRight: boolean;
  /** It has the focus, or gets it by the Tab key. */
  readonly isActive: boolean;
  /** 0..1, how deep its colour is. */
  readonly share: number;
  readonly text: string;
}) {
  const { t } = useTranslation();
  const name = t('evaluate.confusionCell', { actual, predicted, count: photos });
  const tone = isRight ? 'confusion__cell--right' : 'confusion__cell--wrong';
  return (
    <td
      aria-colindex={column + 2}
      aria-label={name}
      title={name}
      data-row={row}
      data-column={column}
      tabIndex={isActive ? 0 : -1}
      className={`confusion__cell ${tone} ${share > 0.5 ? 'confusion__cell--deep' : ''}`}
      style={{ '--at': column, '--share': `${share === 0 ? 0 : Math.round(18 + 82 * share)}%` }}
    >
      {text}
    </td>
  );
});
