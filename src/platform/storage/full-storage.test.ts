import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { defaultSettings } from '../../protocol/library.ts';
import { browser, file, newBrowser } from './test-browser.ts';
import { hastyClock, until } from './test-clock.ts';
import { exact } from './test-duplicates.ts';

beforeEach(newBrowser);
afterEach(() => {
  vi.restoreAllMocks();
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
    const session = await browser.started();
    failWrites('thumbnails', 'QuotaExceededError');
    await session.library.importing.add([file('a.jpg', 'picture a'), file('b.jpg', 'picture b')]);
    await session.settled('storage-full');
    expect(session.library.state().counts).toMatchObject({ present: 2, queued: 2 });
    expect(await session.store.scores({ id: 'test', version: '1' }, 0 as never)).toBeNull();
    vi.restoreAllMocks();
    session.library.importing.resume();
    await session.settled();
    expect(session.library.state().counts).toMatchObject({ present: 2, queued: 0 });
    expect(browser.embedder.calls).toBe(2);
  });

  it('files are not taken, those before stay, and the list says which', async () => {
    const session = await browser.session();
    await session.library.importing.add([file('a.jpg', 'picture a')]);
    failWrites('blobs', 'QuotaExceededError');
    const report = await session.library.importing.add([file('b.jpg', 'picture b')]);
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
    expect(await session.library.importing.add([file('b.jpg', 'picture b')])).toMatchObject({ accepted: 1 });
  });

  it('decisions are refused loudly and change nothing', async () => {
    const session = await browser.session();
    await session.library.importing.add([file('a.jpg', 'picture a')]);
    failWrites('photoColumns', 'QuotaExceededError');
    await expect(session.library.deciding.remove([1])).rejects.toThrow('not stored: storage-full');
    expect(session.library.state()).toMatchObject({ counts: { present: 1, removed: 0 }, undo: null });
  });
});

describe('when there is no room for anything at all', () => {
  /** Writes that add something fail, to any store or to some; deleting does not. */
  function failAll(isFull: (store: string) => boolean): void {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (isFull(this.name)) throw new DOMException('no room', 'QuotaExceededError');
      return put.call(this, value, key);
    });
  }

  it('the library opens and shows what it has; decisions are refused, settings too; later all goes on', async () => {
    const first = await browser.started();
    await first.add([file('a.jpg', 'picture a dog=0.8'), file('b.jpg', 'picture b')]);
    await first.library.finding.recommendations.noteOpened(1 as never);
    await first.library.close();
    first.store.close();

    let isFull = true;
    failAll(() => isFull);
    const second = await browser.session();
    expect((await second.names()).sort()).toEqual(['a.jpg', 'b.jpg']);
    await expect(second.library.deciding.judge([1], 0 as LabelNumber, 'rejected')).rejects.toThrow(
      'not stored: storage-full',
    );
    await expect(second.store.saveSettings(defaultSettings)).rejects.toThrow('not stored: storage-full');
    // What nothing depends on is not remembered, which is no failure; what was is forgotten when that is asked for.
    await second.library.finding.recommendations.noteOpened(2 as never);
    expect(await second.store.remembered('opened')).toEqual([1]);
    await second.library.finding.recommendations.forget();
    expect(await second.store.remembered('opened')).toBeUndefined();
    isFull = false;
    await second.library.deciding.judge([1], 0 as LabelNumber, 'rejected');
    expect(await second.names({ allOf: [0 as LabelNumber] })).toEqual([]);
    // Who opened it while it was full owns it all the same.
    const third = await browser.session();
    await expect(second.library.deciding.remove([1])).rejects.toThrow('not stored: lost');
    await expect(second.store.saveSettings(defaultSettings)).rejects.toThrow('not stored: lost');
    expect((await third.names()).sort()).toEqual(['a.jpg', 'b.jpg']);
  });

  it('who takes the library over is its owner, whenever that can be stored: one tab alone writes', async () => {
    const first = await browser.session();
    await first.library.importing.add([file('a.jpg', 'picture a'), file('b.jpg', 'picture b')]);
    let isFull = true;
    failAll(() => isFull);
    const second = await browser.session();
    isFull = false;
    // The first one was frozen: it has not been told.
    await expect(first.library.deciding.remove([1])).rejects.toThrow('not stored: lost');
    await expect(first.store.saveSettings(defaultSettings)).rejects.toThrow('not stored: lost');
    const third = await browser.session();
    await expect(second.library.deciding.remove([1])).rejects.toThrow('not stored: lost');
    await expect(second.library.deciding.deleteForGood([1])).rejects.toThrow('not stored: lost');
    await third.library.deciding.remove([2]);
    expect(third.library.state().counts).toMatchObject({ present: 1, removed: 1 });
  });

  it('what was laid by is given up for removing photos, and makes the import go on', async () => {
    const session = await browser.started();
    await session.add([file('a.jpg', 'picture a'), file('b.jpg', 'picture b')]);
    await session.store.keepReserve(async () => 2 ** 30);
    expect(await session.store.remembered('reserve')).toHaveLength(2 * 2 ** 20);
    await session.library.importing.add([file('c.jpg', 'picture c')]);
    // From now on there is room for what the person decides once the reserve is gone, for results once a photo is.
    let photos = 2;
    const { delete: remove } = IDBObjectStore.prototype;
    let reserved = true;
    vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (this: IDBObjectStore, key) {
      if (this.name === 'meta' && key === 'reserve') reserved = false;
      if (this.name === 'thumbnails') photos--;
      return remove.call(this, key);
    });
    failAll((store) => (store === 'thumbnails' ? photos > 1 : store === 'photoColumns' && reserved));
    await session.settled('storage-full');
    await session.library.deciding.remove([1]);
    expect(reserved).toBe(false);
    await session.library.deciding.purge();
    await session.settled();
    expect(session.library.state().counts).toMatchObject({ present: 2, queued: 0, removed: 0 });
    expect((await session.names()).sort()).toEqual(['b.jpg', 'c.jpg']);
  });

  it('what was laid by is not for pairs of duplicates, which are looked for again only in a while', async () => {
    const session = await browser.started({ clock: hastyClock });
    await session.add([file('a.jpg', 'picture a'), file('b.jpg', 'picture b')]);
    await session.store.keepReserve(async () => 2 ** 30);
    let refused = 0;
    failAll((store) => store === 'duplicatePairs' && ++refused > 0);
    const { duplicates } = session.library;
    const { search } = duplicates;
    await duplicates.view(exact);
    await until(() => refused > 0 && search.status.state === 'waiting');
    // As long as the search otherwise needs for ten looks.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(refused).toBe(1);
    expect(await session.store.remembered('reserve')).toHaveLength(2 * 2 ** 20);
    vi.restoreAllMocks();
    await until(() => search.status.state === 'done');
    expect(search.status.done).toBe(2);
  });

  it('deleting goes on all the same, also where the browser gives less than is used, from the start on', async () => {
    const first = await browser.started();
    await first.add([file('a.jpg', 'picture a'), file('b.jpg', 'picture b')]);
    await first.library.deciding.remove([1]);
    await first.library.close();
    first.store.close();

    let isFull = true;
    failAll(() => isFull);
    const { delete: remove } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (this: IDBObjectStore, key) {
      if (this.name === 'blobs') isFull = false; // there is room once a file is gone
      return remove.call(this, key);
    });
    const second = await browser.session();
    expect(await second.library.previews.evict()).toBe(2);
    expect(isFull).toBe(true);
    await second.library.deciding.purge();
    expect(second.library.state().counts).toMatchObject({ present: 1, removed: 0 });
    expect(await second.names()).toEqual(['b.jpg']);
    // What was there before may write no more.
    const third = await browser.session();
    expect((await third.names({ show: 'removed' })).length).toBe(0);
    await expect(second.library.deciding.remove([2])).rejects.toThrow('not stored: lost');
  });

  it('photos that are deleted stay deleted, also where not even their rows can be written; those go once there is room', async () => {
    const first = await browser.started();
    await first.add([file('a.jpg', 'picture a'), file('b.jpg', 'picture b'), file('copy.jpg', 'picture b')]);
    await first.add([file('c.jpg', 'picture c dog=0.8')]);
    const [dog] = await first.names({ show: 'present' });
    expect(dog).toBe('c.jpg');
    await first.library.deciding.judge([1, 4], 0 as LabelNumber, 'rejected');
    // Of the two that are the same, the bytes of whichever was done first are kept.
    const [shared] = await first.store.records([2 as never]);
    const kept = (await first.store.contents([shared!.sha256!]))[0]!.blob!;
    let isFull = true;
    failAll(() => isFull);
    // Not removed before: present ones, of which one shares its bytes with another.
    await first.library.deciding.deleteForGood([1, 2]);
    expect(await first.names()).toEqual(['c.jpg', 'copy.jpg']);
    await first.library.close();
    first.store.close();

    const second = await browser.started();
    expect((await second.names()).sort()).toEqual(['c.jpg', 'copy.jpg']);
    expect((await second.library.reading.photo(1 as never)) ?? null).toBeNull();
    await second.library.close();
    second.store.close();

    isFull = false;
    const third = await browser.started();
    await third.library.deciding.deleteForGood([]);
    const stored = await third.store.load();
    expect(stored.rowsWhole).toBe(true);
    expect(stored.names.flatMap(({ names }) => names.filter((name) => name !== ''))).toEqual([
      'copy.jpg',
      'c.jpg',
    ]);
    expect([...stored.verdicts.flatMap(({ triples }) => [...triples])]).toEqual([4, 0, 2]);
    // The bytes that two had go with the second one.
    expect(await third.store.blob(kept)).not.toBeNull();
    await third.library.deciding.deleteForGood([3]);
    expect(await third.names()).toEqual(['c.jpg']);
    const [record] = await third.store.records([4 as never]);
    expect(await third.store.contents([record!.sha256!])).toHaveLength(1);
    expect(await third.store.blob(kept)).toBeNull();
  });

  it('bytes that two photos share go with the second one, also while nothing can be written', async () => {
    const session = await browser.started();
    await session.add([file('b.jpg', 'picture b'), file('copy.jpg', 'picture b')]);
    const [record] = await session.store.records([1 as never]);
    const kept = (await session.store.contents([record!.sha256!]))[0]!.blob!;
    failAll(() => true);
    await session.library.deciding.deleteForGood([1]);
    expect(await session.store.blob(kept)).not.toBeNull();
    await session.library.deciding.deleteForGood([2]);
    expect(await session.store.blob(kept)).toBeNull();
    expect(await session.store.contents([record!.sha256!])).toEqual([null]);
  });

  it('nothing is laid by where there is little room', async () => {
    const session = await browser.session();
    await session.store.keepReserve(async () => 2 ** 20);
    expect(await session.store.remembered('reserve')).toBeUndefined();
  });
});

describe('a file that cannot be read while it is stored', () => {
  it('costs only itself', async () => {
    const session = await browser.session();
    const bad = file('bad.jpg', 'picture bad, unreadable');
    const size = 'candidate' in bad ? bad.candidate.bytes.size : 0;
    failWrites('blobs', 'NotReadableError', (value) => (value as Blob).size === size);
    const report = await session.library.importing.add([
      file('a.jpg', 'picture a'),
      bad,
      file('b.jpg', 'picture b'),
    ]);
    expect(report).toEqual({
      accepted: 2,
      alreadyThere: 0,
      refused: 1,
      stopped: null,
      cancelled: false,
      intake: 0,
    });
    expect((await session.names()).sort()).toEqual(['a.jpg', 'b.jpg']);
    expect((await session.library.importing.failures(9)).first).toMatchObject([
      { name: 'bad.jpg', failure: { code: 'unreadable' } },
    ]);
  });
});

describe('a bug in storage', () => {
  it('ends the worker, so that it starts anew from what is stored', async () => {
    const session = await browser.started();
    failWrites('thumbnails', 'ConstraintError');
    await session.library.importing.add([file('a.jpg', 'picture a')]);
    await until(() => browser.crashes.length > 0);
    expect(browser.crashes).toHaveLength(1);
    browser.crashes.length = 0;
    session.kill();
    vi.restoreAllMocks();
    const second = await browser.started();
    await second.settled();
    expect(second.library.state().counts).toMatchObject({ present: 1, queued: 0 });
  });
});
