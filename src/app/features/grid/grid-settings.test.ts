import { expect, test } from 'vitest';
import { type GridSettings, readSettings } from './grid-settings.ts';

const fallback: GridSettings = { layout: 'justified', size: 200, grouped: true };

test('settings survive being written and read', () => {
  const chosen: GridSettings = { layout: 'square', size: 120, grouped: false };
  expect(readSettings(JSON.stringify(chosen), fallback)).toEqual(chosen);
});

test('what is missing, broken or out of range takes the default', () => {
  expect(readSettings(null, fallback)).toEqual(fallback);
  expect(readSettings('{', fallback)).toEqual(fallback);
  expect(readSettings('null', fallback)).toEqual(fallback);
  expect(readSettings('{"layout":"spiral","size":9000,"grouped":"yes"}', fallback)).toEqual(fallback);
});
