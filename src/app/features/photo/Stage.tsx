import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoDetail } from '../../../core/library/photo-cell.ts';
import type { LabelNumber } from '../../../core/tagging/label.ts';
import { useThumbnail } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Problem, Waiting } from './StageNotices.tsx';
import { useKeys } from './use-keys.ts';
import { isNeverDecoded, useOriginal } from './use-original.ts';
import { useZoom } from './use-zoom.ts';
import './stage.css';

const WhyMap = lazy(() => import('./WhyMap.tsx').then((module) => ({ default: module.WhyMap })));

/** The picture itself, thumbnail first, with zoom, pan and the way to its neighbours. */
export function Stage({
  id,
  photo,
  previous,
  next,
  why,
  onWhy,
  onStep,
}: {
  readonly id: PhotoId;
  readonly photo: PhotoDetail | null;
  readonly previous: PhotoId | null;
  readonly next: PhotoId | null;
  /** The label that is asked about. */
  readonly why: LabelNumber | null;
  readonly onWhy: (label: LabelNumber | null) => void;
  /** -1 previous, 1 next. */
  readonly onStep: (step: -1 | 1) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const stage = useRef<HTMLDivElement>(null);
  const thumbnail = useThumbnail(id);
  const { original, again, broken } = useOriginal(id, isNeverDecoded(photo?.failure ?? null), previous, next);
  const [loaded, setLoaded] = useState<{ url: string; width: number; height: number } | null>(null);
  const url = original.kind === 'there' ? original.url : null;
  const visible = url !== null && loaded?.url === url;
  const known = photo !== null && photo.width > 0 ? photo : visible ? loaded : null;
  const picture = { width: known?.width ?? 1600, height: known?.height ?? 1200 };
  const controls = useZoom(stage, picture, id, onStep);
  const { zoom, frame } = controls;

  const zoomed = zoom.scale > 1.001;
  useKeys((key) => {
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    const [x = 0, y = 0] = arrow ?? [];
    if (zoomed && arrow !== undefined) controls.pan(x, y);
    else if (x !== 0) onStep(x < 0 ? -1 : 1);
    else if (key === 'PageUp') onStep(-1);
    else if (key === 'PageDown') onStep(1);
    else if (key === '+' || key === '=') controls.zoomIn();
    else if (key === '-') controls.zoomOut();
    else if (key === '0') controls.fit();
    else if (key === '1') controls.actual();
    else return false;
    return true;
  });

  const place = {
    width: frame.fitted.width,
    height: frame.fitted.height,
    transform: `translate(-50%, -50%) translate(${zoom.x + controls.swiping}px, ${zoom.y}px) scale(${zoom.scale})`,
  };
  return (
    <div ref={stage} className={`photo-stage ${zoomed ? 'photo-stage--zoomed' : ''}`} {...controls.pointer}>
      {thumbnail !== null && !visible && (
        <img className="photo-stage__picture" src={thumbnail} alt="" style={place} draggable={false} />
      )}
      {url !== null && (
        <img
          key={url}
          className={`photo-stage__picture ${visible ? '' : 'photo-stage__picture--hidden'}`}
          src={url}
          alt={photo?.name ?? ''}
          style={place}
          draggable={false}
          onLoad={(event) =>
            setLoaded({
              url,
              width: event.currentTarget.naturalWidth,
              height: event.currentTarget.naturalHeight,
            })
          }
          onError={broken}
        />
      )}
      {why !== null && (
        <Suspense>
          <WhyMap id={id} label={why} size={frame.fitted} place={place} onClose={() => onWhy(null)} />
        </Suspense>
      )}
      {original.kind === 'failed' && (
        <Problem
          id={id}
          failure={original.failure}
          isKnown={photo !== null}
          hasThumbnail={thumbnail !== null}
          again={again}
        />
      )}
      <Waiting active={original.kind === 'loading' && thumbnail === null} />
      {previous !== null && (
        <IconButton
          className="photo-stage__step photo-stage__step--previous"
          variant="on-photo"
          icon="chevron-left"
          label={t('photo.previous')}
          shortcut="←"
          onPress={() => onStep(-1)}
        />
      )}
      {next !== null && (
        <IconButton
          className="photo-stage__step photo-stage__step--next"
          variant="on-photo"
          icon="chevron-right"
          label={t('photo.next')}
          shortcut="→"
          onPress={() => onStep(1)}
        />
      )}
      {original.kind !== 'failed' && (
        <div className="photo-stage__zoom">
          <IconButton
            variant="on-photo"
            size="small"
            icon="minus"
            label={t('photo.zoomOut')}
            shortcut="−"
            isDisabled={!zoomed}
            onPress={controls.zoomOut}
          />
          <Button
            className="photo-stage__level numeric"
            size="small"
            aria-label={`${t('photo.zoomActual')} (${format.percent(controls.level)})`}
            onPress={controls.actual}
          >
            {format.percent(controls.level)}
          </Button>
          <IconButton
            variant="on-photo"
            size="small"
            icon="plus"
            label={t('photo.zoomIn')}
            shortcut="+"
            isDisabled={zoom.scale >= frame.maxScale}
            onPress={controls.zoomIn}
          />
          <IconButton
            variant="on-photo"
            size="small"
            icon="fit"
            label={t('photo.zoomFit')}
            shortcut="0"
            isDisabled={!zoomed}
            onPress={controls.fit}
          />
        </div>
      )}
    </div>
  );
}
