import * as Comlink from 'comlink';
import type { Library } from '../../core/library/library.ts';
import type { FiguresSource } from '../../protocol/figures.ts';

/** What the library answers to a figures worker; big arrays are handed over. */
export function figuresSource(library: () => Library): FiguresSource {
  return {
    async labelled(set, scope) {
      const photos = await library().labelledPhotos(set, scope);
      if (photos === null) return null;
      const { ids, truth, scores, thresholds } = photos;
      return Comlink.transfer(photos, [ids.buffer, truth.buffer, scores.buffer, thresholds.buffer]);
    },
  };
}
