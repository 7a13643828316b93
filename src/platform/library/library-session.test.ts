import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IndexBuilderHost } from '../../protocol/index-builder.ts';
import type { InferenceHost } from '../../protocol/inference.ts';
import { IdbPhotoStore } from '../storage/idb-photo-store.ts';
import { openDatabase } from '../storage/open-database.ts';
import { LibrarySession } from './library-session.ts';

const request = { packUrl: 'https://example.test/pack/', takeOver: false, hardwareConcurrency: 1 };
const host: InferenceHost & IndexBuilderHost = {
  spawn: () => Promise.reject(new Error('no workers here')),
  spawnBuilder: () => Promise.reject(new Error('no workers here')),
  kill: async () => {},
};

/** Another tab takes the lock from whoever has it. */
let steal = () => {};

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  const locks = {
    request: (_name: string, _options: unknown, granted: (lock: object) => unknown) =>
      new Promise((_, reject) => {
        steal = () => reject(new DOMException('stolen', 'AbortError'));
        void granted({});
      }),
  };
  const storage = { estimate: async () => ({}), persisted: async () => false };
  vi.stubGlobal('navigator', { locks, storage });
  vi.stubGlobal('crossOriginIsolated', false);
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The other tab's, once it has the lock. */
async function otherTab(): Promise<IdbPhotoStore> {
  const opened = await openDatabase(() => {});
  if (opened.kind !== 'open') throw new Error(opened.kind);
  return IdbPhotoStore.own(opened.database, 'the other tab');
}

describe('a library that another tab takes over while it is being opened', () => {
  it('says so, and leaves it to the other one', async () => {
    const opening = LibrarySession.open(request, host, () => {});
    steal();
    const other = await otherTab();
    expect(await opening).toEqual({ kind: 'owned-elsewhere' });
    expect(await other.write({}, 'strict')).toBe('written');
    other.close();
  });

  it('says so, too, when it was being read', async () => {
    const { getAll } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (
      this: IDBObjectStore,
      ...range
    ) {
      steal();
      return getAll.apply(this, range);
    });
    expect(await LibrarySession.open(request, host, () => {})).toEqual({ kind: 'owned-elsewhere' });
  });
});
