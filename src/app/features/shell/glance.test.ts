import { expect, test } from 'vitest';
import type { ModelStatus } from '../../../protocol/library.ts';
import { glanceAt } from './glance.ts';

const ready = { state: 'ready' } as ModelStatus;

test('a model problem matters more than working offline', () => {
  expect(glanceAt({ state: 'no-backend', reports: [] }, 'ready').kind).toBe('problem');
});

test('a download tells how far it is, the start does not', () => {
  expect(glanceAt({ state: 'loading', step: 'download', progress: 0.4 }, 'preparing')).toEqual({
    kind: 'loading',
    share: 0.4,
  });
  expect(glanceAt({ state: 'loading', step: 'start', progress: 0 }, 'ready').kind).toBe('starting');
});

test('"ready offline" is said only when everything is there', () => {
  expect(glanceAt(ready, 'preparing').kind).toBe('ready');
  expect(glanceAt(ready, 'unsupported').kind).toBe('ready');
  expect(glanceAt(ready, 'ready').kind).toBe('offline');
});
