import { useTranslation } from 'react-i18next';

/**
 * What the means do with labels that have no figure of their own: of a label that is never given 0 / 0 counts as 0, and one
 * that occurs nowhere counts for nothing.
 */
export function LeftOut({
  rates: { support, precision },
  hasRanking = false,
}: {
  /** [labels] each; precision is NaN where a label is given to no photo. */
  readonly rates: { readonly support: ArrayLike<number>; readonly precision: ArrayLike<number> };
  /** Mean average precision is shown, too. */
  readonly hasRanking?: boolean;
}) {
  const { t } = useTranslation();
  let [neverGiven, nowhere, withoutPhotos] = [0, 0, 0];
  for (let label = 0; label < support.length; label++) {
    const isGiven = !Number.isNaN(precision[label]!);
    if (support[label] === 0) withoutPhotos++;
    if (!isGiven && support[label] === 0) nowhere++;
    if (!isGiven && support[label]! > 0) neverGiven++;
  }
  const notes = [
    neverGiven > 0 && t('evaluate.neverGiven', { count: neverGiven }),
    nowhere > 0 && t('evaluate.nowhere', { count: nowhere }),
    hasRanking && withoutPhotos > 0 && t('evaluate.withoutPhotos', { count: withoutPhotos }),
  ].filter((note) => note !== false);
  return notes.length > 0 && <p className="evaluate__hint">{notes.join(' ')}</p>;
}
