import { useTranslation } from 'react-i18next';
import type { SimilarHit } from '../../../core/library/photo-query.ts';
import { navigate } from '../../engine/fragment.ts';
import { useCell, useThumbnail } from '../../engine/hooks.ts';
import { formatLikeness, useFormat } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { LiveMatches } from './use-live-matches.ts';

/** The best matches of what the camera sees. They change all the time, so nothing speaks them unasked. */
export function LiveHits({ hits, rate }: LiveMatches) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <ul className="camera__hits" aria-label={t('camera.matches')}>
        {hits.map((hit) => (
          <LiveHit key={hit.id} hit={hit} />
        ))}
      </ul>
      <p className="camera__rate numeric">
        {rate === 0 ? t('camera.starting') : t('camera.rate', { rate: format.number(rate, 1) })}
      </p>
    </>
  );
}

function LiveHit({ hit }: { readonly hit: SimilarHit }) {
  const { t } = useTranslation();
  const cell = useCell(hit.id);
  const url = useThumbnail(hit.id);
  return (
    <li>
      <button
        type="button"
        className="camera__hit"
        title={cell?.name}
        onClick={() => navigate({ photo: hit.id, panel: null }, 'replace')}
      >
        {url === null ? <Icon name="photo" /> : <img src={url} alt="" />}
        <bdi className="visually-hidden">{cell?.name}</bdi>{' '}
        <span className="visually-hidden">{t('similar.score')}</span>{' '}
        <span className="camera__score numeric">{formatLikeness(hit.score)}</span>
      </button>
    </li>
  );
}
