import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine, useLibrary } from '../../engine/hooks.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { FileButton } from '../../ui/FileInput.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { BackupOutcome } from './BackupOutcome.tsx';
import { backupPhase, checkBackup, isBusy, startBackup, subscribeBackup } from './backup-job.ts';
import { RestoreDialog } from './RestoreDialog.tsx';

/** The library as a file: saved, looked through, taken in. */
export function BackupSettings() {
  const { t } = useTranslation();
  const library = useLibrary();
  const { counts } = useEngine().status;
  const phase = useSyncExternalStore(subscribeBackup, backupPhase);
  const [originals, setOriginals] = useState(false);
  const busy = isBusy(phase);
  const isEmpty = counts.present + counts.failed + counts.removed === 0;
  return (
    <>
      <p className="hint">{t('backup.hint')}</p>
      <LastBackup />
      <Checkbox kind="switch" checked={originals} onChange={setOriginals} disabled={busy || isEmpty}>
        {t('backup.originals')}
      </Checkbox>
      <p className="hint">{t('backup.originalsHint')}</p>
      <div className="settings__buttons">
        <Button
          icon="download"
          isDisabled={busy || isEmpty}
          onPress={() => void startBackup(library, originals)}
        >
          {t('backup.save')}
        </Button>
        <FileButton
          icon="upload"
          isDisabled={busy}
          label={t('backup.file')}
          accept=".picsift,application/octet-stream"
          onFile={(file) => void checkBackup(library, file)}
        >
          {t('backup.restore')}
        </FileButton>
      </div>
      {busy && <Progress kind={phase.kind} />}
      <BackupOutcome phase={phase} />
      <RestoreDialog phase={phase} />
    </>
  );
}

function Progress({ kind }: { readonly kind: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const { backup } = useEngine().status;
  const value = backup?.progress ?? null;
  const label =
    kind === 'saving'
      ? t('backup.saving')
      : kind === 'checking'
        ? t('backup.checking')
        : t('backup.restoring');
  return (
    <>
      <p>
        {label} {value !== null && <span className="numeric">{format.percent(value)}</span>}
      </p>
      <ProgressBar label={label} value={value} />
      <Button onPress={() => void library.cancelBackup()}>{t('ui.cancel')}</Button>
    </>
  );
}

function LastBackup() {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const { kind } = useSyncExternalStore(subscribeBackup, backupPhase);
  const state = useAnswer(() => library.backupState(), kind);
  if (state === null) return null;
  const { last, due } = state;
  return (
    <p className={due ? 'settings__warning' : undefined}>
      {last === null
        ? t('backup.none')
        : t('backup.last', { date: format.date(last.at), count: last.photos })}{' '}
      {due && t('backup.due')}
    </p>
  );
}
