import { expect, it } from 'vitest';
import type { ImportProgress } from '../../../core/library/import-progress.ts';
import { panelKind, problems, processed, rateDigits, shareDone } from './import-summary.ts';

const idle: ImportProgress = {
  state: 'idle',
  done: 0,
  total: 0,
  failed: 0,
  deferred: 0,
  refused: 0,
  alreadyThere: 0,
  photosPerSecond: 0,
  secondsLeft: null,
  scanning: false,
  cancelled: false,
};

it('is hidden until there is something to tell, and stays until it was dismissed', () => {
  expect(panelKind(idle)).toBe('hidden');
  expect(panelKind({ ...idle, scanning: true })).toBe('working');
  expect(panelKind({ ...idle, state: 'running', total: 3 })).toBe('working');
  expect(panelKind({ ...idle, state: 'waiting-model', total: 3 })).toBe('working');
  expect(panelKind({ ...idle, total: 3, done: 3 })).toBe('done');
  expect(panelKind({ ...idle, refused: 1 })).toBe('done');
});

it('tells waiting for the person apart from working', () => {
  expect(panelKind({ ...idle, state: 'paused', total: 3 })).toBe('paused');
  expect(panelKind({ ...idle, state: 'waiting-permission', total: 3 })).toBe('stuck');
  expect(panelKind({ ...idle, state: 'storage-full', total: 3 })).toBe('stuck');
});

it('knows no share while folders are still read', () => {
  expect(shareDone({ ...idle, total: 4, done: 1 })).toBe(0.25);
  expect(shareDone({ ...idle, total: 4, done: 1, scanning: true })).toBeNull();
  expect(shareDone(idle)).toBeNull();
});

it('counts what was readable', () => {
  const progress = { ...idle, total: 9, done: 7, failed: 2, deferred: 1, refused: 1 };
  expect(problems(progress)).toBe(4);
  expect(processed(progress)).toBe(3);
  expect(processed({ ...idle, failed: 2 })).toBe(0);
});

it('gives slow rates more digits', () => {
  expect([0.4, 3, 28].map(rateDigits)).toEqual([2, 1, 0]);
});
