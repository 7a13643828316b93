import type { Failure } from '../core/library/photo.ts';

/** What the converter answers to a message that is a Blob. */
export type ConvertedPicture =
  | { readonly ok: true; readonly picture: Blob }
  | { readonly ok: false; readonly failure: Failure };
