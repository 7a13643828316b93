import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { modelKeyText } from '../../../core/library/photo.ts';
import type { PhotoDetail } from '../../../core/library/photo-cell.ts';
import { useEngine } from '../../engine/hooks.ts';
import { formatPictureType, useFormat } from '../../i18n/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { showToast } from '../../ui/toasts.ts';
import { cameraName, coordinates, exposureParts } from './exif-text.ts';
import { ItemName } from './ItemName.tsx';

const sourceTexts = {
  handle: 'photo.sourceHandle',
  stored: 'photo.sourceStored',
  absent: 'photo.sourceAbsent',
} as const;

/** What the file and the camera say about the photo. All of it is data: plain text, isolated from the text around it. */
export function Details({ photo }: { readonly photo: PhotoDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status } = useEngine();
  const { exif } = photo;
  const camera = exif === null ? null : cameraName(exif);
  const exposure =
    exif === null
      ? []
      : exposureParts(exif, {
          seconds: (time) => t('photo.seconds', { time }),
          millimetres: (length) => t('photo.millimetres', { length }),
        });
  const megapixels = (photo.width * photo.height) / 1e6;
  const model =
    photo.model === null
      ? null
      : status.model.state === 'ready' && modelKeyText(status.model.model) === modelKeyText(photo.model)
        ? `${format.language === 'zh-CN' ? status.model.name.zh : status.model.name.en} ${photo.model.version}`
        : `${photo.model.id} ${photo.model.version}`;
  const rows: readonly (readonly [string, ReactNode] | null)[] = [
    exif?.capturedAt != null
      ? [t('photo.captured'), format.dateTime(exif.capturedAt, 'wall-clock')]
      : [t('photo.modified'), format.dateTime(photo.modifiedAt)],
    camera === null ? null : [t('photo.camera'), <bdi key="camera">{camera}</bdi>],
    exif?.lens ? [t('photo.lens'), <bdi key="lens">{exif.lens}</bdi>] : null,
    exposure.length === 0 ? null : [t('photo.exposure'), exposure.join('  ·  ')],
    photo.width === 0
      ? null
      : [
          t('photo.dimensions'),
          t('photo.pixels', {
            width: photo.width,
            height: photo.height,
            megapixels: format.number(megapixels, megapixels < 0.1 ? 3 : megapixels < 10 ? 1 : 0),
          }),
        ],
    [
      t('photo.size'),
      <span key="size">
        {format.bytes(photo.size)}
        {photo.type !== '' && (
          <>
            {'  ·  '}
            <bdi>{formatPictureType(photo.type)}</bdi>
          </>
        )}
      </span>,
    ],
    [t('photo.item'), <ItemName key={`item ${photo.id}`} photo={photo} />],
    photo.path === null
      ? [t('photo.name'), <bdi key="name">{photo.name}</bdi>]
      : [t('photo.path'), <bdi key="path">{photo.path}</bdi>],
    exif?.gps ? [t('photo.location'), <Location key="location" gps={exif.gps} />] : null,
    [t('photo.imported'), format.dateTime(photo.importedAt)],
    [t('photo.source'), t(sourceTexts[photo.source])],
    model === null ? null : [t('photo.scoredBy'), <bdi key="model">{model}</bdi>],
  ];
  return (
    <section className="photo-part" aria-labelledby="photo-details">
      <h2 className="photo-part__title" id="photo-details">
        {t('photo.details')}
      </h2>
      <dl className="photo-details">
        {rows
          .filter((row) => row !== null)
          .map(([term, value]) => (
            <Fragment key={term}>
              <dt>{term}</dt>
              <dd className="foreign-text">{value}</dd>
            </Fragment>
          ))}
      </dl>
    </section>
  );
}

function Location({ gps }: { readonly gps: NonNullable<NonNullable<PhotoDetail['exif']>['gps']> }) {
  const { t } = useTranslation();
  const text = coordinates(gps);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => showToast({ text: t('photo.copied') }),
      () => showToast({ text: t('photo.copyFailed'), tone: 'danger' }),
    );
  return (
    <span className="photo-location">
      <span>
        <span className="numeric">{text}</span>
        {gps.altitude !== null && (
          <span className="hint"> · {t('photo.altitude', { metres: Math.round(gps.altitude) })}</span>
        )}
      </span>
      <IconButton size="small" icon="clipboard" label={t('photo.copyLocation')} onPress={() => void copy()} />
    </span>
  );
}
