import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StorageStatus } from '../../../protocol/library.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { PreviewSettings } from './PreviewSettings.tsx';

export function StorageSettings() {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const [storage, setStorage] = useState<StorageStatus | null>(null);
  const [refused, setRefused] = useState(false);

  const load = useCallback(async () => {
    try {
      setStorage(await library.storage());
    } catch (error) {
      ignoreWorkerDied(error);
    }
  }, [library]);
  useEffect(() => void load(), [load]);

  const ask = async () => {
    // In the page, not in the worker: only here may the browser ask the person.
    setRefused(!(await navigator.storage.persist()));
    await load();
  };
  if (storage === null) return <p aria-busy="true">…</p>;
  const words = { used: format.bytes(storage.used), quota: format.bytes(storage.quota) };
  return (
    <>
      {storage.quota > 0 ? (
        <>
          <ProgressBar
            label={t('settings.usedBar')}
            value={storage.used / storage.quota}
            valueText={t('settings.used', words)}
          />
          <p className="numeric">{t('settings.used', words)}</p>
        </>
      ) : (
        <p>{t('settings.storageUnknown')}</p>
      )}
      <SpaceByKind storage={storage} />
      <PreviewSettings onEvicted={load} />
      <p className="hint">{t(storage.persisted ? 'settings.persisted' : 'settings.notPersisted')}</p>
      {!storage.persisted && (
        <Button icon="shield" onPress={() => void ask()}>
          {t('settings.askPersist')}
        </Button>
      )}
      <p className="hint" role="status">
        {refused && !storage.persisted && t('settings.persistRefused')}
      </p>
    </>
  );
}

/** What takes how much; the figures are estimates, so the rest is never below nothing. */
function SpaceByKind({ storage: { used, kinds } }: { readonly storage: StorageStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = [...kinds].filter(([, bytes]) => bytes > 0).sort(([, a], [, b]) => b - a);
  const rest = used - known.reduce((sum, [, bytes]) => sum + bytes, 0);
  return (
    <table className="timings">
      <caption className="visually-hidden">{t('settings.kinds')}</caption>
      <tbody>
        {known.map(([kind, bytes]) => (
          <tr key={kind}>
            <th scope="row">{t(`settings.kind.${kind}`)}</th>
            <td className="numeric">{format.bytes(Math.round(bytes))}</td>
          </tr>
        ))}
        {rest > 0 && (
          <tr>
            <th scope="row">{t('settings.kind.app')}</th>
            <td className="numeric">{format.bytes(rest)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
