import { expect, it } from 'vitest';
import { xxh32 } from './checksum.ts';

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

it('gives the published values of XXH32', () => {
  expect(xxh32(ascii(''))).toBe(0x02cc5d05);
  expect(xxh32(ascii(''), 0x9e3779b1)).toBe(0x36b78ae7);
  expect(xxh32(ascii('a'))).toBe(0x550d7456);
  expect(xxh32(ascii('abc'))).toBe(0x32d153ff);
  expect(xxh32(ascii('Nobody inspects the spammish repetition'))).toBe(0xe2293b2f);
});

it('does not depend on where the bytes lie', () => {
  const text = 'Nobody inspects the spammish repetition';
  for (let shift = 0; shift < 5; shift++) {
    expect(xxh32(ascii('x'.repeat(shift) + text).subarray(shift))).toBe(0xe2293b2f);
  }
});
