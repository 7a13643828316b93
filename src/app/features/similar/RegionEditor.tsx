import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Region } from '../../../core/image/region.ts';
import { useFormat } from '../../i18n/format.ts';
import { draggedRegion, type Hold, holdAt, keyedRegion, type Point } from './region-moves.ts';
import './region-editor.css';

/** How near an edge a mouse or a finger must be to take hold of it, CSS pixels. */
const reachOf = { mouse: 10, pen: 14, touch: 22 } as const;
/** A press that moves less than that draws nothing, CSS pixels. */
const leastDrag = 6;
/** Width / height until the picture is there. */
const usualAspect = 4 / 3;
const firstRegion: Region = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

interface Drag {
  readonly hold: Hold;
  readonly from: Point;
  readonly region: Region | null;
  readonly moved: boolean;
}

/**
 * A picture with the part of it that is meant: drawn, moved and resized with mouse, finger or arrow keys. `onChange` is
 * called at the end of each change, `proposed` are parts one press away.
 */
export function RegionEditor({
  url,
  region,
  onChange,
  proposed = [],
}: {
  readonly url: string;
  readonly region: Region | null;
  readonly onChange: (region: Region | null) => void;
  readonly proposed?: readonly { readonly name: string; readonly region: Region }[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const hint = useId();
  const frame = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const [aspect, setAspect] = useState(usualAspect);
  const [moving, setMoving] = useState<Region | null>(null);
  const shown = moving ?? region;

  const pointOf = (event: PointerEvent): Point => {
    const box = frame.current!.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };
  const holdOf = (event: PointerEvent<HTMLDivElement>): Hold => {
    const box = event.currentTarget.getBoundingClientRect();
    const reach = reachOf[event.pointerType as keyof typeof reachOf] ?? reachOf.mouse;
    return holdAt(region, pointOf(event), { x: reach / box.width, y: reach / box.height });
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const from = pointOf(event);
    const hold = holdOf(event);
    drag.current = { hold, from, region, moved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const held = drag.current;
    if (held === null) {
      event.currentTarget.style.cursor = cursorOf(holdOf(event));
      return;
    }
    const to = pointOf(event);
    const box = event.currentTarget.getBoundingClientRect();
    const way = Math.hypot((to.x - held.from.x) * box.width, (to.y - held.from.y) * box.height);
    if (!held.moved && way < leastDrag) return;
    drag.current = { ...held, moved: true };
    setMoving(draggedRegion(held.region, held.hold, held.from, to));
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const held = drag.current;
    drag.current = null;
    setMoving(null);
    if (held?.moved) onChange(draggedRegion(held.region, held.hold, held.from, pointOf(event)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyedRegion(region ?? firstRegion, event.key, event.shiftKey);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(region === null ? firstRegion : next);
  };

  const words =
    shown === null
      ? t('ask.wholePhoto')
      : t('ask.regionAt', {
          left: format.percent(shown.x),
          top: format.percent(shown.y),
          width: format.percent(shown.width),
          height: format.percent(shown.height),
        });
  return (
    <div className="region">
      <div
        ref={frame}
        className="region__frame"
        style={{ '--aspect': aspect }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          drag.current = null;
          setMoving(null);
        }}
      >
        <img
          className="region__picture"
          src={url}
          alt=""
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setAspect(naturalHeight > 0 ? naturalWidth / naturalHeight : usualAspect)
          }
        />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is laid out by rules of its own */}
        <div
          className={`region__part ${shown === null ? 'region__part--whole' : ''}`}
          style={place(shown ?? { x: 0, y: 0, width: 1, height: 1 })}
          role="group"
          aria-label={t('ask.region')}
          aria-describedby={hint}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved with the arrow keys, as no native control is
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          <span className="visually-hidden" role="status">
            {words}
          </span>
        </div>
      </div>
      <p className="region__hint" id={hint}>
        {t('ask.regionHint')}
      </p>
      {proposed.length > 0 && (
        <ul className="region__proposed" aria-label={t('ask.proposed')}>
          {proposed.map(({ name, region: part }) => (
            <li key={name}>
              <button type="button" className="region__proposal" onClick={() => onChange(part)}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const cursorOf = (hold: Hold) => (hold === 'new' ? 'crosshair' : hold === 'move' ? 'move' : `${hold}-resize`);

function place({ x, y, width, height }: Region) {
  return { left: `${x * 100}%`, top: `${y * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` };
}
