import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { type BackupPhase, leaveBackup, takeBackupIn } from './backup-job.ts';
import { RestoreList } from './RestoreList.tsx';

/** The dry run: what taking the chosen backup in would change, before anything is changed. */
export function RestoreDialog({ phase }: { readonly phase: BackupPhase }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const checked = phase.kind === 'checked' ? phase : null;
  const report = checked?.result.kind === 'read' ? checked.result.report : null;
  return (
    <Dialog
      title={t(report === null ? 'backup.refusedTitle' : 'backup.askTitle')}
      isOpen={checked !== null}
      onClose={leaveBackup}
      role="alertdialog"
      footer={
        report === null ? (
          <Button autoFocus onPress={leaveBackup}>
            {t('ui.close')}
          </Button>
        ) : (
          <>
            <Button onPress={leaveBackup}>{t('ui.cancel')}</Button>
            <Button
              variant="primary"
              icon="restore"
              onPress={() => void takeBackupIn(library, checked!.file)}
            >
              {t('backup.takeIn')}
            </Button>
          </>
        )
      }
    >
      {checked?.result.kind === 'refused' && <p>{t(`backup.refused.${checked.result.reason}`)}</p>}
      {report !== null && (
        <div className="settings__confirm">
          <RestoreList report={report} done={false} />
          <p className="hint">{t('backup.nothingLost')}</p>
        </div>
      )}
    </Dialog>
  );
}
