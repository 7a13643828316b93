import type { Region } from '../image/region.ts';
import type { LabelNumber } from '../tagging/label.ts';
import type { FileBytes } from './file-handle.ts';
import type { PhotoId } from './photo.ts';

/** Something that photos can be like. */
export type LikeSubject =
  /** A photo of the library, or a part of it. */
  | { readonly kind: 'photo'; readonly id: PhotoId; readonly region: Region | null }
  /** A picture that is not in the library, or a part of it. `key`: names its bytes, so that they are embedded once; '': never again. */
  | {
      readonly kind: 'picture';
      readonly bytes: FileBytes;
      readonly key: string;
      readonly region: Region | null;
    }
  /** What the photos that carry a tag have in common. */
  | { readonly kind: 'label'; readonly label: LabelNumber };

/** One thing that the photos looked for are like (weight above 0) or unlike (below 0). */
export interface LikeTerm {
  readonly subject: LikeSubject;
  /** -1..1 as people set it; only the ratios count. */
  readonly weight: number;
}
