import { describe, expect, it } from 'vitest';
import { madePicture } from '../image/made-picture.ts';
import { photoSignature, signatureBytes } from '../image/signature.ts';
import { turnPicture, turns } from '../image/turn.ts';
import { PictureLooks } from './picture-looks.ts';

function looksOf(signatures: readonly Uint8Array[]): PictureLooks {
  const all = new Uint8Array(signatures.length * signatureBytes);
  signatures.forEach((signature, row) => {
    all.set(signature, row * signatureBytes);
  });
  return new PictureLooks(all);
}

describe('signatures', () => {
  const pictures = [1, 2, 3].map((seed) => madePicture(seed));

  it('find a picture in all its turns, and no other one', () => {
    const made = [
      pictures[0]!,
      ...pictures,
      ...turns.slice(1).map((turn) => turnPicture(pictures[0]!, turn)),
    ];
    const looks = looksOf(made.map(photoSignature));
    expect(looks.nearHashes(0, 24).sort((a, b) => a - b)).toEqual([1, 4, 5, 6, 7, 8, 9, 10]);
    expect(looks.nearHashes(0, 2)).toHaveLength(2);
    expect(looks.nearHashes(2, 24)).toEqual([]);
  });

  it('speak against pictures of other colours; where one is missing they say nothing', () => {
    const [own] = pictures;
    const rgba = own!.rgba.map((value, n) => (n % 4 === 1 || n % 4 === 2 ? value / 3 : value));
    const signatures = [
      photoSignature(own!),
      photoSignature({ ...own!, rgba }),
      new Uint8Array(signatureBytes),
    ];
    const looks = looksOf(signatures);
    expect(looks.haveLikeColours(0, 0)).toBe(true);
    expect(looks.haveLikeColours(0, 1)).toBe(false);
    expect(looks.haveLikeColours(0, 2)).toBe(true);
    expect(looks.nearHashes(2, 24)).toEqual([]);
  });
});
