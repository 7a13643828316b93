import { useTranslation } from 'react-i18next';
import type { PhotoComparison } from '../../../protocol/duplicates.ts';
import { formatLikeness, useFormat } from '../../i18n/format.ts';

/** Why the two photos that are compared count as alike: the change from one to the other, and the figures. */
export function WhyMatch({
  comparison,
  isExact,
}: {
  readonly comparison: PhotoComparison;
  readonly isExact: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { match, cosine } = comparison;
  const parts: string[] = [];
  if (isExact) parts.push(t('duplicates.why.exact'));
  if (match !== null) {
    const { ofFirst, ofSecond, rotation, mirrored, colour, agreement, features } = match;
    parts.push(t('duplicates.why.agreement', { share: format.percent(agreement) }));
    if (Math.min(ofFirst, ofSecond) < 0.97) {
      parts.push(
        t('duplicates.why.shared', { first: format.percent(ofFirst), second: format.percent(ofSecond) }),
      );
    }
    if (mirrored) parts.push(t('duplicates.why.mirrored'));
    if (Math.abs(rotation) >= 1) parts.push(t('duplicates.why.turned', { degrees: format.number(rotation) }));
    if (Math.abs(colour.lightness) >= 0.03) {
      parts.push(t(colour.lightness > 0 ? 'duplicates.why.lighter' : 'duplicates.why.darker'));
    }
    if (Math.abs(colour.saturation - 1) > 0.2) {
      parts.push(t(colour.saturation > 1 ? 'duplicates.why.moreColour' : 'duplicates.why.lessColour'));
    }
    if (features > 0) parts.push(t('duplicates.why.features', { count: features }));
  }
  if (cosine !== null && !isExact) parts.push(t('duplicates.why.cosine', { score: formatLikeness(cosine) }));
  if (parts.length === 0) return null;
  return (
    <section className="why" aria-label={t('duplicates.why.title')}>
      <h3 className="why__title">{t('duplicates.why.title')}</h3>
      <ul className="why__list">
        {parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
    </section>
  );
}
