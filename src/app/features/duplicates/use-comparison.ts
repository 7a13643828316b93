import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoComparison } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useAnswered } from '../../engine/use-answer.ts';

/** What differs among photos, and why the first two match; null while that is worked out. */
export function useComparison(photos: readonly PhotoId[]): PhotoComparison | null {
  const library = useLibrary();
  const key = photos.join();
  const compared = useAnswered(() => library.comparePhotos(photos), key);
  return compared?.question === key ? compared.answer : null;
}
