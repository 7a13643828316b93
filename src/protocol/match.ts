import type { SameResult } from '../core/library/match-result.ts';
import type { PhotoId } from '../core/library/photo.ts';
import type { PhotoQuery } from '../core/library/photo-query.ts';

// What the library's core answers with is defined there; it is part of the protocol.
export type { SameHit, SameResult } from '../core/library/match-result.ts';

/** What is asked about: a photo of the library or a file, and among which photos (null: all present ones). */
export interface MatchTarget {
  readonly photo: PhotoId | null;
  readonly file: Blob | null;
  readonly filter: PhotoQuery | null;
}

/** The part of the library worker's verbs that is about matching pictures. */
export interface MatchApi {
  /** What the picture was made from, or what was made from it; newest wins. */
  samePicture(target: MatchTarget): Promise<SameResult>;
}
