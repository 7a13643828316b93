import { describe, expect, it } from 'vitest';
import { layoutBytes } from '../image/layout-signature.ts';
import { madePicture } from '../image/made-picture.ts';
import { layoutAt, photoSignature, signatureBytes } from '../image/signature.ts';
import { turnPicture, turns } from '../image/turn.ts';
import { PictureLooks } from './picture-looks.ts';

function looksOf(signatures: readonly Uint8Array[], asked: ReadonlySet<number> | null = null): PictureLooks {
  const all = new Uint8Array(signatures.length * signatureBytes);
  signatures.forEach((signature, row) => {
    all.set(signature, row * signatureBytes);
  });
  return new PictureLooks(all, asked);
}

describe('signatures', () => {
  const pictures = [1, 2, 3].map((seed) => madePicture(seed));

  it('find a picture in all its turns, and no other one', () => {
    const made = [
      ...pictures,
      ...turns.slice(1).map((turn) => turnPicture(pictures[0]!, turn)),
      pictures[0]!,
    ];
    const looks = looksOf(made.map(photoSignature));
    expect(looks.nearHashes(10, 24).sort((a, b) => a - b)).toEqual([0, 3, 4, 5, 6, 7, 8, 9]);
    expect(looks.nearHashes(10, 2)).toHaveLength(2);
    expect(looks.nearHashes(2, 24)).toEqual([]);
    // Of two the later one finds the other, but what is not asked about is found by all.
    expect(looks.nearHashes(0, 24)).toEqual([]);
    const some = looksOf(made.map(photoSignature), new Set([0, 1, 2]));
    expect(some.nearHashes(0, 24).sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('that come later are found like those that were there, and find them', () => {
    const made = [
      pictures[0]!,
      ...turns.slice(1, 4).map((turn) => turnPicture(pictures[0]!, turn)),
      ...pictures,
    ];
    const signatures = made.map(photoSignature);
    const atOnce = looksOf(signatures);
    const looks = looksOf(signatures.slice(0, 5));
    // One beside the others, then so many that all are filed again.
    for (const some of [signatures.slice(5, 6), signatures.slice(6)]) {
      const more = new Uint8Array(some.length * signatureBytes);
      some.forEach((signature, row) => {
        more.set(signature, row * signatureBytes);
      });
      looks.add(more);
    }
    for (const row of made.keys()) expect(looks.nearHashes(row, 24)).toEqual(atOnce.nearHashes(row, 24));
    expect(looks.nearHashes(4, 24)).toEqual([0, 1, 2, 3]);
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
    expect(looks.mayBePart(0, 0, false)).toBe(true);
    expect(looks.mayBePart(0, 1, false)).toBe(false);
    expect(looks.mayBePart(0, 2, true)).toBe(true);
    expect(looks.nearHashes(2, 24)).toEqual([]);
  });

  it('want nearly the same colours of what is not the nearest', () => {
    const [own] = pictures;
    const tinted = (factor: number) => ({
      ...own!,
      rgba: own!.rgba.map((value, n) => (n % 4 === 2 ? value * factor : value)),
    });
    const looks = looksOf([own!, tinted(0.98), tinted(0.7)].map(photoSignature));
    expect([1, 2].map((other) => looks.mayBePart(0, other, false))).toEqual([true, true]);
    expect([1, 2].map((other) => looks.mayBePart(0, other, true))).toEqual([true, false]);
  });

  it('take like hashes for chance where the layouts differ', () => {
    const own = photoSignature(pictures[0]!);
    const [bitsApart, elsewhere] = [own.slice(), own.slice()];
    for (const one of [bitsApart, elsewhere]) for (const at of [0, 8]) one[at] = one[at]! ^ 0b111;
    elsewhere.set(photoSignature(pictures[1]!).subarray(layoutAt, layoutAt + layoutBytes), layoutAt);
    const equalHash = own.slice();
    equalHash.set(elsewhere.subarray(layoutAt, layoutAt + layoutBytes), layoutAt);
    expect(looksOf([bitsApart, elsewhere, equalHash, own]).nearHashes(3, 24)).toEqual([2, 0]);
  });
});
