import type { Region } from '../../../core/image/verify-pair.ts';
import { Icon } from '../../ui/Icon.tsx';

/** A picture with the outline of a part of it, and a spot where it differs. `label` says what the outline shows. */
export function Outlined({
  url,
  region,
  spot = null,
  label,
}: {
  readonly url: string | null;
  readonly region: Region;
  /** Left, top, right, bottom; parts of the sides. */
  readonly spot?: readonly [number, number, number, number] | null;
  readonly label: string;
}) {
  return (
    <span className="outlined" role="img" aria-label={label}>
      {url === null ? (
        <Icon name="photo" size={24} />
      ) : (
        <>
          <img className="outlined__picture" src={url} alt="" draggable={false} />
          <svg className="outlined__shape" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
            <polygon className="outlined__under" points={pointsOf(region)} />
            <polygon className="outlined__line" points={pointsOf(region)} />
            {spot !== null && (
              <rect
                className="outlined__spot"
                x={spot[0]}
                y={spot[1]}
                width={spot[2] - spot[0]}
                height={spot[3] - spot[1]}
              />
            )}
          </svg>
        </>
      )}
    </span>
  );
}

function pointsOf(region: Region): string {
  return region.map(({ x, y }) => `${x.toFixed(4)},${y.toFixed(4)}`).join(' ');
}
