import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SimilarHit } from '../../../core/library/photo-query.ts';
import { navigate } from '../../engine/fragment.ts';
import { useCell, useThumbnail } from '../../engine/hooks.ts';
import { formatScore } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { moveInFlow } from './moves.ts';

const fallbackAspect = 4 / 3;

/** Photos with their scores, best first, in rows; the arrow keys move, Enter opens. */
export function HitList({
  hits,
  label,
  dimmed = false,
}: {
  readonly hits: readonly SimilarHit[];
  readonly label: string;
  readonly dimmed?: boolean;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState(0);
  const stop = Math.min(active, hits.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll<HTMLButtonElement>('.hit') ?? [])];
    const to = moveInFlow(
      event.key,
      items.indexOf(event.target as HTMLButtonElement),
      items.map((item) => {
        const { left, top, width } = item.getBoundingClientRect();
        return { left, top: Math.round(top), width };
      }),
    );
    if (to === null) return;
    event.preventDefault();
    setActive(to);
    items[to]?.focus();
    items[to]?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <ul
      ref={list}
      className={`hits ${dimmed ? 'hits--dimmed' : ''}`}
      aria-label={label}
      onKeyDown={onKeyDown}
    >
      {hits.map((hit, index) => (
        <Hit key={hit.id} hit={hit} stop={index === stop} onFocus={() => setActive(index)} />
      ))}
    </ul>
  );
}

function Hit({
  hit,
  stop,
  onFocus,
}: {
  readonly hit: SimilarHit;
  readonly stop: boolean;
  readonly onFocus: () => void;
}) {
  const { t } = useTranslation();
  const cell = useCell(hit.id);
  const thumbnail = useThumbnail(hit.id);
  const aspect = cell !== null && cell.width > 0 ? cell.width / cell.height : fallbackAspect;
  // Very long pictures are cropped rather than pushing the others out of the row.
  const shown = Math.min(2.4, Math.max(0.5, aspect));
  const score = formatScore(Math.max(0, hit.score));
  return (
    <li
      className="hits__item"
      style={{ flexGrow: shown, flexBasis: `calc(var(--hit-row) * ${shown})`, aspectRatio: shown }}
    >
      <button
        type="button"
        className="hit"
        tabIndex={stop ? 0 : -1}
        title={cell?.name}
        onFocus={onFocus}
        onClick={() => navigate({ photo: hit.id })}
      >
        {thumbnail === null ? (
          <Icon name="photo" size={24} />
        ) : (
          <img className="hit__picture" src={thumbnail} alt="" draggable={false} />
        )}
        <bdi className="visually-hidden">{cell?.name}</bdi>{' '}
        <span className="visually-hidden">{t('similar.score')}</span>{' '}
        <span className="hit__score numeric">{score}</span>
      </button>
    </li>
  );
}
