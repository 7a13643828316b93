import { expect, it, vi } from 'vitest';
import type { OpenResult } from '../../protocol/library.ts';
import { Engine } from './engine.ts';
import { WorkerDied } from './worker-died.ts';

const worker = vi.hoisted(() => ({
  open: async (): Promise<OpenResult> => ({ kind: 'owned-elsewhere' }),
  ended: 0,
}));
vi.mock('./connection.ts', () => ({
  Connection: class {
    readonly api = {};
    open = () => worker.open();
    end = () => void worker.ended++;
    lost = () => {};
  },
}));

it('a library that cannot be opened is told, with the words of what went wrong; trying again is offered', async () => {
  const engine = new Engine();
  worker.open = () => Promise.reject(new Error('column chunk of 3 bytes; expected 62464'));
  await engine.start();
  expect(engine.getState()).toMatchObject({
    phase: 'crashed',
    detail: 'column chunk of 3 bytes; expected 62464',
  });
  expect(worker.ended).toBe(1);
  worker.open = async () => ({ kind: 'storage-unavailable', reason: 'none' });
  await engine.start();
  expect(engine.getState().phase).toBe('storage-unavailable');
});

it('a worker that ends while it opens is started anew by whoever is told of that', async () => {
  const engine = new Engine();
  worker.open = () => Promise.reject(new WorkerDied('gone'));
  await engine.start();
  expect(engine.getState().phase).toBe('starting');
});
