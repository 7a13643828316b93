import { beforeEach, describe, expect, it, vi } from 'vitest';
import { everything } from '../../core/library/duplicate-scope.ts';
import type { StoredFolder } from '../../core/library/stored-rows.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { backedUp, restored } from '../backup/test-backup.ts';
import { browser, newHastyBrowser } from './test-browser.ts';
import { until } from './test-clock.ts';
import { exact } from './test-duplicates.ts';
import type { TestHandle } from './test-files.ts';
import { folderHandle } from './test-folders.ts';
import { move, nothing, photosByPath, pick, rescanned, save, trip } from './test-picked-folder.ts';

beforeEach(newHastyBrowser);

const dog = 0 as LabelNumber;

describe('a picked folder', () => {
  it('is remembered once, also when nothing in it is new, and when it is picked through another session', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'dog=0.8' });
    expect(await pick(session, trip)).toMatchObject({ accepted: 1, alreadyThere: 0 });
    expect(await pick(session, folderHandle('/trip'))).toMatchObject({ accepted: 0, alreadyThere: 1 });
    expect(await pick(session, folderHandle('/empty'))).toMatchObject({ accepted: 0, alreadyThere: 0 });
    await session.library.close();
    const next = await browser.started();
    expect(await next.library.importing.folders.list()).toMatchObject([
      { name: 'trip', photos: 1, missing: 0, state: 'ready', isFollowed: true },
      { name: 'empty', photos: 0 },
    ]);
    expect(await rescanned(next)).toEqual(nothing);
  });

  it('is brought in step: new, changed, moved and missing files; tags follow', async () => {
    const session = await browser.started();
    save({
      '/trip/a.jpg': 'a',
      '/trip/b.jpg': 'b',
      '/trip/c.jpg': 'c cat=0.8',
      '/trip/d.jpg': 'd',
      '/trip/notes.txt': 'n',
    });
    await pick(session, trip);
    // The text file failed, and is not asked about again.
    expect(session.library.state().import.failed).toBe(0);
    const before = await photosByPath(session);
    for (const id of Object.values(before)) await session.library.deciding.judge([id], dog, 'accepted');
    await session.library.close();

    save({ '/trip/new.jpg': 'new', '/trip/film.mp4': 'x', '/trip/c.jpg': 'c2 dog=0.9' });
    move('/trip/a.jpg', '/trip/deep/er/renamed.jpg');
    browser.files.disk.delete('/trip/b.jpg');
    const next = await browser.started();
    expect(await rescanned(next)).toEqual({ fresh: 1, moved: 1, changed: 1, missing: 1, back: 0 });
    const after = await photosByPath(next);
    expect(after['trip/deep/er/renamed.jpg']).toBe(before['trip/a.jpg']);
    expect(after['trip/c.jpg']).toBe(before['trip/c.jpg']);
    expect(Object.keys(after).sort()).toEqual([
      'trip/b.jpg',
      'trip/c.jpg',
      'trip/d.jpg',
      'trip/deep/er/renamed.jpg',
      'trip/new.jpg',
      'trip/notes.txt',
    ]);
    const tagged = (await next.names({ allOf: [dog] })).sort();
    expect(tagged).toEqual(['b.jpg', 'c.jpg', 'd.jpg', 'notes.txt', 'renamed.jpg']);
    const moved = await next.library.reading.original(after['trip/deep/er/renamed.jpg']!);
    expect(await (moved as Blob).text()).toBe('picture a');
    // What is missing keeps its thumbnail and is told as missing.
    const missing = (await next.library.reading.photo(after['trip/b.jpg']!))!;
    expect(missing).toMatchObject({ hasThumbnail: true, isMissing: true });
    expect(await next.library.reading.original(after['trip/b.jpg']!)).toEqual({ code: 'file-missing' });
    expect(next.library.state().counts.missing).toBe(1);
    expect(await next.names({ show: 'missing' })).toEqual(['b.jpg']);
    expect(await rescanned(next)).toEqual(nothing);
    // It comes back under another name.
    save({ '/trip/back.jpg': 'b' });
    expect(await rescanned(next)).toEqual({ ...nothing, moved: 1 });
    expect((await photosByPath(next))['trip/back.jpg']).toBe(before['trip/b.jpg']);
    expect(next.library.state().counts.missing).toBe(0);
  });

  it('that is gone takes none of its photos along; found elsewhere, all of them go on', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a', '/trip/x/b.jpg': 'b' });
    await pick(session, trip);
    const before = await photosByPath(session);
    browser.folders.unreadable.set('/trip', 'file-missing');
    expect(await rescanned(session)).toEqual(nothing);
    expect(await session.library.importing.folders.list()).toMatchObject([{ state: 'gone', missing: 0 }]);
    move('/trip/a.jpg', '/disk/Trip/a.jpg');
    move('/trip/x/b.jpg', '/disk/Trip/x/b.jpg');
    const { number } = (await session.library.importing.folders.list())[0]!;
    expect(await session.library.importing.folders.relocate(number, folderHandle('/disk/Trip'))).toEqual(
      nothing,
    );
    const after = await photosByPath(session);
    expect(after).toEqual({ 'Trip/a.jpg': before['trip/a.jpg'], 'Trip/x/b.jpg': before['trip/x/b.jpg'] });
    expect(await ((await session.library.reading.original(after['Trip/a.jpg']!)) as Blob).text()).toBe(
      'picture a',
    );
    expect(await session.library.importing.folders.list()).toMatchObject([
      { name: 'Trip', state: 'ready', photos: 2 },
    ]);
  });

  it('that is picked from its new place brings its photos along, tags and all', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a' });
    await pick(session, trip);
    const before = await photosByPath(session);
    move('/trip/a.jpg', '/disk/all/a.jpg');
    await rescanned(session);
    expect(await pick(session, folderHandle('/disk/all'))).toMatchObject({ accepted: 0, alreadyThere: 1 });
    expect(await photosByPath(session)).toEqual({ 'all/a.jpg': before['trip/a.jpg'] });
  });

  it('that has another name by now, and is picked under it, brings its photos along', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a', '/trip/x/b.jpg': 'b' });
    await pick(session, trip);
    const before = await photosByPath(session);
    // Nobody has looked since.
    browser.folders.unreadable.set('/trip', 'file-missing');
    move('/trip/a.jpg', '/journey/a.jpg');
    move('/trip/x/b.jpg', '/journey/x/b.jpg');
    expect(await pick(session, folderHandle('/journey'))).toMatchObject({ accepted: 0, alreadyThere: 2 });
    expect(await photosByPath(session)).toEqual({
      'journey/a.jpg': before['trip/a.jpg'],
      'journey/x/b.jpg': before['trip/x/b.jpg'],
    });
  });

  it('that has the name of another one keeps its photos apart from those, wherever one goes by paths', async () => {
    const session = await browser.started();
    save({ '/d/trip/a.jpg': 'one', '/e/Trip/a.jpg': 'one', '/e/Trip/b.jpg': 'two' });
    await pick(session, folderHandle('/d/trip'));
    await pick(session, folderHandle('/e/Trip'));
    const paths = ['Trip (2)/a.jpg', 'Trip (2)/b.jpg', 'trip/a.jpg'];
    expect(Object.keys(await photosByPath(session)).sort()).toEqual(paths);
    expect(await session.library.importing.folders.list()).toMatchObject([
      { name: 'trip' },
      { name: 'Trip (2)' },
    ]);
    // What is of one is not of the other: a folder of reference, a decision about equal files.
    const { duplicates } = session.library;
    const scope = { ...everything, references: ['Trip (2)'] };
    expect(await duplicates.view({ ...exact, scope })).toMatchObject({ references: 2 });
    const kept = (await photosByPath(session))['Trip (2)/a.jpg']!;
    await duplicates.decide({ kind: 'keep', photos: [kept, (await photosByPath(session))['trip/a.jpg']!] });
    const [decision] = await duplicates.decisions();
    expect(decision!.photos.map(({ place }) => place)).toEqual(['Trip (2)/a.jpg', 'trip/a.jpg']);
    // A look keeps the names, and what is new in it has them, too.
    save({ '/e/Trip/new.jpg': 'new' });
    move('/e/Trip/b.jpg', '/e/Trip/deep/b.jpg');
    await session.library.close();
    const next = await browser.started();
    expect(await rescanned(next)).toEqual({ ...nothing, fresh: 1, moved: 1 });
    const after = Object.keys(await photosByPath(next)).sort();
    expect(after).toEqual(['Trip (2)/a.jpg', 'Trip (2)/deep/b.jpg', 'Trip (2)/new.jpg', 'trip/a.jpg']);
  });

  it('that has the name of another one in an older library is given a name of its own at the next start', async () => {
    const session = await browser.started();
    save({ '/d/trip/a.jpg': 'one', '/e/trip/a.jpg': 'two' });
    for (const path of ['/d/trip', '/e/trip']) await pick(session, folderHandle(path));
    const id = (await photosByPath(session))['trip (2)/a.jpg']!;
    const [, { name: _, ...folder }] = (await session.store.allFolders()) as [StoredFolder, StoredFolder];
    const { store } = session;
    const names = (await store.load()).names.map((chunk) => ({
      ...chunk,
      paths: chunk.paths.map((path) => path?.replace(' (2)', '') ?? null),
    }));
    await store.write({ folders: [folder], names }, 'strict');
    session.kill();
    const next = await browser.started();
    expect(await rescanned(next)).toEqual(nothing);
    expect((await photosByPath(next))['trip (2)/a.jpg']).toBe(id);
  });

  it('within another one is part of it; one around others leaves them their photos', async () => {
    const session = await browser.started();
    save({ '/all/trip/a.jpg': 'a', '/all/b.jpg': 'b' });
    await pick(session, folderHandle('/all/trip'));
    expect(await pick(session, folderHandle('/all'))).toMatchObject({ accepted: 1, alreadyThere: 1 });
    save({ '/all/deep/c.jpg': 'c' });
    expect(await pick(session, folderHandle('/all/deep'))).toMatchObject({ accepted: 1 });
    expect(Object.keys(await photosByPath(session)).sort()).toEqual([
      'all/b.jpg',
      'all/deep/c.jpg',
      'trip/a.jpg',
    ]);
    expect(
      (await session.library.importing.folders.list()).map(({ name, photos: count }) => [name, count]),
    ).toEqual([
      ['trip', 1],
      ['all', 2],
    ]);
    expect(await rescanned(session)).toEqual(nothing);
    // From one into the other.
    move('/all/b.jpg', '/all/trip/b.jpg');
    expect(await rescanned(session)).toEqual({ ...nothing, moved: 1 });
  });

  it('keeps out what was removed for good, until the file is another or the person adds it again', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a', '/trip/b.jpg': 'b', '/trip/c.jpg': 'c' });
    await pick(session, trip);
    const all = await photosByPath(session);
    await session.library.deciding.remove(Object.values(all));
    expect(await rescanned(session)).toEqual(nothing);
    await session.library.deciding.purge();
    save({ '/trip/b.jpg': 'b2' });
    expect(await rescanned(session)).toEqual({ ...nothing, fresh: 1 });
    expect(await pick(session, trip)).toMatchObject({ accepted: 2, alreadyThere: 1 });
  });

  it('shows what is in the place of a removed photo once that is another picture', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a', '/trip/b.jpg': 'b' });
    await pick(session, trip);
    await session.library.deciding.remove(await session.ids());
    const { disk } = browser.files;
    // Touched, it is the same picture.
    disk.set('/trip/b.jpg', { ...disk.get('/trip/b.jpg')!, modifiedAt: 9 });
    save({ '/trip/a.jpg': 'another dog=0.9' });
    expect(await rescanned(session)).toEqual({ ...nothing, changed: 1 });
    expect(await session.names()).toEqual(['a.jpg']);
    expect(await session.names({ allOf: [dog] })).toEqual(['a.jpg']);
    expect(session.library.state().counts).toMatchObject({ present: 1, removed: 1 });
  });

  it('waits for permission after a restart, and goes on when it is given', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a' });
    await pick(session, trip);
    await session.library.close();
    save({ '/trip/new.jpg': 'new' });
    browser.folders.locked.add('/trip');
    const next = await browser.started();
    await until(() => next.library.state().folders.waiting === 1);
    expect(await rescanned(next)).toEqual(nothing);
    expect(await next.library.importing.handlesNeedingPermission()).toMatchObject([{ name: 'trip' }]);
    browser.folders.locked.clear();
    await next.library.importing.retry(null);
    await until(() => next.library.state().counts.present === 2);
    await until(() => next.library.state().folders.scanning === null);
    expect(next.library.state().folders).toEqual({ count: 1, waiting: 0, scanning: null });
    // From then on it tells by itself.
    save({ '/trip/later.jpg': 'later' });
    expect(browser.folders.tell('/trip')).toBe(1);
    await until(() => next.library.state().counts.present === 3);
    await next.library.close();
  });

  it('is looked through at the start, unless it is not followed', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a' });
    await pick(session, trip);
    await session.library.close();
    save({ '/trip/new.jpg': 'new' });
    const next = await browser.started();
    await until(() => next.library.state().counts.present === 2);
    const { number } = (await next.library.importing.folders.list())[0]!;
    await next.library.importing.folders.follow(number, false);
    await next.library.close();
    save({ '/trip/newer.jpg': 'newer' });
    browser.folders.locked.add('/trip');
    const last = await browser.started();
    await last.ids();
    expect(browser.folders.tell('/trip')).toBe(0);
    expect(last.library.state()).toMatchObject({ counts: { present: 2 }, folders: { waiting: 0 } });
  });

  it('whose import was cancelled is not taken up again', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a', '/trip/b.jpg': 'b' });
    browser.folders.listed = () => session.library.importing.cancel();
    expect(await pick(session, trip)).toMatchObject({ cancelled: true });
    browser.folders.listed = () => {};
    expect(await session.library.importing.folders.list()).toMatchObject([{ isFollowed: false }]);
  });

  it('that changes while storage is full is looked through again once there is room', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a' });
    await pick(session, trip);
    const write = vi.spyOn(session.store, 'write').mockResolvedValue('storage-full');
    browser.files.disk.delete('/trip/a.jpg');
    browser.folders.tell('/trip');
    await until(() => write.mock.calls.length > 0);
    await expect(session.library.importing.folders.rescan(null)).rejects.toThrow('storage-full');
    write.mockRestore();
    browser.folders.tell('/trip');
    await until(() => session.library.state().counts.missing === 1);
    await session.library.close();
  });

  it('of which a part cannot be read loses nothing', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a', '/trip/x/b.jpg': 'b' });
    await pick(session, trip);
    browser.folders.unreadable.set('/trip/x', 'unreadable');
    expect(await rescanned(session)).toEqual(nothing);
  });

  it('gives the photos of a backup without originals their files, wherever these are now', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a', '/trip/b.jpg': 'b' });
    await pick(session, trip);
    const before = await photosByPath(session);
    await session.library.deciding.judge([before['trip/a.jpg']!], dog, 'accepted');
    const backup = await backedUp(session);
    session.kill();
    const disk = browser.files.disk;
    newHastyBrowser();
    const other = await browser.started();
    await restored(other, backup);
    expect(other.library.state().counts).toMatchObject({ present: 2, missing: 2 });
    for (const [entry, content] of disk)
      browser.files.disk.set(entry.replace('/trip/', '/new/2024-'), content);
    expect(await pick(other, folderHandle('/new'))).toMatchObject({ accepted: 0, alreadyThere: 2 });
    expect(other.library.state().counts).toMatchObject({ present: 2, missing: 0 });
    expect(await other.names({ allOf: [dog] })).toEqual(['2024-a.jpg']);
    expect(browser.embedder.calls).toBe(0);
  });

  it('takes over what had been added by itself, and follows single files into it', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a', '/b.jpg': 'b' });
    const single = async (entry: string) => {
      const { bytes, modifiedAt } = browser.files.disk.get(entry)!;
      const handle: TestHandle = { kind: 'file', name: entry.slice(entry.lastIndexOf('/') + 1), entry };
      const candidate = { name: handle.name, path: null, modifiedAt, bytes, handle, root: null };
      await session.library.importing.add([{ candidate }]);
    };
    await single('/trip/a.jpg');
    await single('/b.jpg');
    await session.settled();
    const before = await photosByPath(session);
    expect(await pick(session, trip)).toMatchObject({ accepted: 0, alreadyThere: 1 });
    move('/b.jpg', '/trip/c.jpg');
    expect(await session.library.reading.original(before['b.jpg']!)).toEqual({ code: 'file-missing' });
    expect(await rescanned(session)).toEqual({ ...nothing, moved: 1 });
    expect(await photosByPath(session)).toEqual({
      'trip/a.jpg': before['a.jpg'],
      'trip/c.jpg': before['b.jpg'],
    });
  });
});
