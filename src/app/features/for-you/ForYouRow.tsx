import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForYou } from '../../../core/library/for-you.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useCell, useEngine, useLabels, useLibrary, useThumbnail } from '../../engine/hooks.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { Icon } from '../../ui/Icon.tsx';
import './for-you.css';

const photos = 12;
const labels = 5;

/**
 * Photos and tags that the person may like, each with its reason, while all photos are looked at. Nothing as long as
 * little is known.
 */
export default function ForYouRow() {
  const { t } = useTranslation();
  const title = useId();
  const found = useForYou();
  const table = useLabels();
  if (found === null || found.photos.length === 0) return null;
  return (
    <section className="for-you" aria-labelledby={title}>
      <h2 className="for-you__title" id={title}>
        {t('ask.forYou')}
      </h2>
      <div className="for-you__strip">
        <ul className="for-you__photos" aria-labelledby={title}>
          {found.photos.map((one) => (
            <Recommended key={one.id} {...one} />
          ))}
        </ul>
        {found.labels.length > 0 && (
          <ul className="for-you__tags" aria-label={t('ask.forYouTags')}>
            {found.labels.map((number) => {
              const label = table.get(number);
              return (
                label !== undefined && (
                  <li key={number}>
                    <button
                      type="button"
                      className="for-you__tag"
                      title={t('ask.becauseTags')}
                      onClick={() => navigate({ allOf: [label.id] })}
                    >
                      <Icon name="tag" size={14} />
                      {table.name(label)}
                    </button>
                  </li>
                )
              );
            })}
          </ul>
        )}
      </div>
    </section>
  );
}

const nobody = 0 as PhotoId;

function Recommended({ id, because }: ForYou['photos'][number]) {
  const { t } = useTranslation();
  const labels = useLabels();
  const cell = useCell(id);
  const other = useCell(because.reason === 'label' ? nobody : because.photo);
  const url = useThumbnail(id);
  const label = because.reason === 'label' ? labels.get(because.label) : undefined;
  const why = t(reasons[because.reason], {
    name: label === undefined ? (other?.name ?? '') : labels.name(label),
  });
  return (
    <li>
      <button
        type="button"
        className="for-you__photo"
        title={`${t('ask.because')} ${why}`}
        onClick={() => navigate({ photo: id })}
      >
        <span className="for-you__picture">
          {url === null ? <Icon name="photo" /> : <img src={url} alt="" draggable={false} />}
        </span>
        <span className="visually-hidden">
          <bdi>{cell?.name}</bdi>, {t('ask.because')}{' '}
        </span>
        <span className="for-you__why foreign-text">{why}</span>
      </button>
    </li>
  );
}

const reasons = {
  favourite: 'ask.becauseLiked',
  tagged: 'ask.becauseTagged',
  opened: 'ask.becauseOpened',
  label: 'ask.becauseLabel',
} as const;

/** Asked for anew when favourites or tags are given or taken away, and when the setting or the place change. */
function useForYou(): ForYou | null {
  const library = useLibrary();
  const { settings, status, phase } = useEngine();
  const { photo } = useFragment();
  const ready = phase === 'open' && settings.recommendations && status.index.loaded && photo === null;
  const liked = `${status.counts.favourites} ${status.actions}`;
  const found = useAnswer(ready ? () => library.forYou(photos, labels) : null, liked);
  return settings.recommendations ? found : null;
}
