import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportTimings } from '../../../protocol/library.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';
import { useFormat } from '../../i18n/format.ts';

const stages = ['read', 'hash', 'header', 'decode', 'thumbnail', 'preprocess', 'inference'] as const;

/** Where the time of the imports since the start went; nothing before the first one. */
export function Timings() {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const [timings, setTimings] = useState<ImportTimings | null>(null);
  useEffect(() => {
    library.importTimings().then(setTimings, (error: unknown) => {
      if (!(error instanceof WorkerDied)) throw error;
    });
  }, [library]);
  if (timings === null || timings.photos === 0) return null;
  const { photos, elapsed, write } = timings;
  const perPhoto = (milliseconds: number) => format.number(milliseconds / photos, 1);
  const rate = elapsed > 0 ? photos / (elapsed / 1000) : 0;
  return (
    <details className="settings__part settings__timings">
      <summary className="settings__title">{t('settings.timings')}</summary>
      <p>{t('settings.timingsRate', { count: photos, rate: format.number(rate, rate < 10 ? 1 : 0) })}</p>
      <table className="timings">
        <caption className="settings__small">{t('settings.timingsCaption')}</caption>
        <tbody>
          {stages.map((stage) => (
            <tr key={stage}>
              <th scope="row">{t(`settings.stage.${stage}`)}</th>
              <td className="numeric">{perPhoto(timings.stages[stage])}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('settings.stage.write')}</th>
            <td className="numeric">{perPhoto(write)}</td>
          </tr>
        </tbody>
      </table>
    </details>
  );
}
