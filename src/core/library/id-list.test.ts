import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatIds, parseIds } from './id-list.ts';

const idsOf = (text: string) => {
  const bits = parseIds(text);
  return bits && Array.from({ length: 32 * bits.words.length }, (_, id) => id).filter((id) => bits.has(id));
};

it('photos are the same after their way through a link; runs of them are short', () => {
  expect(formatIds([8, 5, ...Array.from({ length: 11 }, (_, n) => 9 + n)])).toBe('5.3xc');
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 3000 })), (ids) => {
      expect(idsOf(formatIds(ids))).toEqual([...ids].sort((a, b) => a - b));
    }),
  );
});

it('what is no list of photos is none', () => {
  for (const wrong of ['.', '0', '5.', '5x', '5x0', 'z', '-1', '5 6', '1xvvvvv', 'vvvvvv'])
    expect(parseIds(wrong), wrong).toBeNull();
  fc.assert(fc.property(fc.string(), (any) => void parseIds(any)));
});
