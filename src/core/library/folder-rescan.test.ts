import { expect, it } from 'vitest';
import { type RescanParts, rescanFolders } from './folder-rescan.ts';

it('a folder of 200,000 photos can be looked through', async () => {
  const ids = Array.from({ length: 200_000 }, (_, n) => n + 1);
  const none = new Uint32Array(ids.length + 1);
  let isRead = false;
  const parts = {
    catalogue: {
      table: {
        has: () => true,
        ids: () => ids,
        path: (id: number) => `Photos/${id}.jpg`,
        columns: { size: none, modifiedAt: none, flags: none, removedAt: none },
      },
      store: { photosOfFolder: async () => ids, forgottenFiles: async () => [] },
      leftForgotten: [],
    },
    access: {
      async *list() {
        isRead = true;
        yield* [];
      },
    },
    away: async () => new Set(),
    progress: () => {},
    isStopped: () => true,
  } as unknown as RescanParts;
  const handle = { kind: 'directory', name: 'Photos' } as const;
  const folder = { numbers: [1], name: handle.name, handle, isRelocated: false, inner: [] };
  expect(await rescanFolders(parts, [folder], true)).toBeNull();
  expect(isRead).toBe(true);
});
