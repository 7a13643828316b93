import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { emptyFragment, navigate } from '../../engine/fragment.ts';
import { useEngine, useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { showToast } from '../../ui/toasts.ts';

/** Removing the whole library: asked for in so many words. */
export function EverythingSettings() {
  const { t } = useTranslation();
  const library = useLibrary();
  const { counts } = useEngine().status;
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const word = t('settings.everythingWord');
  const confirmed = typed.trim().toLowerCase() === word.toLowerCase();

  const remove = async () => {
    setAsking(false);
    await library.removeEverything();
    navigate(emptyFragment, 'replace');
    showToast({ text: t('settings.everythingDone') });
  };
  return (
    <>
      <p className="settings__small">{t('settings.everythingHint')}</p>
      <Button
        icon="trash"
        onPress={() => {
          setTyped('');
          setAsking(true);
        }}
      >
        {t('settings.removeEverything')}
      </Button>
      <Dialog
        title={t('settings.everythingTitle')}
        isOpen={asking}
        onClose={() => setAsking(false)}
        size="small"
        role="alertdialog"
        footer={
          <>
            <Button onPress={() => setAsking(false)}>{t('settings.cancel')}</Button>
            <Button variant="danger" isDisabled={!confirmed} onPress={() => void remove()}>
              {t('settings.removeEverything')}
            </Button>
          </>
        }
      >
        <div className="settings__confirm">
          <p>{t('settings.everythingText', { count: counts.present + counts.failed + counts.removed })}</p>
          <TextField label={t('settings.everythingType', { word })} value={typed} onChange={setTyped} />
        </div>
      </Dialog>
    </>
  );
}
