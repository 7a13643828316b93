import { mirrorDescriptors, signsOf } from './descriptor.ts';
import { type FittedTransform, fitTransform } from './fit-transform.ts';
import type { Descriptors, LocalFeatures } from './local-features.ts';
import { matchFeatures } from './match-features.ts';

/** Local features of a picture, and their descriptors in its mirror image; made when they are first needed. */
export class PictureFeatures {
  readonly #make: () => LocalFeatures;
  #local: LocalFeatures | null = null;
  #mirrored: Descriptors | null = null;

  constructor(make: () => LocalFeatures) {
    this.#make = make;
  }

  get local(): LocalFeatures {
    this.#local ??= this.#make();
    return this.#local;
  }

  /** Descriptors of the mirror image. */
  get mirrored(): Descriptors {
    if (this.#mirrored === null) {
      const bytes = mirrorDescriptors(this.local.described.bytes);
      this.#mirrored = { bytes, signs: signsOf(bytes) };
    }
    return this.#mirrored;
  }
}

/** The transform that most matches of the features agree with; null: too few agree on any. */
export function fitFeatures(
  first: PictureFeatures,
  second: PictureFeatures,
  isMirrored: boolean,
): FittedTransform | null {
  const own = isMirrored ? first.mirrored : first.local.described;
  const matches = matchFeatures(first.local, own, second.local);
  return fitTransform(first.local, second.local, matches, isMirrored);
}
