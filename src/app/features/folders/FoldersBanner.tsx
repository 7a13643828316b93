import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { allowFileAccess } from '../../engine/file-access.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { Banner } from '../../ui/Banner.tsx';
import { showToast } from '../../ui/toasts.ts';

/** After a restart the browser may ask again before folders are read: one button for all of them. */
export function FoldersBanner() {
  const { t } = useTranslation();
  const library = useLibrary();
  const waiting = useEnginePart(({ phase, status }) => (phase === 'open' ? status.folders.waiting : 0));
  // The panel of an import that waits for the same permission has the same button.
  const isAsked = useEnginePart(({ status }) => status.import.state === 'waiting-permission');
  const [dismissed, setDismissed] = useState(false);
  if (waiting === 0 || isAsked || dismissed) return null;
  const allow = async () => {
    if (!(await allowFileAccess(library))) showToast({ text: t('folders.accessDenied'), tone: 'danger' });
  };
  return (
    <Banner
      action={t('folders.allowAccess')}
      onAction={() => void allow()}
      onDismiss={() => setDismissed(true)}
    >
      {t('folders.waiting', { count: waiting })}
    </Banner>
  );
}
