import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../engine/hooks.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { useFormat } from '../../i18n/format.ts';

const stages = [
  'read',
  'hash',
  'header',
  'decode',
  'thumbnail',
  'signature',
  'preprocess',
  'inference',
] as const;

/** Where the time of the imports since the start went; nothing before the first one. */
export function Timings() {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const id = useId();
  const timings = useAnswer(() => library.importTimings(), null);
  if (timings === null || timings.photos === 0) return null;
  const { photos, elapsed, write } = timings;
  const rows = [
    ...stages.map((stage) => [stage, timings.stages[stage] / photos] as const),
    ['write', write / photos] as const,
    ['photosPerSecond', elapsed > 0 ? photos / (elapsed / 1000) : 0] as const,
  ];
  return (
    <section className="settings__part">
      <h3 className="settings__title" id={id}>
        {t('settings.timings')}
      </h3>
      <p className="hint">{t('settings.timingsHint', { count: photos })}</p>
      <table className="timings" aria-labelledby={id}>
        <tbody>
          {rows.map(([stage, value]) => (
            // The figures as they are, for the import bench.
            <tr key={stage} data-stage={stage} data-value={value.toFixed(3)}>
              <th scope="row">{t(`settings.stage.${stage}`)}</th>
              <td className="numeric">{format.number(value, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
