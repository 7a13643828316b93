import { useTranslation } from 'react-i18next';
import type { SimilarHit } from '../../../core/library/photo-query.ts';
import { navigate } from '../../engine/fragment.ts';
import { useCell, useThumbnail } from '../../engine/hooks.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { formatLikeness, useFormat } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { type LiveMatches, rateOf } from './live-matches.ts';

/** The best matches of what the camera sees. They change all the time, so nothing speaks them unasked. */
export function LiveHits({
  matches,
  isFiltered,
}: {
  readonly matches: LiveMatches;
  /** Filters are in force. */
  readonly isFiltered: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const failureText = useFailureText();
  const { hits, cutOff, failure } = matches;
  const rate = rateOf(matches);
  return (
    <>
      <ul className="camera__hits" aria-label={t('camera.matches')}>
        {hits.map((hit) => (
          <LiveHit key={hit.id} hit={hit} isFar={hit.score < cutOff} />
        ))}
      </ul>
      {failure !== null && (
        <p className="camera__failure" role="alert">
          <strong>{t('similar.failed')}</strong> {failureText(failure)}
        </p>
      )}
      {isFiltered && <p className="camera__rate">{t('similar.filtered')}</p>}
      <p className="camera__rate numeric" hidden={failure !== null}>
        {rate === 0 ? t('camera.starting') : t('camera.rate', { rate: format.number(rate, 1) })}
      </p>
    </>
  );
}

function LiveHit({ hit, isFar }: { readonly hit: SimilarHit; readonly isFar: boolean }) {
  const { t } = useTranslation();
  const cell = useCell(hit.id);
  const url = useThumbnail(hit.id);
  return (
    <li>
      <button
        type="button"
        className={`camera__hit ${isFar ? 'camera__hit--far' : ''}`}
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
