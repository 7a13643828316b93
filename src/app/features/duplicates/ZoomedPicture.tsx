import type { Region } from '../../../core/image/verify-pair.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { LockedZoom } from './use-locked-zoom.ts';
import { usePicture } from './use-picture.ts';

/** A picture that fills its frame as the zoom of its group says. */
export function ZoomedPicture({
  id,
  alt,
  zoom,
  aspect,
  region,
  isWhole = true,
  laid,
  className = '',
}: {
  readonly id: PhotoId;
  readonly alt: string;
  readonly zoom: LockedZoom;
  /** Width by height; places the region. */
  readonly aspect: number;
  /** The part that is shown by the other picture, too; null: not known, or all of it. */
  readonly region: Region | null;
  /** False: its thumbnail will do. */
  readonly isWhole?: boolean;
  /** CSS transform of the picture in its frame, from the corner. */
  readonly laid?: string | undefined;
  readonly className?: string;
}) {
  const url = usePicture(id, isWhole);
  const { scale, x, y } = zoom;
  return (
    <span
      className={`zoomed ${className}`}
      style={{ transform: `translate(${x * 100}%, ${y * 100}%) scale(${scale})` }}
    >
      {url !== null && (
        <img
          className="zoomed__image"
          src={url}
          alt={alt}
          decoding="async"
          draggable={false}
          {...(laid !== undefined && { style: { transform: laid, transformOrigin: '0 0' } })}
        />
      )}
      {region !== null && (
        <svg
          className="zoomed__region"
          viewBox={`0 0 ${aspect} 1`}
          preserveAspectRatio="xMidYMid meet"
          aria-hidden="true"
          focusable="false"
        >
          <polygon points={region.map((corner) => `${corner.x * aspect},${corner.y}`).join(' ')} />
        </svg>
      )}
    </span>
  );
}
