import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { SimilarHit } from '../../../core/library/photo-query.ts';
import { formatLikeness } from '../../i18n/format.ts';
import { useAddToTray } from '../../ui/use-tray.ts';
import { Hit } from './Hit.tsx';
import { moveInFlow } from './moves.ts';
import { useDrawn } from './use-drawn.ts';
import { useKeptFocus } from './use-kept-focus.ts';

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
  const [active, setActive] = useState<PhotoId | null>(null);
  const { setFocused, at: focusedAt } = useKeptFocus(list, hits);
  const drawn = useDrawn(list, hits, focusedAt + 1);
  const stop = drawn.some(({ id }) => id === active) ? active : drawn[0]?.id;

  const onFocus = useCallback(
    (id: PhotoId) => {
      setActive(id);
      setFocused(id);
    },
    [setFocused],
  );
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
      {drawn.map(({ id }) => (
        <Hit
          key={id}
          id={id}
          score={formatLikeness((scores.get(id) ?? 0) / 100)}
          words={words.get(id)}
          isStop={id === stop}
          isSelected={selection.ids.has(id)}
          isSelecting={selection.ids.size > 0}
          onToggle={selection.toggle}
          onFocus={onFocus}
        />
      ))}
    </ul>
  );
}
