import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngineHandle } from '../../engine/hooks.ts';
import { findStoredData, type StoredData } from '../../engine/stored-data.ts';
import { TypedConfirm } from './TypedConfirm.tsx';

/** What is stored where, counted; and the way to be rid of all of it. */
export function PrivacySettings() {
  const { t } = useTranslation();
  const engine = useEngineHandle();
  const [stored, setStored] = useState<StoredData | null>(null);
  const [problem, setProblem] = useState('');

  useEffect(() => {
    findStoredData().then(setStored, (error: unknown) => setProblem(String(error)));
  }, []);
  return (
    <>
      <p>{t('settings.privacy')}</p>
      {stored !== null && <StoredList stored={stored} />}
      {problem !== '' && <p className="hint foreign-text">{problem}</p>}
      <TypedConfirm
        action={t('settings.erase')}
        title={t('settings.eraseTitle')}
        text={t('settings.eraseText')}
        onConfirm={() => void engine.erase()}
      />
    </>
  );
}

function StoredList({ stored }: { readonly stored: StoredData }) {
  const { t } = useTranslation();
  const files = stored.caches.reduce((sum, { files: count }) => sum + count, 0);
  return (
    <ul className="hint">
      <li>{t('settings.storedDatabase', { names: stored.databases.join(', ') })}</li>
      <li>{t('settings.storedCaches', { count: files })}</li>
      <li>{t('settings.storedKeys', { count: stored.keys.length })}</li>
      <li>{t('settings.storedWorkers', { count: stored.serviceWorkers })}</li>
    </ul>
  );
}
