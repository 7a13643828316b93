import { useTranslation } from 'react-i18next';
import type { DecisionConflict, RestoreReport } from '../../../protocol/backup.ts';
import { useFormat } from '../../i18n/format.ts';

/** What a backup holds, compared with the library: what is new, what is there already, what contradicts, what is damaged. */
export function RestoreList({ report, done }: { readonly report: RestoreReport; readonly done: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { head, photos, decisions, rows, originals, complete, lostFrames, unknownFrames, conflicts } = report;
  const contradictions = decisions.fromBackup + decisions.fromHere;
  const others = rows.duplicates + rows.scope + rows.searches + rows.marks + rows.items + rows.versions;
  const counted = [
    (photos.fresh > 0 || photos.known === 0) &&
      t(done ? 'backup.addedPhotos' : 'backup.newPhotos', { count: photos.fresh }),
    photos.known > 0 && t('backup.knownPhotos', { count: photos.known }),
    photos.removed > 0 && t('backup.removedPhotos', { count: photos.removed }),
    decisions.fresh > 0 && t('backup.newDecisions', { count: decisions.fresh }),
    rows.labels > 0 && t('backup.newLabels', { count: rows.labels }),
    rows.sets > 0 && t('backup.newSets', { count: rows.sets }),
    rows.heads > 0 && t('backup.newHeads', { count: rows.heads }),
    others > 0 && t('backup.newOthers'),
    originals.fresh > 0 && t('backup.newOriginals', { count: originals.fresh }),
  ].filter((text) => text !== false);
  const problems = [
    lostFrames > 0 && t('backup.lost', { count: lostFrames }),
    !complete && report.stopped === null && t('backup.cutOff'),
    head !== null &&
      !complete &&
      missingPhotos(report) > 0 &&
      t('backup.lostPhotos', { count: missingPhotos(report) }),
    report.withoutResults > 0 && t('backup.withoutResults', { count: report.withoutResults }),
    originals.damaged > 0 && t('backup.damagedOriginals', { count: originals.damaged }),
    unknownFrames > 0 && t('backup.unknown', { count: unknownFrames }),
  ].filter((text) => text !== false);
  return (
    <>
      {head !== null && !done && (
        <p className="hint">
          {t('backup.madeAt', { date: format.dateTime(head.created), version: head.app, count: head.photos })}
        </p>
      )}
      <ul className="restore-list">
        {counted.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {contradictions > 0 && (
        <>
          <p>{t('backup.conflicts', { count: contradictions })}</p>
          <Conflicts conflicts={conflicts} total={contradictions} />
        </>
      )}
      {problems.length > 0 && (
        <ul className="restore-list settings__warning" aria-label={t('backup.problems')}>
          {problems.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Photos that the backup says it has, and which did not come to light. */
function missingPhotos({ head, photos }: RestoreReport): number {
  return Math.max(0, (head?.photos ?? 0) - photos.fresh - photos.known);
}

function Conflicts({
  conflicts,
  total,
}: {
  readonly conflicts: readonly DecisionConflict[];
  readonly total: number;
}) {
  const { t, i18n } = useTranslation();
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  const said = ({ label, verdict }: DecisionConflict['here']) =>
    t(verdict === 'accepted' ? 'backup.yes' : 'backup.no', { label: label[language] });
  return (
    <details className="hint">
      <summary>{t('backup.showConflicts')}</summary>
      <table className="conflicts">
        <thead>
          <tr>
            <th scope="col">{t('backup.photo')}</th>
            <th scope="col">{t('backup.here')}</th>
            <th scope="col">{t('backup.inBackup')}</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map(({ photo, here, backup, kept }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
            <tr key={n}>
              <th scope="row">
                <bdi>{photo}</bdi>
              </th>
              <td className={kept === 'here' ? 'conflicts__kept' : ''}>
                {said(here)} {kept === 'here' && t('backup.holds')}
              </td>
              <td className={kept === 'backup' ? 'conflicts__kept' : ''}>
                {said(backup)} {kept === 'backup' && t('backup.holds')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > conflicts.length && <p>{t('backup.moreConflicts', { count: total - conflicts.length })}</p>}
    </details>
  );
}
