import type { PhotoId } from '../../../core/library/photo.ts';
import { useThumbnail } from '../../engine/hooks.ts';

/** The photo that is asked about, from its thumbnail: at hand at once, and what is asked is seen in it. */
export function QueuePicture({ id, name }: { readonly id: PhotoId; readonly name: string }) {
  const address = useThumbnail(id);
  return (
    <div className="queue__picture">
      {address !== null && <img className="queue__image" src={address} alt={name} />}
    </div>
  );
}
