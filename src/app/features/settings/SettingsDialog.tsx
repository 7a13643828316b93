import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { leave, useFragment } from '../../engine/fragment.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { About } from './About.tsx';
import { AppearanceSettings } from './AppearanceSettings.tsx';
import { BackupSettings } from './BackupSettings.tsx';
import { EverythingSettings } from './EverythingSettings.tsx';
import { ExportSettings } from './ExportSettings.tsx';
import { FolderSettings } from './FolderSettings.tsx';
import { IndexSettings } from './IndexSettings.tsx';
import { ModelSettings } from './ModelSettings.tsx';
import { OfflineSettings } from './OfflineSettings.tsx';
import { PhotoSettings } from './PhotoSettings.tsx';
import { PrivacySettings } from './PrivacySettings.tsx';
import { RemovedSettings } from './RemovedSettings.tsx';
import { StorageSettings } from './StorageSettings.tsx';
import { Timings } from './Timings.tsx';
import './settings.css';

/** Everything that can be set, and how things stand. */
export default function SettingsDialog() {
  const { t } = useTranslation();
  const { panel } = useFragment();
  return (
    <Dialog
      title={t('settings.title')}
      isOpen={panel === 'settings'}
      onClose={() => leave({ panel: null })}
      placement="end"
      size="medium"
    >
      <div className="settings">
        <AppearanceSettings />
        <Part title={t('settings.model')}>
          <ModelSettings />
        </Part>
        <Part title={t('settings.photos')}>
          <PhotoSettings />
        </Part>
        <Part title={t('folders.title')}>
          <FolderSettings />
        </Part>
        <Part title={t('settings.storage')}>
          <StorageSettings />
        </Part>
        <Part title={t('backup.title')}>
          <BackupSettings />
        </Part>
        <Part title={t('settings.index')}>
          <IndexSettings />
        </Part>
        <Part title={t('settings.export')}>
          <ExportSettings />
        </Part>
        <Part title={t('settings.offline')}>
          <OfflineSettings />
        </Part>
        <Part title={t('settings.removed')}>
          <RemovedSettings />
        </Part>
        <Timings />
        <Part title={t('settings.everything')}>
          <EverythingSettings />
        </Part>
        <Part title={t('settings.privacyTitle')}>
          <PrivacySettings />
        </Part>
        <Part title={t('settings.about')}>
          <About />
        </Part>
      </div>
    </Dialog>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="settings__part" aria-labelledby={id}>
      <h3 className="settings__title" id={id}>
        {title}
      </h3>
      {children}
    </section>
  );
}
