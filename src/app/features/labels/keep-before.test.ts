import { expect, test } from 'vitest';
import type { LibraryCalls } from '../../engine/connection.ts';
import { keepBefore } from './keep-before.ts';

test('what was before the last teaching gives way only when the set is taught again', async () => {
  let kept = [
    { number: 1, name: 'Before' },
    { number: 2, name: 'Mine' },
  ];
  let next = 3;
  const library = {
    keptVersions: async () => kept,
    keepVersion: async (_: number, name: string) => {
      const version = { number: next++, name };
      kept = [version, ...kept];
      return version;
    },
    deleteVersion: async (number: number) => {
      kept = kept.filter((version) => version.number !== number);
    },
  } as unknown as LibraryCalls;
  const numbers = () => kept.map(({ number }) => number);
  const stopped = await keepBefore(library, 1, 'Before');
  expect(numbers()).toEqual([3, 1, 2]);
  await stopped(false);
  expect(numbers()).toEqual([1, 2]);
  const taught = await keepBefore(library, 1, 'Before');
  await taught(true);
  expect(numbers()).toEqual([4, 2]);
});
