import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { SimilarHit } from '../../../core/library/photo-query.ts';
import { navigate } from '../../engine/fragment.ts';
import { useCell, useThumbnail } from '../../engine/hooks.ts';
import { formatLikeness } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useAddToTray } from '../../ui/use-tray.ts';
import { moveInFlow } from './moves.ts';

const fallbackAspect = 4 / 3;

export interface HitSelection {
  readonly ids: ReadonlySet<PhotoId>;
  readonly toggle: (id: PhotoId) => void;
}

/**
 * Photos with their scores, best first, in rows: the arrow keys move, Enter opens, Space selects, plus and minus put a
 * photo into the tray.
 */
export function HitList({
  hits,
  scores,
  words,
  label,
  selection,
  dimmed = false,
}: {
  readonly hits: readonly SimilarHit[];
  /** What each scores as a whole, 0..100. */
  readonly scores: ReadonlyMap<PhotoId, number>;
  /** What each score is made of. */
  readonly words: ReadonlyMap<PhotoId, string>;
  readonly label: string;
  readonly selection: HitSelection;
  readonly dimmed?: boolean;
}) {
  const list = useRef<HTMLUListElement>(null);
  const addToTray = useAddToTray();
  const [active, setActive] = useState(0);
  const stop = Math.min(active, hits.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll<HTMLButtonElement>('.hit') ?? [])];
    const at = items.indexOf(event.target as HTMLButtonElement);
    const hit = hits[at];
    if (hit !== undefined && !event.ctrlKey && !event.metaKey) {
      const done = {
        ' ': () => selection.toggle(hit.id),
        '+': () => addToTray([hit.id], 1),
        '-': () => addToTray([hit.id], -0.5),
      }[event.key];
      if (done !== undefined) {
        event.preventDefault();
        done();
        return;
      }
    }
    const to = moveInFlow(
      event.key,
      at,
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
        <Hit
          key={hit.id}
          hit={hit}
          score={scores.get(hit.id) ?? 0}
          words={words.get(hit.id)}
          stop={index === stop}
          selection={selection}
          onFocus={() => setActive(index)}
        />
      ))}
    </ul>
  );
}

function Hit({
  hit,
  score,
  words,
  stop,
  selection,
  onFocus,
}: {
  readonly hit: SimilarHit;
  readonly score: number;
  readonly words: string | undefined;
  readonly stop: boolean;
  readonly selection: HitSelection;
  readonly onFocus: () => void;
}) {
  const { t } = useTranslation();
  const addToTray = useAddToTray();
  const cell = useCell(hit.id);
  const thumbnail = useThumbnail(hit.id);
  const aspect = cell !== null && cell.width > 0 ? cell.width / cell.height : fallbackAspect;
  // Very long pictures are cropped rather than pushing the others out of the row.
  const shown = Math.min(2.4, Math.max(0.5, aspect));
  const selected = selection.ids.has(hit.id);
  const onClick = (event: MouseEvent) => {
    // While some are selected a press selects, as in the grid.
    if (event.ctrlKey || event.metaKey || event.shiftKey || (selection.ids.size > 0 && event.detail > 0))
      selection.toggle(hit.id);
    else navigate({ photo: hit.id });
  };
  return (
    <li
      className={`hits__item ${selected ? 'hits__item--selected' : ''}`}
      style={{ flexGrow: shown, flexBasis: `calc(var(--hit-row) * ${shown})`, aspectRatio: shown }}
    >
      <button
        type="button"
        className="hit"
        tabIndex={stop ? 0 : -1}
        title={cell?.name}
        aria-keyshortcuts="Space + -"
        aria-description={words}
        data-parts={words}
        onFocus={onFocus}
        onClick={onClick}
      >
        {thumbnail === null ? (
          <Icon name="photo" size={24} />
        ) : (
          <img className="hit__picture" src={thumbnail} alt="" draggable={false} />
        )}
        <bdi className="visually-hidden">{cell?.name}</bdi>{' '}
        <span className="visually-hidden">{t('similar.score')}</span>{' '}
        <span className="hit__score numeric">{formatLikeness(score / 100)}</span>
        {selected && <span className="visually-hidden"> {t('ask.selected')}</span>}
      </button>
      {/* For the pointer; the keyboard has keys for the same on the photo. */}
      <span className="hit__tools">
        <Tool icon="check" label={t('ask.select')} onClick={() => selection.toggle(hit.id)} />
        <Tool icon="plus" label={t('ask.moreLike')} onClick={() => addToTray([hit.id], 1)} />
        <Tool icon="minus" label={t('ask.lessLike')} onClick={() => addToTray([hit.id], -0.5)} />
      </span>
    </li>
  );
}

function Tool({
  icon,
  label,
  onClick,
}: {
  readonly icon: 'check' | 'plus' | 'minus';
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="hit__tool"
      tabIndex={-1}
      title={label}
      aria-label={label}
      onClick={onClick}
    >
      <Icon name={icon} size={16} />
    </button>
  );
}
