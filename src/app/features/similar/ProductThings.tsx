import { useTranslation } from 'react-i18next';
import type { NameAnswer, ProductHit } from '../../../core/library/match-result.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import { navigate } from '../../engine/fragment.ts';
import { useCell, useThumbnail } from '../../engine/hooks.ts';
import { formatLikeness } from '../../i18n/format.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { HitSelection } from './HitList.tsx';

/** Photos of a thing that are shown beside its best one. */
const shownPhotos = 4;

/** Things with their scores, best first. */
export function ThingList({
  hits,
  label,
  selection,
  dimmed = false,
}: {
  readonly hits: readonly ProductHit[];
  readonly label: string;
  readonly selection: HitSelection;
  readonly dimmed?: boolean;
}) {
  return (
    <ul className={`things ${dimmed ? 'things--dimmed' : ''}`} aria-label={label}>
      {hits.map((hit) => (
        <Thing key={`${hit.ids[0]} ${hit.name}`} hit={hit} selection={selection} />
      ))}
    </ul>
  );
}

/** What the thing is called, and why. */
export function Named({ answer }: { readonly answer: NameAnswer }) {
  const { t } = useTranslation();
  if (answer.kind === 'unknown') return <p className="named hint">{t('match.unknown')}</p>;
  const { name, votes, of, best, columns } = answer;
  return (
    <div className="named">
      <p className="named__name">{t('match.named', { name })}</p>
      <p className="hint">{t('match.support', { votes, of, score: formatLikeness(best) })}</p>
      {columns.length > 0 && (
        <dl className="named__columns">
          {columns.map(([heading, value]) => (
            <div key={heading}>
              <dt>
                <bdi>{heading}</bdi>
              </dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function Thing({
  hit: { ids, score, content, colour, name },
  selection,
}: {
  readonly hit: ProductHit;
  readonly selection: HitSelection;
}) {
  const { t } = useTranslation();
  const nameOfFirst = useCell(ids[0]!)?.name ?? '';
  const isSelected = ids.every((id) => selection.ids.has(id));
  const select = (wanted: boolean) => {
    for (const id of ids) if (selection.ids.has(id) !== wanted) selection.toggle(id);
  };
  const parts = [
    t('match.part', { name: t('match.content'), score: Math.round(100 * content) }),
    ...(colour === null
      ? []
      : [t('match.part', { name: t('match.colours'), score: Math.round(100 * colour) })]),
  ].join(' · ');
  return (
    <li>
      <div className="thing__photos">
        {ids.slice(0, shownPhotos).map((id) => (
          <ThingPhoto key={id} id={id} parts={parts} />
        ))}
      </div>
      <p className="thing__words">
        <span className="visually-hidden">{t('similar.score')}</span>{' '}
        <span className="thing__score numeric">{formatLikeness(score)}</span>{' '}
        {name !== null && <bdi className="foreign-text">{name}</bdi>}{' '}
        {ids.length > 1 && <span className="thing__count">{t('match.photos', { count: ids.length })}</span>}
      </p>
      <Checkbox checked={isSelected} onChange={select}>
        {t('ask.select')} <span className="visually-hidden">{name ?? nameOfFirst}</span>
      </Checkbox>
    </li>
  );
}

function ThingPhoto({ id, parts }: { readonly id: PhotoId; readonly parts: string }) {
  const { t } = useTranslation();
  const url = useThumbnail(id);
  const name = useCell(id)?.name ?? '';
  return (
    <button
      type="button"
      className="thing__photo"
      title={`${name}\n${parts}`}
      aria-label={t('match.open', { name })}
      aria-description={parts}
      onClick={() => navigate({ photo: id })}
    >
      {url === null ? <Icon name="photo" size={24} /> : <img src={url} alt="" draggable={false} />}
    </button>
  );
}
