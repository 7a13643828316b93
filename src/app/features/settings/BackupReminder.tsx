import { useTranslation } from 'react-i18next';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import './screens.css';

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
  const fragment = useFragment();
  return (
    <section className="update-banner" aria-label={t('backup.reminder')}>
      <span>
        {t('backup.reminderText')}{' '}
        {lastAt === null ? t('backup.none') : t('backup.lastShort', { date: format.date(lastAt) })}
      </span>
      <Button size="small" onPress={() => navigate({ ...fragment, panel: 'settings' })}>
        {t('backup.reminderButton')}
      </Button>
      <IconButton icon="close" label={t('ui.dismiss')} onPress={onDismiss} />
    </section>
  );
}
