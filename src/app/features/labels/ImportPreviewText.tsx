import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../../protocol/label-sets.ts';
import { useFormat } from '../../i18n/format.ts';

const shownLabels = 60;

/** What an import would do, and what it could not. */
export function ImportPreviewText({ preview }: { readonly preview: ImportPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, matched, unread, unmatched, ambiguous, conflicts, labels, target } = preview;
  const fresh = target.set === null ? 0 : labels.filter(({ known }) => !known).length;
  // What may be a slip comes first.
  const inOrder = target.set === null ? labels : labels.toSorted((a, b) => Number(a.known) - Number(b.known));
  const lists = [
    { key: 'unread', ...unread },
    { key: 'unmatched', ...unmatched },
    { key: 'ambiguous', ...ambiguous },
    { key: 'conflicts', ...conflicts },
  ] as const;
  return (
    <section aria-label={t('labels.dryRun')} className="labels-form">
      <p role="status">
        {t('labels.previewMatched', { count: matched, rows: format.number(rows) })}{' '}
        {fresh > 0 && t('labels.previewUnknown', { count: fresh })}
      </p>
      {lists.map(({ key, count, names }) =>
        count === 0 ? null : (
          <details key={key} className="labels-form__list">
            <summary>{t(`labels.preview.${key}`, { count })}</summary>
            <p className="foreign-text">
              {format.list(names)}
              {count > names.length && ' …'}
            </p>
          </details>
        ),
      )}
      <ul className="pairs" aria-label={t('labels.labelsField')}>
        {inOrder.slice(0, shownLabels).map(({ name, group, photos, known }) => (
          <li key={`${group ?? ''}/${name}`} className="pairs__pair">
            <bdi className="foreign-text">{group === null ? name : `${group}: ${name}`}</bdi>{' '}
            <span className="numeric hint">{format.number(photos)}</span>
            {fresh > 0 && !known && <strong> {t('labels.newLabel')}</strong>}
          </li>
        ))}
        {labels.length > shownLabels && <li className="pairs__pair">…</li>}
      </ul>
    </section>
  );
}
