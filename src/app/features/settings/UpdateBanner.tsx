import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { applyUpdate, offlineSnapshot, subscribeOffline } from '../../engine/pwa.ts';
import { Banner } from '../../ui/Banner.tsx';

/** Offers a new version of the app; it runs when the person says so, never in the middle of their work. */
export function UpdateBanner() {
  const { t } = useTranslation();
  const { updateAvailable } = useSyncExternalStore(subscribeOffline, offlineSnapshot);
  const [dismissed, setDismissed] = useState(false);
  if (!updateAvailable || dismissed) return null;
  return (
    <Banner action={t('engine.updateNow')} onAction={applyUpdate} onDismiss={() => setDismissed(true)}>
      {t('engine.updateReady')}
    </Banner>
  );
}
