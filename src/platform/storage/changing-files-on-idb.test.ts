import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { browser, newBrowser } from './test-browser.ts';
import { until } from './test-clock.ts';
import type { TestHandle } from './test-files.ts';
import { folderHandle } from './test-folders.ts';
import { move, nothing, photosByPath, pick, rescanned, save, trip } from './test-picked-folder.ts';

/** Files of picked folders that change, move or go while their photos are processed, or after it. */

beforeEach(newBrowser);
afterEach(() => void vi.restoreAllMocks());

const dog = 0 as LabelNumber;

describe('a picked folder', () => {
  it('whose file changes while it waits for the model is counted once', async () => {
    const session = await browser.session();
    save({ '/trip/a.jpg': 'a' });
    const list = (handle: TestHandle) => browser.folders.list(handle);
    await session.library.importing.addPicked([trip], list(trip));
    save({ '/trip/a.jpg': 'changed' });
    // The look at the start may come before this one and find it: what that one tells is in the next test.
    await session.library.importing.folders.rescan(null);
    expect(session.library.state().import).toMatchObject({ done: 0, total: 1 });
    await session.startModel();
    await session.settled();
    expect(session.library.state().import).toMatchObject({ done: 1, total: 1, failed: 0 });
    const [id] = Object.values(await photosByPath(session));
    expect(await session.library.reading.photo(id!)).toMatchObject({ size: 'picture changed'.length });
  });

  it('whose file changes while it waits for the model is told of as changed', async () => {
    const first = await browser.session();
    save({ '/trip/a.jpg': 'a' });
    await first.library.importing.addPicked([trip], browser.folders.list(trip));
    await first.library.close();
    let listed = 0;
    browser.folders.listed = () => {
      listed++;
    };
    const session = await browser.session();
    // The look at the start is over, so no other one comes in between.
    await until(() => listed === 1 && session.library.state().folders.scanning === null);
    save({ '/trip/a.jpg': 'changed' });
    expect(await session.library.importing.folders.rescan(null)).toEqual({ ...nothing, changed: 1 });
    expect(session.library.state().import).toMatchObject({ done: 0, total: 1 });
  });
});

describe('a missing photo', () => {
  it('is linked to a file with its bytes; to another one only if the person wants that', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a' });
    await pick(session, trip);
    const id = (await photosByPath(session))['trip/a.jpg']!;
    move('/trip/a.jpg', '/else/z.jpg');
    save({ '/else/other.jpg': 'other dog=0.9' });
    await rescanned(session);
    const handle = (name: string): TestHandle => ({ kind: 'file', name, entry: `/else/${name}` });
    expect(await session.library.importing.relink(id, handle('other.jpg'), false)).toBe('different');
    expect(await session.library.importing.relink(id, handle('gone.jpg'), true)).toEqual({
      code: 'file-missing',
    });
    expect(await session.library.reading.photo(id)).toMatchObject({ name: 'a.jpg', isMissing: true });
    expect(await session.library.importing.relink(id, handle('z.jpg'), false)).toBe('linked');
    expect(await session.library.reading.photo(id)).toMatchObject({
      name: 'z.jpg',
      path: null,
      isMissing: false,
    });
    expect(await session.library.importing.relink(id, handle('other.jpg'), true)).toBe('linked');
    await session.settled();
    expect(await session.names({ allOf: [dog] })).toEqual(['other.jpg']);
    expect(session.library.state().counts).toMatchObject({ present: 1, missing: 0 });
  });
});

describe('while a photo is processed, or after it', () => {
  /** A photo of the folder whose file changed, and which is processed anew until `release`. */
  async function changedAndInHand() {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a dog=0.9' });
    await pick(session, trip);
    save({ '/trip/a.jpg': 'a2 dog=0.9' });
    const release = browser.embedder.hold();
    await session.library.importing.folders.rescan(null);
    await until(() => browser.embedder.underWay === 1);
    return { session, release };
  }

  it('a file that changes is processed again, and counted once', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'broken' });
    const release = browser.embedder.hold();
    const list = browser.folders.list(trip);
    await session.library.importing.addPicked([trip], list);
    await until(() => browser.embedder.underWay === 1);
    save({ '/trip/a.jpg': 'mended dog=0.9' });
    await session.library.importing.folders.rescan(null);
    release();
    await session.settled();
    expect(session.library.state().counts).toMatchObject({ present: 1, failed: 0, queued: 0 });
    expect(session.library.state().import).toMatchObject({ done: 1, total: 1, failed: 0 });
    expect(await session.names({ allOf: [dog] })).toEqual(['a.jpg']);
  });

  it('a file that moves is found where it is', async () => {
    const { session, release } = await changedAndInHand();
    const [id] = await session.ids();
    move('/trip/a.jpg', '/else/z.jpg');
    const handle: TestHandle = { kind: 'file', name: 'z.jpg', entry: '/else/z.jpg' };
    expect(await session.library.importing.relink(id!, handle, true)).toBe('linked');
    release();
    await session.settled();
    expect(session.library.state().counts).toMatchObject({ present: 1, failed: 0, queued: 0 });
    expect(await session.library.reading.original(id!)).toBe(browser.files.disk.get('/else/z.jpg')!.bytes);
  });

  it('a file that is somewhere else under the same path does not stay failed', async () => {
    const { session, release } = await changedAndInHand();
    move('/trip/a.jpg', '/disk/trip/a.jpg');
    const { number } = (await session.library.importing.folders.list())[0]!;
    await session.library.importing.folders.relocate(number, folderHandle('/disk/trip'));
    browser.embedder.failNext = { code: 'file-missing' };
    release();
    await session.settled();
    expect(session.library.state().counts).toMatchObject({ present: 1, failed: 0, queued: 0 });
    const [id] = await session.ids();
    expect((await session.library.reading.photo(id!))?.failure).toBeNull();
  });

  it('a file that was edited into a broken one leaves its photo the results, and the sum that they are of', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a dog=0.9' });
    await pick(session, trip);
    const [id] = await session.ids();
    const [before] = await session.store.records([id!]);
    save({ '/trip/a.jpg': 'broken now' });
    await rescanned(session);
    const [after] = await session.store.records([id!]);
    expect(after).toMatchObject({ failure: { code: 'broken' }, sha256: before!.sha256 });
  });
});

it('a file deleted for good while storage is full does not come back with the next look', async () => {
  const session = await browser.started();
  save({ '/trip/a.jpg': 'a', '/trip/b.jpg': 'b' });
  await pick(session, trip);
  const [id] = await session.ids();
  const put = IDBObjectStore.prototype.put;
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  await session.library.deciding.deleteForGood([id!]);
  // Nor where the browser ends before there is room: who opens the library next knows of it, and who does once more.
  session.kill();
  const second = await browser.started();
  full.mockImplementation(function (this: IDBObjectStore, value, key) {
    return put.call(this, value, key);
  });
  expect(await rescanned(second)).toEqual(nothing);
  await second.library.deciding.deleteForGood([]);
  expect(await rescanned(second)).toEqual(nothing);
  second.kill();
  const third = await browser.started();
  expect(await rescanned(third)).toEqual(nothing);
  expect(third.library.state().counts).toMatchObject({ present: 1 });
});
