import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type ComparedFacts, type Difference, differences } from '../../../core/dedup/compare-facts.ts';
import { formatPictureType, useFormat } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';

type Format = ReturnType<typeof useFormat>;

/** What differs among the photos of a group, in words, the better one marked. */
export function Differences({ photos }: { readonly photos: readonly ComparedFacts[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = differences(photos);
  const crispest = Math.max(...photos.map(({ sharpness }) => sharpness ?? 0));
  if (rows.length === 0) return <p className="differences__none">{t('duplicates.noDifference')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
    <section className="differences" tabIndex={0} aria-label={t('duplicates.differences')}>
      <table className="differences__table">
        <caption className="visually-hidden">{t('duplicates.differences')}</caption>
        <thead>
          <tr>
            <td />
            {photos.map(({ photo, name }) => (
              <th key={photo} scope="col" className="foreign-text">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ kind, better }) => (
            <tr key={kind}>
              <th scope="row">{t(`duplicates.difference.${kind}`)}</th>
              {photos.map((one, n) => (
                <td key={one.photo} className={better.includes(n) ? 'differences__better' : ''}>
                  <span className="foreign-text">{valueText(t, format, kind, one, crispest)}</span>
                  {better.includes(n) && (
                    <span className="differences__mark">
                      <Icon name="check" size={14} />
                      {t('duplicates.better')}
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function valueText(
  t: TFunction,
  format: Format,
  kind: Difference['kind'],
  one: ComparedFacts,
  /** The greatest sharpness among them: the measure itself says nothing to anybody. */
  crispest: number,
): string {
  switch (kind) {
    case 'pixels':
      return `${one.width} × ${one.height}`;
    case 'bytes':
      return format.bytes(one.size);
    case 'format':
      return formatPictureType(one.type) || '?';
    case 'sharpness':
      return crispest > 0 ? format.percent((one.sharpness ?? 0) / crispest) : '–';
    case 'metadata':
      return t('duplicates.fields', { count: one.metadata });
    case 'date':
      return t(one.hasCaptureDate ? 'duplicates.cameraDate' : 'duplicates.fileDate', {
        date: format.dateTime(one.capturedAt, 'wall-clock'),
      });
    case 'path':
      return one.path ?? t('duplicates.noPath');
  }
}
