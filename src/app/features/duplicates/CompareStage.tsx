import { useTranslation } from 'react-i18next';
import type { PairMatch } from '../../../core/image/verify-pair.ts';
import { useCell } from '../../engine/hooks.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { layOnFirst } from './align-pictures.ts';
import type { GroupPhoto } from './use-duplicate-groups.ts';
import type { LockedZoom, ZoomFrame } from './use-locked-zoom.ts';
import { ZoomedPicture } from './ZoomedPicture.tsx';

export type CompareMode = 'side' | 'flip' | 'difference';

/** Two photos in one place: one of them, or what differs between them. */
export function CompareStage({
  mode,
  first,
  second,
  shown,
  onShow,
  match,
  zoom,
  frame,
}: {
  readonly mode: 'flip' | 'difference';
  readonly first: GroupPhoto;
  readonly second: GroupPhoto;
  /** Which of them flipping shows. */
  readonly shown: 'a' | 'b';
  readonly onShow: (which: 'a' | 'b') => void;
  /** How the second was made from the first; null: not known, or they are equal. */
  readonly match: PairMatch | null;
  readonly zoom: LockedZoom;
  readonly frame: ZoomFrame;
}) {
  const { t } = useTranslation();
  const aspect = useAspect(first);
  const secondAspect = useAspect(second);
  const common = { zoom, aspect: 1, region: null, alt: '' };
  const name =
    mode === 'difference'
      ? t('duplicates.mode.difference')
      : t('duplicates.shows', { which: shown.toUpperCase() });
  return (
    <div className="compare-place">
      <div className="compare-stage" role="img" aria-label={name} {...frame}>
        {mode === 'flip' ? (
          <>
            {/* Both stay decoded: flipping takes one frame. */}
            <ZoomedPicture {...common} id={first.id} className={shown === 'a' ? '' : 'zoomed--hidden'} />
            <ZoomedPicture {...common} id={second.id} className={shown === 'b' ? '' : 'zoomed--hidden'} />
          </>
        ) : (
          <span className="compare-stage__difference" style={{ aspectRatio: aspect }}>
            <ZoomedPicture {...common} id={first.id} className="zoomed--filled" />
            <ZoomedPicture
              {...common}
              id={second.id}
              className="zoomed--filled zoomed--difference"
              laid={match === null ? undefined : layOnFirst(match, aspect, secondAspect)}
            />
          </span>
        )}
      </div>
      {mode === 'difference' && <p className="hint">{t('duplicates.differenceHint')}</p>}
      {mode === 'flip' && (
        <Segmented
          label={t('duplicates.flipped')}
          value={shown}
          size="small"
          options={[
            { value: 'a', label: 'A' },
            { value: 'b', label: 'B' },
          ]}
          onChange={onShow}
        />
      )}
    </div>
  );
}

/** Width by height. */
function useAspect({ id }: GroupPhoto): number {
  const cell = useCell(id);
  return cell !== null && cell.height > 0 ? cell.width / cell.height : 1;
}
