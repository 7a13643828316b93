import fc from 'fast-check';
import { expect, it } from 'vitest';
import { madePicture } from '../image/made-picture.ts';
import { hashDistance, type PerceptualHash, turnHash } from '../image/perceptual-hash.ts';
import { photoSignature, signatureBytes } from '../image/signature.ts';
import { turns } from '../image/turn.ts';
import type { ContentId } from './photo.ts';
import { Signatures } from './signatures.ts';

const none = { eachSignatureChunk: async () => {} };
/** Where the spread of luma lies: see [Note: Photo signature]. */
const spreadAt = 240;

function signature({ low, high }: PerceptualHash, isFlat = false): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(signatureBytes);
  const view = new DataView(bytes.buffer);
  [low, high, low, high].forEach((word, n) => {
    view.setUint32(n * 4, word, true);
  });
  bytes[spreadAt] = isFlat ? 0 : 50;
  return bytes;
}

/** A hash that differs in the first `bits` bits from one of all zeros. */
const hashOf = (bits: number): PerceptualHash => ({
  low: bits === 0 ? 0 : 2 ** Math.min(bits, 32) - 1,
  high: 0,
});
const zeros = hashOf(0);
const all = new Uint32Array(1000).fill(2 ** 32 - 1);

it('finds what is near by hash, whatever came, changed and went since the first question', () => {
  const step = fc.record({
    content: fc.nat(30),
    bits: fc.nat(32),
    turn: fc.constantFrom(...turns),
    does: fc.constantFrom('add', 'remove', 'ask'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const signatures = new Signatures(none);
      const known = new Map<number, PerceptualHash>();
      for (const { content, bits, turn, does } of [
        ...steps,
        { content: 0, bits: 0, turn: turns[0], does: 'ask' },
      ]) {
        const hash = turnHash(hashOf(bits), turn!);
        if (does === 'add') {
          signatures.add([{ content: content as ContentId, signature: signature(hash) }]);
          known.set(content, hash);
        } else if (does === 'remove') {
          signatures.remove(content as ContentId);
          known.delete(content);
        } else {
          const expected = [...known]
            .map(([id, own]) => ({
              content: id,
              distance: Math.min(
                ...turns.map((way) => {
                  const distance = hashDistance(turnHash(zeros, way), own);
                  return distance <= (way === 0 ? 20 : 11) ? distance : 65;
                }),
              ),
            }))
            .filter(({ distance }) => distance <= 20)
            .sort((a, b) => a.distance - b.distance || a.content - b.content);
          expect(signatures.nearestHashes(zeros, [], all, 100)).toEqual(expected);
        }
      }
    }),
  );
});

it('leaves out flat pictures and what may not be found', () => {
  const signatures = new Signatures(none);
  const rows = [0, 1, 2].map((content) => ({
    content: content as ContentId,
    signature: signature(zeros, content === 1),
  }));
  signatures.add(rows);
  expect(signatures.nearestHashes(zeros, [], Uint32Array.of(0b110), 9)).toEqual([
    { content: 2, distance: 0 },
  ]);
  expect(signatures.nearestHashes(null, [zeros], Uint32Array.of(0b111), 1)).toEqual([
    { content: 0, distance: 0 },
  ]);
});

it('finds a picture by the half of it that nothing was written across, among those that may be found', () => {
  const signatures = new Signatures(none);
  const pictures = Array.from({ length: 12 }, (_, seed) => madePicture(seed, 64, 48));
  signatures.add(
    pictures.map((picture, n) => ({ content: n as ContentId, signature: photoSignature(picture) })),
  );
  const rgba = Uint8Array.from(pictures[5]!.rgba);
  rgba.fill(20, 64 * 4 * 26, 64 * 4 * 36);
  const query = photoSignature({ rgba, width: 64, height: 48 });
  expect(signatures.nearestStrips(query, all, 3)[0]).toBe(5);
  expect(signatures.nearestStrips(query, Uint32Array.of(~(1 << 5)), 3)).not.toContain(5);
});
