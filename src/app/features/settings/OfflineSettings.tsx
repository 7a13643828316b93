import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { applyUpdate, install, offlineSnapshot, subscribeOffline } from '../../engine/pwa.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';

/** Whether the app works without a network, and what can be done about it. */
export function OfflineSettings() {
  const { t } = useTranslation();
  const { offline, problem, updateAvailable, canInstall } = useSyncExternalStore(
    subscribeOffline,
    offlineSnapshot,
  );
  return (
    <>
      <p className={`settings__line settings__line--${offline}`} role="status">
        <Icon name={offline === 'ready' ? 'offline' : offline === 'preparing' ? 'clock' : 'info'} size={18} />
        <span>
          {offline === 'ready'
            ? t('settings.offlineReady')
            : offline === 'preparing'
              ? t('settings.offlineGetting')
              : t('settings.offlineUnsupported')}
        </span>
      </p>
      {problem !== null && <p className="hint foreign-text">{problem}</p>}
      {canInstall && (
        <Button icon="download" onPress={() => void install()}>
          {t('settings.install')}
        </Button>
      )}
      {updateAvailable && (
        <>
          <p>{t('engine.updateReady')}</p>
          <Button variant="primary" onPress={applyUpdate}>
            {t('engine.updateNow')}
          </Button>
        </>
      )}
    </>
  );
}
