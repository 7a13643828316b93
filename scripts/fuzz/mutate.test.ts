import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { png } from '../fixtures/picture-writers.mjs';
import { fuzzRandom, mutate } from './mutate.mjs';

const original = png(20, 20, (x, y) => [x, y, 9]);
const some = (seed: number) => {
  const random = fuzzRandom(seed);
  return Array.from({ length: 60 }, () => mutate(original, random, Buffer.from('another file')));
};

describe('damaged files', () => {
  it('are the same for the same seed, differ for another, and leave the original as it is', () => {
    const before = Buffer.from(original);
    expect(some(5)).toEqual(some(5));
    expect(some(5)).not.toEqual(some(6));
    expect(original).toEqual(before);
    expect(some(5).filter((file) => !file.equals(original)).length).toBeGreaterThan(50);
  });

  it('often have the check sums that decoders ask for', () => {
    const whole = some(5).filter((file) => {
      if (file.length < 33 || file.readUInt32BE(8) !== 13) return false;
      return file.readUInt32BE(29) === crc32(file.subarray(12, 29));
    });
    expect(whole.length).toBeGreaterThan(20);
    expect(whole.some((file) => !file.subarray(0, 33).equals(original.subarray(0, 33)))).toBe(true);
  });
});
