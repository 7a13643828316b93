import { useTranslation } from 'react-i18next';
import { navigate } from '../../engine/fragment.ts';
import { useFormat } from '../../i18n/format.ts';
import { Banner } from '../../ui/Banner.tsx';

/** The library may be cleared by the browser, and the last backup is old. */
export default function BackupReminder({
  lastAt,
  onDismiss,
}: {
  /** Null: there is none. */
  readonly lastAt: number | null;
  readonly onDismiss: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Banner
      label={t('backup.reminder')}
      action={t('backup.reminderButton')}
      onAction={() => navigate({ panel: 'settings' })}
      onDismiss={onDismiss}
    >
      {t('backup.reminderText')}{' '}
      {lastAt === null ? t('backup.none') : t('backup.lastShort', { date: format.date(lastAt) })}
    </Banner>
  );
}
