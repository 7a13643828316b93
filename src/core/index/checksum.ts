const prime1 = 0x9e3779b1 | 0;
const prime2 = 0x85ebca77 | 0;
const prime3 = 0xc2b2ae3d | 0;
const prime4 = 0x27d4eb2f | 0;
const prime5 = 0x165667b1 | 0;

/**
 * XXH32 (Yann Collet's xxHash, 32 bits) of some bytes: about 3 GB/s here, so that checking a whole index costs
 * milliseconds. It detects damage, not intent.
 *
 * @returns 0..2^32-1
 */
export function xxh32(bytes: Uint8Array, seed = 0): number {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  // Word views are little-endian on every machine that runs a browser; snapshots refuse others.
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
  const whole = words.length & ~3;
  let hash = whole > 0 ? stripes(words, whole, seed) : (seed + prime5) | 0;
  hash = (hash + bytes.length) | 0;
  for (let at = whole; at < words.length; at++) {
    hash = (hash + Math.imul(words[at]!, prime3)) | 0;
    hash = Math.imul((hash << 17) | (hash >>> 15), prime4);
  }
  for (let at = words.length * 4; at < aligned.length; at++) {
    hash = (hash + Math.imul(aligned[at]!, prime5)) | 0;
    hash = Math.imul((hash << 11) | (hash >>> 21), prime1);
  }
  hash = Math.imul(hash ^ (hash >>> 15), prime2);
  hash = Math.imul(hash ^ (hash >>> 13), prime3);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The hash of words [0, end), four at a time: `end` is a multiple of four. */
function stripes(words: Int32Array, end: number, seed: number): number {
  let a = (seed + prime1 + prime2) | 0;
  let b = (seed + prime2) | 0;
  let c = seed | 0;
  let d = (seed - prime1) | 0;
  for (let at = 0; at < end; at += 4) {
    a = (a + Math.imul(words[at]!, prime2)) | 0;
    a = Math.imul((a << 13) | (a >>> 19), prime1);
    b = (b + Math.imul(words[at + 1]!, prime2)) | 0;
    b = Math.imul((b << 13) | (b >>> 19), prime1);
    c = (c + Math.imul(words[at + 2]!, prime2)) | 0;
    c = Math.imul((c << 13) | (c >>> 19), prime1);
    d = (d + Math.imul(words[at + 3]!, prime2)) | 0;
    d = Math.imul((d << 13) | (d >>> 19), prime1);
  }
  return (
    (((a << 1) | (a >>> 31)) +
      ((b << 7) | (b >>> 25)) +
      ((c << 12) | (c >>> 20)) +
      ((d << 18) | (d >>> 14))) |
    0
  );
}
