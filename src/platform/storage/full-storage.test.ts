import 'fake-indexeddb/auto';
import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { file, TestBrowser } from './test-browser.ts';

let browser: TestBrowser;
beforeEach(() => {
  browser = new TestBrowser();
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(browser.crashes).toEqual([]);
});

/** From now on, writing to a store fails as it does when the disk is full (or a file cannot be read). */
function failWrites(store: string, name: string, when: (value: unknown) => boolean = () => true): void {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (this.name === store && when(value)) throw new DOMException(`no ${store}`, name);
    return put.call(this, value, key);
  });
}

describe('when storage is full', () => {
  it('an import stops, says so, and goes on once there is room; nothing is lost or half written', async () => {
    const session = await browser.session();
    await session.startModel();
    failWrites('thumbnails', 'QuotaExceededError');
    await session.library.add([file('a.jpg', 'picture a'), file('b.jpg', 'picture b')]);
    await session.settled('storage-full');
    expect(session.library.state().counts).toMatchObject({ present: 2, queued: 2 });
    expect(await session.store.scores({ id: 'test', version: '1' }, 0 as never)).toBeNull();
    vi.restoreAllMocks();
    session.library.resumeImport();
    await session.settled();
    expect(session.library.state().counts).toMatchObject({ present: 2, queued: 0 });
    expect(browser.embedder.calls).toBe(2);
  });

  it('files are not taken, those before stay, and the list says which', async () => {
    const session = await browser.session();
    await session.library.add([file('a.jpg', 'picture a')]);
    failWrites('blobs', 'QuotaExceededError');
    const report = await session.library.add([file('b.jpg', 'picture b')]);
    expect(report).toEqual({
      accepted: 0,
      alreadyThere: 0,
      refused: 1,
      stopped: { code: 'storage-full' },
      cancelled: false,
      intake: 0,
    });
    expect(await session.names()).toEqual(['a.jpg']);
    vi.restoreAllMocks();
    expect(await session.library.add([file('b.jpg', 'picture b')])).toMatchObject({ accepted: 1 });
  });

  it('decisions are refused loudly and change nothing', async () => {
    const session = await browser.session();
    await session.library.add([file('a.jpg', 'picture a')]);
    failWrites('photoColumns', 'QuotaExceededError');
    await expect(session.library.remove([1])).rejects.toThrow('not stored: storage-full');
    expect(session.library.state()).toMatchObject({ counts: { present: 1, removed: 0 }, undo: null });
  });
});

describe('a file that cannot be read while it is stored', () => {
  it('costs only itself', async () => {
    const session = await browser.session();
    const bad = file('bad.jpg', 'picture bad, unreadable');
    const size = 'candidate' in bad ? bad.candidate.bytes.size : 0;
    failWrites('blobs', 'NotReadableError', (value) => (value as Blob).size === size);
    const report = await session.library.add([file('a.jpg', 'picture a'), bad, file('b.jpg', 'picture b')]);
    expect(report).toEqual({
      accepted: 2,
      alreadyThere: 0,
      refused: 1,
      stopped: null,
      cancelled: false,
      intake: 0,
    });
    expect((await session.names()).sort()).toEqual(['a.jpg', 'b.jpg']);
    expect(await session.library.importFailures()).toMatchObject([
      { name: 'bad.jpg', failure: { code: 'unreadable' } },
    ]);
  });
});

describe('a bug in storage', () => {
  it('ends the worker, so that it starts anew from what is stored', async () => {
    const session = await browser.session();
    await session.startModel();
    failWrites('thumbnails', 'ConstraintError');
    await session.library.add([file('a.jpg', 'picture a')]);
    await vi.waitFor(() => expect(browser.crashes).toHaveLength(1));
    browser.crashes.length = 0;
    session.kill();
    vi.restoreAllMocks();
    const second = await browser.session();
    await second.startModel();
    await second.settled();
    expect(second.library.state().counts).toMatchObject({ present: 1, queued: 0 });
  });
});
