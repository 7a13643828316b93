import type { PhotoId } from '../../../core/library/photo.ts';
import { useThumbnail } from '../../engine/hooks.ts';

/** A small square picture, pale where its photo goes; what is written beside it says the rest. */
export function DuplicateThumbnail({ id, isRemoved }: { readonly id: PhotoId; readonly isRemoved: boolean }) {
  const url = useThumbnail(id);
  return (
    <span className={`duplicate-thumbnail ${isRemoved ? 'duplicate-thumbnail--removed' : ''}`}>
      {url !== null && <img src={url} alt="" decoding="async" />}
    </span>
  );
}
