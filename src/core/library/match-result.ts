import type { PairMatch } from '../image/verify-pair.ts';
import type { Failure, PhotoId } from './photo.ts';

export interface SameHit {
  readonly id: PhotoId;
  /** From the query to the photo. */
  readonly match: PairMatch;
}

export type SameResult =
  | {
      readonly kind: 'same';
      /** Surest first. */
      readonly hits: readonly SameHit[];
      /** Candidates that were compared closely. */
      readonly looked: number;
      /** Photos searched. */
      readonly searched: number;
      /** After the embedding. */
      readonly milliseconds: number;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'superseded' };
