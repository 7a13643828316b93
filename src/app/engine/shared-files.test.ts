import { afterEach, expect, it, vi } from 'vitest';
import type { AddReport } from '../../core/library/import-progress.ts';
import type { LibraryCalls } from './connection.ts';
import { addShared } from './shared-files.ts';

afterEach(() => void vi.unstubAllGlobals());

it('what other apps shared is let go once the library has it, and kept where there is no room for it', async () => {
  const kept = new Map([['https://example.test/share/1', new Response('abc')]]);
  const cache = {
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
    match: async ({ url }: Request) => kept.get(url)?.clone(),
    delete: async ({ url }: Request) => kept.delete(url),
  };
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('caches', { has: async () => true, open: async () => cache });
  const full: AddReport = {
    accepted: 0,
    alreadyThere: 0,
    refused: 1,
    stopped: { code: 'storage-full' },
    cancelled: false,
    intake: 0,
  };
  const addFiles = vi.fn(async (): Promise<AddReport> => full);
  const library = { setScanning: async () => {}, addFiles } as unknown as LibraryCalls;
  expect(await addShared(library)).toMatchObject({ accepted: 0, refused: 1 });
  expect(kept.size).toBe(1);
  addFiles.mockResolvedValue({ ...full, accepted: 1, refused: 0, stopped: null });
  expect(await addShared(library)).toMatchObject({ accepted: 1 });
  expect(kept.size).toBe(0);
});
