import type { Failure } from './photo.ts';
import type { SimilarHit } from './photo-query.ts';

export type SimilarResult =
  | {
      readonly kind: 'hits';
      /** Best first, the queried photo itself left out; all at or above the cut-off, then up to `beyond` more below it. */
      readonly hits: readonly SimilarHit[];
      /**
       * Cosine of each hit with each term: [hits][terms], NaN for terms that do not count; null for a single term, which the
       * score is about.
       */
      readonly ofTerms: Float32Array<ArrayBuffer> | null;
      readonly cutOff: number;
      /** More reach the cut-off than were asked for. */
      readonly isCut: boolean;
      /** Photos searched. */
      readonly searched: number;
      /** Photos that could not be: they are still to be done again with the model that this was asked of. */
      readonly waiting: number;
      readonly milliseconds: number;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'superseded' };
