import { colourDistance } from '../image/colour-signature.ts';
import { layoutBytes, layoutDistance, turnLayout } from '../image/layout-signature.ts';
import { hashDistance, turnHash } from '../image/perceptual-hash.ts';
import { hashesOf, hasStructure, innerColourAt, layoutAt, signatureBytes } from '../image/signature.ts';

/**
 * Bits of the hashes in which near-duplicates differ at most: of whole pictures, and within plain margins, where all that is
 * alike anyhow has been left out.
 */
const WHOLE_BITS = 12;
const INNER_BITS = 6;
const COLOURS = 0.045;
const LAYOUT = 0.06;
/** Left and right exchanged: a `Turn`. */
const MIRRORED = 1;

/**
 * Whether two photos whose embeddings are near look like one picture, too, by their signatures. Of photos of different
 * products on white, whose embeddings often are that near, few do; of pictures made smaller, brighter, or cropped a little
 * and mirrored ones, most do (figures: README, 'Teaching, measured').
 *
 * @param signatures [photos][signatureBytes], see [Note: Photo signature]; zeros: not known
 * @returns null where a signature is not known, or a picture is too flat for it to say anything
 */
export function lookAlike(signatures: Uint8Array, a: number, b: number): boolean | null {
  const [own, other] = [a, b].map((row) =>
    signatures.subarray(row * signatureBytes, (row + 1) * signatureBytes),
  ) as [Uint8Array, Uint8Array];
  if (!hasStructure(own) || !hasStructure(other)) return null;
  const [ownWhole, ownInner] = hashesOf(own);
  const [otherWhole, otherInner] = hashesOf(other);
  const isTrimmed = hashDistance(ownWhole, ownInner) + hashDistance(otherWhole, otherInner) > 0;
  const bits = isTrimmed ? INNER_BITS : WHOLE_BITS;
  if (colourDistance(own, other, innerColourAt, innerColourAt) > COLOURS) return false;
  if (hashDistance(ownInner, otherInner) <= bits) {
    return layoutDistance(own, other, layoutAt, layoutAt) <= LAYOUT;
  }
  if (hashDistance(turnHash(ownInner, MIRRORED), otherInner) > bits) return false;
  const mirrored = turnLayout(own.subarray(layoutAt, layoutAt + layoutBytes), MIRRORED);
  return layoutDistance(mirrored, other, 0, layoutAt) <= LAYOUT;
}
