const prime1 = 0x9e3779b1 | 0;
const prime2 = 0x85ebca77 | 0;
const prime3 = 0xc2b2ae3d | 0;
const prime4 = 0x27d4eb2f | 0;
const prime5 = 0x165667b1 | 0;

/** Bytes that XXH32 takes at once. */
const stripeBytes = 16;

/**
 * XXH32 (Yann Collet's xxHash, 32 bits) of some bytes: about 3 GB/s here, so that checking a whole index costs
 * milliseconds. It detects damage, not intent.
 *
 * @returns 0..2^32-1
 */
export function xxh32(bytes: Uint8Array, seed = 0): number {
  const sum = new Checksum(seed);
  const whole = bytes.length - (bytes.length % stripeBytes);
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  sum.add(aligned.subarray(0, whole));
  return sum.end(aligned.subarray(whole));
}

/** `xxh32` of bytes that come in pieces. */
export class Checksum {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #length = 0;
  readonly #seed: number;

  constructor(seed = 0) {
    this.#seed = seed;
    this.#a = (seed + prime1 + prime2) | 0;
    this.#b = (seed + prime2) | 0;
    this.#c = seed | 0;
    this.#d = (seed - prime1) | 0;
  }

  /** @param bytes a multiple of 16 of them, aligned to 4 */
  add(bytes: Uint8Array): void {
    // Word views are little-endian on every machine that runs a browser; snapshots refuse others.
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let d = this.#d;
    for (let at = 0; at < words.length; at += 4) {
      a = (a + Math.imul(words[at]!, prime2)) | 0;
      a = Math.imul((a << 13) | (a >>> 19), prime1);
      b = (b + Math.imul(words[at + 1]!, prime2)) | 0;
      b = Math.imul((b << 13) | (b >>> 19), prime1);
      c = (c + Math.imul(words[at + 2]!, prime2)) | 0;
      c = Math.imul((c << 13) | (c >>> 19), prime1);
      d = (d + Math.imul(words[at + 3]!, prime2)) | 0;
      d = Math.imul((d << 13) | (d >>> 19), prime1);
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
    this.#length += bytes.length;
  }

  /** @param rest the last bytes, fewer than 16, aligned to 4 */
  end(rest: Uint8Array): number {
    const [a, b, c, d] = [this.#a, this.#b, this.#c, this.#d];
    let hash =
      this.#length > 0
        ? (((a << 1) | (a >>> 31)) +
            ((b << 7) | (b >>> 25)) +
            ((c << 12) | (c >>> 20)) +
            ((d << 18) | (d >>> 14))) |
          0
        : (this.#seed + prime5) | 0;
    hash = (hash + this.#length + rest.length) | 0;
    const words = new Int32Array(rest.buffer, rest.byteOffset, rest.length >>> 2);
    for (const word of words) {
      hash = (hash + Math.imul(word, prime3)) | 0;
      hash = Math.imul((hash << 17) | (hash >>> 15), prime4);
    }
    for (let i = words.length * 4; i < rest.length; i++) {
      hash = (hash + Math.imul(rest[i]!, prime5)) | 0;
      hash = Math.imul((hash << 11) | (hash >>> 21), prime1);
    }
    hash = Math.imul(hash ^ (hash >>> 15), prime2);
    hash = Math.imul(hash ^ (hash >>> 13), prime3);
    return (hash ^ (hash >>> 16)) >>> 0;
  }
}
