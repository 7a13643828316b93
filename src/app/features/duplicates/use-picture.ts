import { useEffect, useState } from 'react';
import type { PhotoId } from '../../../core/library/photo.ts';
import { useLibrary, useThumbnail } from '../../engine/hooks.ts';
import { showablePicture } from '../../engine/showable-picture.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';

/**
 * Object URL of the whole picture; of its thumbnail until that is there, and where the file cannot be read.
 *
 * @param isWanted whether the whole picture is: it may take a hundred times the thumbnail's memory
 */
export function usePicture(id: PhotoId, isWanted: boolean): string | null {
  const library = useLibrary();
  const thumbnail = useThumbnail(id);
  const [whole, setWhole] = useState<{ readonly id: PhotoId; readonly url: string } | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let url: string | null = null;
    let wanted = true;
    const load = async () => {
      const original = await library.original(id);
      const picture = original instanceof Blob ? await showablePicture(original) : original;
      if (!wanted || !(picture instanceof Blob)) return;
      url = URL.createObjectURL(picture);
      const image = new Image();
      image.src = url;
      // Shown once it is decoded: the thumbnail stays until then, and for good if that fails.
      await image.decode().catch(() => URL.revokeObjectURL(url!));
      if (wanted && image.naturalWidth > 0) setWhole({ id, url });
    };
    load().catch(ignoreWorkerDied);
    return () => {
      wanted = false;
      if (url !== null) URL.revokeObjectURL(url);
      setWhole(null);
    };
  }, [library, id, isWanted]);
  return isWanted && whole?.id === id ? whole.url : thumbnail;
}
