import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { allowFileAccess } from '../../engine/file-access.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { showToast } from '../../ui/toasts.ts';
import '../settings/screens.css';

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
    <div className="update-banner" role="status">
      <span>{t('folders.waiting', { count: waiting })}</span>
      <Button size="small" onPress={() => void allow()}>
        {t('folders.allowAccess')}
      </Button>
      <IconButton icon="close" label={t('ui.dismiss')} onPress={() => setDismissed(true)} />
    </div>
  );
}
