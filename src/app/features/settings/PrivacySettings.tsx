import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngineHandle } from '../../engine/hooks.ts';
import { findStoredData, type StoredData } from '../../engine/stored-data.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** What is stored where, counted; and the way to be rid of all of it. */
export function PrivacySettings() {
  const { t } = useTranslation();
  const engine = useEngineHandle();
  const [stored, setStored] = useState<StoredData | null>(null);
  const [problem, setProblem] = useState('');
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const word = t('settings.everythingWord');
  const confirmed = typed.trim().toLowerCase() === word.toLowerCase();

  useEffect(() => {
    findStoredData().then(setStored, (error: unknown) => setProblem(String(error)));
  }, []);
  return (
    <>
      <p>{t('settings.privacy')}</p>
      {stored !== null && <StoredList stored={stored} />}
      {problem !== '' && <p className="settings__small foreign-text">{problem}</p>}
      <Button
        icon="trash"
        onPress={() => {
          setTyped('');
          setAsking(true);
        }}
      >
        {t('settings.erase')}
      </Button>
      <Dialog
        title={t('settings.eraseTitle')}
        isOpen={asking}
        onClose={() => setAsking(false)}
        size="small"
        role="alertdialog"
        footer={
          <>
            <Button onPress={() => setAsking(false)}>{t('settings.cancel')}</Button>
            <Button variant="danger" isDisabled={!confirmed} onPress={() => void engine.erase()}>
              {t('settings.erase')}
            </Button>
          </>
        }
      >
        <div className="settings__confirm">
          <p>{t('settings.eraseText')}</p>
          <TextField label={t('settings.everythingType', { word })} value={typed} onChange={setTyped} />
        </div>
      </Dialog>
    </>
  );
}

function StoredList({ stored }: { readonly stored: StoredData }) {
  const { t } = useTranslation();
  const files = stored.caches.reduce((sum, { files: count }) => sum + count, 0);
  return (
    <ul className="settings__small">
      <li>{t('settings.storedDatabase', { names: stored.databases.join(', ') })}</li>
      <li>{t('settings.storedCaches', { count: files })}</li>
      <li>{t('settings.storedKeys', { count: stored.keys.length })}</li>
      <li>{t('settings.storedWorkers', { count: stored.serviceWorkers })}</li>
    </ul>
  );
}
