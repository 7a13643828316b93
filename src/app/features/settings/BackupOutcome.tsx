import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import type { BackupPhase } from './backup-job.ts';
import { RestoreList } from './RestoreList.tsx';

/** How the last job ended; spoken by screen readers when it does. */
export function BackupOutcome({ phase }: { readonly phase: BackupPhase }) {
  return (
    <div role="status" className="backup-outcome">
      <Words phase={phase} />
    </div>
  );
}

function Words({ phase }: { readonly phase: BackupPhase }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (phase.kind === 'broken') return <p className="settings__warning">{t(`backup.broken.${phase.job}`)}</p>;
  if (phase.kind === 'saved') {
    const { result } = phase;
    if (result.kind === 'cancelled') return null;
    if (result.kind === 'failed') {
      return (
        <>
          <p className="settings__warning">
            {t(result.reason === 'no-room' ? 'backup.noRoom' : 'backup.notWritable')}
          </p>
          <p className="hint foreign-text">{result.detail}</p>
        </>
      );
    }
    const { bytes, photos, originals, missing } = result;
    return (
      <>
        <p>{t('backup.saved', { size: format.bytes(bytes), count: photos })}</p>
        {originals > 0 && <p>{t('backup.savedOriginals', { count: originals })}</p>}
        {missing > 0 && <p className="settings__warning">{t('backup.missing', { count: missing })}</p>}
      </>
    );
  }
  if (phase.kind !== 'restored') return null;
  const { result } = phase;
  if (result.kind === 'refused') {
    return <p className="settings__warning">{t(`backup.refused.${result.reason}`)}</p>;
  }
  const { stopped } = result.report;
  return (
    <>
      <p className={stopped === null ? undefined : 'settings__warning'}>
        {stopped === null ? t('backup.restored') : t(`backup.stopped.${stopped}`)}
      </p>
      <RestoreList report={result.report} done />
    </>
  );
}
