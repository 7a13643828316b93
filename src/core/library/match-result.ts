import type { PartScores } from '../image/part-scores.ts';
import type { PixelCheck } from '../image/pixel-check.ts';
import type { PairMatch } from '../image/verify-pair.ts';
import type { Failure, PhotoId } from './photo.ts';

export interface SameHit {
  readonly id: PhotoId;
  /** From the query to the photo. */
  readonly match: PairMatch;
  /** Where that was asked for: whether both show the same to the pixel; null: not asked, or too little to say. */
  readonly pixels: PixelCheck | null;
  /** Milliseconds, see [Note: Wall-clock times]. */
  readonly capturedAt: number;
}

export type SameResult =
  | {
      readonly kind: 'same';
      /** Surest first. */
      readonly hits: readonly SameHit[];
      /** Candidates that were compared closely. */
      readonly looked: number;
      /** Candidates that could not be: neither their previews nor their files are at hand. */
      readonly unread: number;
      /** Photos searched. */
      readonly searched: number;
      /** After the embedding. */
      readonly milliseconds: number;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'superseded' };

/** A photo and how alike it is in each respect. */
export interface MixedHit {
  readonly id: PhotoId;
  /** Of the vectors, -1..1. */
  readonly cosine: number;
  readonly parts: PartScores;
  /** Milliseconds, see [Note: Wall-clock times]. */
  readonly capturedAt: number;
}

export type MixedResult =
  | {
      readonly kind: 'mixed';
      /** Best first by the weights asked for. */
      readonly hits: readonly MixedHit[];
      readonly searched: number;
      /** After the embedding. */
      readonly milliseconds: number;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'superseded' };

/** Photos of one thing, best first. */
export interface ProductHit {
  readonly ids: readonly PhotoId[];
  /** Of the best photo, 0..1; and what it is made of: likeness of content and of colours (null: not known), 0..1. */
  readonly score: number;
  readonly content: number;
  readonly colour: number | null;
  /** Of the newest photo; milliseconds, see [Note: Wall-clock times]. */
  readonly capturedAt: number;
  readonly name: string | null;
}

/** What the thing is called, as far as named photos near it say. */
export type NameAnswer =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'named';
      readonly name: string;
      /** Of the nearest named photos (`of`), those that have this name. */
      readonly votes: number;
      readonly of: number;
      /** Score of the nearest of them, 0..1. */
      readonly best: number;
      /** Other columns of that photo's row: heading, value. */
      readonly columns: readonly (readonly [string, string])[];
    };

export type ProductResult =
  | {
      readonly kind: 'products';
      readonly hits: readonly ProductHit[];
      /** Null while no photo has a name. */
      readonly answer: NameAnswer | null;
      readonly searched: number;
      /** After the embedding. */
      readonly milliseconds: number;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'superseded' };
