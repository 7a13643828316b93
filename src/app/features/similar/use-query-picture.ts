import { useEffect, useState } from 'react';
import type { Failure, PhotoId } from '../../../core/library/photo.ts';
import { useLibrary, useThumbnail } from '../../engine/hooks.ts';
import { showablePicture } from '../../engine/showable-picture.ts';
import type { SimilarFile } from '../../engine/similar-file.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';

const nobody = 0 as PhotoId;

/**
 * Address of the picture that is searched with: of the file, or of the photo's thumbnail and, once it is there and if it
 * is wanted, of the photo itself; null while there is none.
 */
export function useQueryPicture(
  photo: PhotoId | null,
  file: SimilarFile | null,
  whole: boolean,
): string | null {
  const library = useLibrary();
  const thumbnail = useThumbnail(photo ?? nobody);
  const [made, setMade] = useState<{ of: unknown; whole: boolean; url: string } | null>(null);
  const of = photo ?? file;
  const wantsWhole = photo === null || whole;

  useEffect(() => {
    let url: string | null = null;
    let current = true;
    const show = (blob: Blob) => {
      if (!current) return;
      url = URL.createObjectURL(blob);
      setMade({ of, whole: wantsWhole, url });
    };
    const load = async (picture: Blob | Promise<Blob | Failure>) => {
      try {
        const original = await picture;
        const shown = original instanceof Blob ? await showablePicture(original) : original;
        // Where the photo itself cannot be shown, its thumbnail does.
        if (shown instanceof Blob) show(shown);
      } catch (error) {
        ignoreWorkerDied(error);
      }
    };
    if (photo !== null) {
      if (wantsWhole) void load(library.original(photo));
    } else if (file !== null) {
      void load(file.blob);
    }
    return () => {
      current = false;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [photo, file, of, wantsWhole, library]);

  // An address of before is no longer good.
  if (made !== null && made.of === of && made.whole === wantsWhole) return made.url;
  return photo === null ? null : thumbnail;
}
