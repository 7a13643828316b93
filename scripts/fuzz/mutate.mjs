// @ts-check
/** Damages files as disks, radios and enemies do; the same seed gives the same files. */
import { crc32 } from 'node:zlib';
import { mulberry32 } from '../mulberry32.mjs';

/** @typedef {{ below(below: number): number, pick<T>(from: readonly T[]): T }} Random */

/** @param {number} seed @returns {Random} */
export function fuzzRandom(seed) {
  const random = mulberry32(seed);
  const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
  return {
    below,
    pick: (from) => {
      const found = from[below(from.length)];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
  };
}

/** Headers are where numbers mean something: half of the places lie in the first kilobyte. */
const place = (/** @type {Random} */ random, /** @type {Buffer} */ file) =>
  random.below(Math.max(1, random.below(2) === 0 ? Math.min(1024, file.length) : file.length));

const extremes = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x2710, 0x7fffffff, 0x80000000, 0xffffffff];

/** @type {Readonly<Record<string, (file: Buffer, random: Random, other: Buffer) => Buffer>>} */
const mutations = {
  bits: (file, random) => {
    for (let i = 1 + random.below(16); i > 0 && file.length > 0; i--) {
      const at = place(random, file);
      file[at] = (file[at] ?? 0) ^ (1 << random.below(8));
    }
    return file;
  },
  bytes: (file, random) => {
    for (let i = 1 + random.below(8); i > 0 && file.length > 0; i--)
      file[place(random, file)] = random.below(256);
    return file;
  },
  numbers: (file, random) => {
    for (let i = 1 + random.below(3); i > 0; i--) {
      const [width, big] = [random.pick([2, 4]), random.below(2) === 0];
      const at = place(random, file);
      if (at + width > file.length) continue;
      const value = random.pick(extremes) % 2 ** (8 * width);
      if (big) file.writeUIntBE(value, at, width);
      else file.writeUIntLE(value, at, width);
    }
    return file;
  },
  cutShort: (file, random) => file.subarray(0, random.below(file.length + 1)),
  cutOut: (file, random) => {
    const from = place(random, file);
    const length = random.below(1 + Math.min(4096, file.length - from));
    return Buffer.concat([file.subarray(0, from), file.subarray(from + length)]);
  },
  repeat: (file, random) => {
    const from = place(random, file);
    const part = file.subarray(from, from + random.below(4096));
    return Buffer.concat([
      file.subarray(0, from),
      ...new Array(1 + random.below(16)).fill(part),
      file.subarray(from),
    ]);
  },
  insert: (file, random) => {
    const at = place(random, file);
    const noise = Buffer.from(Array.from({ length: 1 + random.below(600) }, () => random.below(256)));
    return Buffer.concat([file.subarray(0, at), noise, file.subarray(at)]);
  },
  blank: (file, random) => {
    const from = place(random, file);
    return file.fill(random.pick([0, 0xff]), from, Math.min(file.length, from + random.below(8192)));
  },
  splice: (file, random, other) =>
    Buffer.concat([file.subarray(0, place(random, file)), other.subarray(place(random, other))]),
};

/**
 * One or two kinds of damage. PNGs often get their check sums put right, so that decoders read on.
 *
 * @param {Buffer} original
 * @param {Random} random
 * @param {Buffer} other a file of any kind, to splice with
 */
export function mutate(original, random, other) {
  let file = Buffer.from(original);
  for (let i = 1 + random.below(2); i > 0; i--) {
    file = Buffer.from(
      (mutations[random.pick(Object.keys(mutations))] ?? ((same) => same))(file, random, other),
    );
  }
  return random.below(3) > 0 ? withCheckSums(file) : file;
}

/** A PNG whose chunks, as far as they can be walked, have the right check sums; other files as they are. @param {Buffer} file */
function withCheckSums(file) {
  if (file.length < 8 || file.readUInt32BE(0) !== 0x89504e47) return file;
  for (let at = 8; at + 12 <= file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) break;
    file.writeUInt32BE(crc32(file.subarray(at + 4, end)), end);
    at = end + 4;
  }
  return file;
}
