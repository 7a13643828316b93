import { Fragment, useId } from 'react';
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
  const base = useId();
  // What people set first; how it works inside comes later.
  const parts = [
    { key: 'photos', title: t('settings.photos'), content: <PhotoSettings /> },
    { key: 'folders', title: t('folders.title'), content: <FolderSettings /> },
    { key: 'storage', title: t('settings.storage'), content: <StorageSettings /> },
    { key: 'backup', title: t('backup.title'), content: <BackupSettings /> },
    { key: 'removed', title: t('settings.removed'), content: <RemovedSettings /> },
    { key: 'export', title: t('settings.export'), content: <ExportSettings /> },
    { key: 'offline', title: t('settings.offline'), content: <OfflineSettings /> },
    { key: 'model', title: t('settings.model'), content: <ModelSettings /> },
    { key: 'index', title: t('settings.index'), content: <IndexSettings /> },
    { key: 'privacy', title: t('settings.privacyTitle'), content: <PrivacySettings /> },
    { key: 'everything', title: t('settings.everything'), content: <EverythingSettings /> },
    { key: 'about', title: t('settings.about'), content: <About /> },
  ];
  return (
    <Dialog
      title={t('settings.title')}
      isOpen={panel === 'settings'}
      onClose={() => leave({ panel: null })}
      placement="end"
      size="medium"
    >
      <div className="settings">
        <nav className="settings__jumps" aria-label={t('settings.parts')}>
          {parts.map(({ key, title }) => (
            <a
              key={key}
              className="settings__jump"
              href={`#${base}${key}`}
              onClick={(event) => {
                // The page's fragment says what is looked at, so it stays.
                event.preventDefault();
                const heading = document.getElementById(`${base}${key}`);
                heading?.scrollIntoView({ block: 'start' });
                heading?.focus({ preventScroll: true });
              }}
            >
              {title}
            </a>
          ))}
        </nav>
        <AppearanceSettings />
        {parts.map(({ key, title, content }) => (
          <Fragment key={key}>
            {key === 'privacy' && <Timings />}
            <section className="settings__part" aria-labelledby={`${base}${key}`}>
              <h3 className="settings__title" id={`${base}${key}`} tabIndex={-1}>
                {title}
              </h3>
              {content}
            </section>
          </Fragment>
        ))}
      </div>
    </Dialog>
  );
}
