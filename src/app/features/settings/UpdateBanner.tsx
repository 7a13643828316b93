import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { applyUpdate, offlineSnapshot, subscribeOffline } from '../../engine/pwa.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import './screens.css';

/** Offers a new version of the app; it runs when the person says so, never in the middle of their work. */
export function UpdateBanner() {
  const { t } = useTranslation();
  const { updateAvailable } = useSyncExternalStore(subscribeOffline, offlineSnapshot);
  const [dismissed, setDismissed] = useState(false);
  if (!updateAvailable || dismissed) return null;
  return (
    <div className="update-banner" role="status">
      <span>{t('settings.updateReady')}</span>
      <Button size="small" onPress={applyUpdate}>
        {t('settings.updateNow')}
      </Button>
      <IconButton icon="close" label={t('ui.dismiss')} onPress={() => setDismissed(true)} />
    </div>
  );
}
