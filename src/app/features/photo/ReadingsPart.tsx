import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { LabelReading } from '../../../protocol/label-sets.ts';
import { useEnginePart, useLabels, useLibrary } from '../../engine/hooks.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { formatScore } from '../../i18n/format.ts';

/** The same logits of each taught set read twice: as labels that compete, and as labels that do not. */
export default function ReadingsPart({ photo }: { readonly photo: PhotoId }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const content = useEnginePart((state) => state.status.contentRevision);
  const readings = useAnswer(() => library.labelReadings(photo), `${photo} ${content}`);
  if (readings === null || readings.length === 0) return null;
  return (
    <section className="photo-part" aria-labelledby="photo-readings">
      <h2 className="photo-part__title" id="photo-readings">
        {t('labels.readings')}
      </h2>
      {readings.map((reading) => (
        <details key={`${reading.set} ${reading.name}`} className="readings">
          <summary>
            <bdi className="foreign-text">{reading.name}</bdi>
            {reading.refused !== null && (
              <span className="hint readings__refused">
                {t(reading.refused === 'far' ? 'labels.refusedFar' : 'labels.refusedUnsure')}
              </span>
            )}
          </summary>
          <p className="hint">{t(reading.sum > 1.5 ? 'labels.readingsSeveral' : 'labels.readingsOne')}</p>
          <Readings reading={reading} />
        </details>
      ))}
    </section>
  );
}

function Readings({ reading: { name, labels, softmax, sigmoid } }: { readonly reading: LabelReading }) {
  const { t } = useTranslation();
  const table = useLabels();
  return (
    <table className="readings__table">
      <caption className="visually-hidden">{name}</caption>
      <thead>
        <tr>
          <th scope="col">{t('labels.label')}</th>
          <th scope="col">Softmax</th>
          <th scope="col">Sigmoid</th>
        </tr>
      </thead>
      <tbody>
        {labels.map((number, n) => {
          const label = table.get(number);
          return (
            <tr key={number}>
              <th scope="row" className="foreign-text">
                {label === undefined ? '' : table.name(label, label.set)}
              </th>
              <Share value={softmax[n]!} />
              <Share value={sigmoid[n]!} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Share({ value }: { readonly value: number }) {
  return (
    <td className="readings__share numeric">
      <span className="readings__bar" style={{ '--progress-share': value }} aria-hidden="true" />
      {formatScore(value)}
    </td>
  );
}
