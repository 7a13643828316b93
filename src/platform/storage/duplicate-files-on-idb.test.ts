import { beforeEach, describe, expect, it } from 'vitest';
import { FileRemoval, removedFolderName } from '../../core/library/file-removal.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';
import {
  addFromDisk,
  apply,
  byRules,
  cutOff,
  decidedOnly,
  exact,
  onOneDisk,
  putOnDisk,
} from './test-duplicates.ts';
import { move, nothing, photosByPath, pick, rescanned, save, trip } from './test-picked-folder.ts';

beforeEach(newBrowser);

describe('files of duplicates in a picked folder', () => {
  const root = { kind: 'directory', name: 'Photos' } as const;
  const paths = ['a.jpg', "b's “copy”.jpg", 'c\n👩‍👩‍👧.jpg'];

  /** Number of what `picked` applied. */
  let run: number;

  async function picked(mode: 'move' | 'delete' = 'move'): Promise<TestSession> {
    const session = await browser.started();
    putOnDisk(browser, Object.fromEntries(paths.map((path) => [path, 'picture one'])));
    await addFromDisk(browser, session);
    const applied = await apply(session, byRules, mode);
    run = applied.kind === 'applied' ? applied.run! : 0;
    return session;
  }

  /** Moves the files of the run; the tab is closed before the second one is removed from its place. */
  async function movedInPart(): Promise<TestSession> {
    const session = await picked();
    let removals = 0;
    await cutOff(
      browser,
      session,
      () => session.library.duplicates.clearFiles(run),
      (step) => step === 'remove' && ++removals === 2,
    );
    return browser.session();
  }

  const inPlace = () => paths.filter((path) => browser.folderFiles.disk.get(path) === 'picture one');
  const aside = () =>
    [...browser.folderFiles.disk.keys()].filter((path) => /^Picsift removed .*jpg$/s.test(path));

  it('are moved aside and come back with an undo after a restart', async () => {
    const session = await picked();
    const progress: unknown[] = [];
    browser.folderFiles.beforeStep = () => {
      const { duplicateFiles } = session.library.state();
      if (JSON.stringify(duplicateFiles) !== JSON.stringify(progress.at(-1))) progress.push(duplicateFiles);
    };
    expect(await session.library.duplicates.clearFiles(run)).toMatchObject({
      moved: 2,
      deleted: 0,
      left: 0,
    });
    expect(progress.slice(-2)).toEqual([
      { kind: 'move', done: 0, total: 2 },
      { kind: 'move', done: 1, total: 2 },
    ]);
    expect(session.library.state().duplicateFiles).toBeNull();
    expect(inPlace()).toHaveLength(1);
    expect(aside()).toHaveLength(2);
    session.kill();
    const next = await browser.session();
    expect(await next.library.duplicates.foldersToWrite()).toEqual([root]);
    expect(await next.library.duplicates.undo()).toEqual({ kind: 'run', photos: 2 });
    expect(inPlace()).toEqual(paths);
    expect(aside()).toEqual([]);
    expect(await next.ids()).toHaveLength(3);
    expect(await next.library.duplicates.foldersToWrite()).toEqual([]);
  });

  it('are looked at while the library goes on with other things, are told of, and left alone when that is stopped', async () => {
    const session = await browser.started();
    putOnDisk(browser, Object.fromEntries(paths.map((path) => [path, 'picture one'])));
    await addFromDisk(browser, session);
    const { duplicates, deciding } = session.library;
    const ids = await session.ids();
    const told: unknown[] = [];
    let judged = 0;
    browser.folderFiles.beforeStep = async () => {
      told.push(session.library.state().duplicateFiles);
      // Would wait for ever where the look has the catalogue's turn.
      await deciding.judge([ids[judged++]!], 0 as LabelNumber, 'accepted');
      if (judged === 2) duplicates.journal.stopFiles();
    };
    const look = { kind: 'look', total: 2 };
    expect(await apply(session, byRules, 'move')).toEqual({ kind: 'stopped' });
    expect(told).toEqual([
      { ...look, done: 0 },
      { ...look, done: 1 },
    ]);
    expect(await session.ids()).toHaveLength(3);
    browser.folderFiles.beforeStep = () => {};
    expect(await duplicates.undo()).toBeNull();
    expect(session.library.state().duplicateFiles).toBeNull();

    // Stopped while they are moved, the others stay where they are; Undo takes all back.
    const applied = await apply(session, byRules, 'move');
    browser.folderFiles.beforeStep = (step) => {
      if (step === 'remove') duplicates.journal.stopFiles();
    };
    expect(await duplicates.clearFiles(applied.kind === 'applied' ? applied.run! : 0)).toEqual({
      moved: 1,
      deleted: 0,
      left: 0,
      onlyHere: 0,
      stopped: 1,
    });
    expect([inPlace().length, aside().length]).toEqual([2, 1]);
    expect((await duplicates.view(exact)).cutOff).toBe(false);
    expect(await duplicates.undo()).toEqual({ kind: 'run', photos: 2 });
    expect(inPlace()).toEqual(paths);
    expect(await session.ids()).toHaveLength(3);
  });

  it('that are being moved are not said to be cut off', async () => {
    const { library } = await picked();
    const cutOff = new Set<boolean>();
    // From the first step on, which is the manifest's; also while they are put back.
    browser.folderFiles.beforeStep = () => {
      cutOff.add(library.duplicates.journal.isCutOff);
    };
    await library.duplicates.clearFiles(run);
    expect([...cutOff]).toEqual([false]);
    await library.duplicates.undo();
    expect([...cutOff]).toEqual([false]);
  });

  it('cut off in the middle, they are found in the old or the new state, and can be put back', async () => {
    const next = await movedInPart();
    expect((await next.library.duplicates.view(exact)).cutOff).toBe(true);
    expect(await next.library.duplicates.foldersToWrite()).toEqual([root]);
    expect(await next.library.duplicates.settleFiles()).toEqual([]);
    expect((await next.library.duplicates.view(exact)).cutOff).toBe(false);
    expect(inPlace()).toHaveLength(2);
    expect(aside()).toHaveLength(1);
    await next.library.duplicates.undo();
    expect(inPlace()).toEqual(paths);
  });

  it('undoing what was cut off settles it first', async () => {
    const next = await movedInPart();
    await next.library.duplicates.undo();
    expect(inPlace()).toEqual(paths);
    expect(aside()).toEqual([]);
    expect(await next.ids()).toHaveLength(3);
  });

  it('without access nothing is taken back, and that is said; with access it is', async () => {
    const session = await movedInPart();
    browser.folderFiles.beforeStep = () => {
      throw new DOMException('no access', 'NotAllowedError');
    };
    expect(await session.library.duplicates.undo()).toEqual({ kind: 'run', photos: 0, left: 2 });
    expect(await session.ids()).toHaveLength(1);
    browser.folderFiles.beforeStep = () => {};
    expect(await session.library.duplicates.undo()).toEqual({ kind: 'run', photos: 2 });
    expect(inPlace()).toEqual(paths);
  });

  it('that another program took from where they lay aside come back as photos without a file', async () => {
    const session = await picked();
    const { library } = session;
    await library.duplicates.clearFiles(run);
    browser.folderFiles.disk.delete(aside()[0]!);
    expect(await library.duplicates.undo()).toEqual({ kind: 'run', photos: 2, missing: 1 });
    expect(await session.ids()).toHaveLength(3);
    expect(library.state().counts.missing).toBe(1);
    expect(inPlace()).toHaveLength(2);
    // Nor is it in the way of what can be taken back next.
    expect(await library.duplicates.undo()).toBeNull();
  });

  it('whose place is taken stay aside, for another try', async () => {
    const { library } = await picked();
    await library.duplicates.clearFiles(run);
    browser.folderFiles.disk.set(paths[1]!, 'another one');
    expect(await library.duplicates.undo()).toEqual({ kind: 'run', photos: 1, left: 1 });
    expect(aside()).toHaveLength(1);
    browser.folderFiles.disk.delete(paths[1]!);
    expect(await library.duplicates.undo()).toEqual({ kind: 'run', photos: 1 });
    expect(inPlace()).toEqual(paths);
  });

  it('that cannot be put back are in the way of Undo only until the person leaves them', async () => {
    const session = await browser.started();
    const { duplicates } = session.library;
    await session.add([file('x.jpg', 'picture x'), file('y.jpg', 'picture x')]);
    await duplicates.decide({ kind: 'alternates', photos: await session.ids() });
    putOnDisk(browser, { 'a.jpg': 'picture one', 'b.jpg': 'picture one' });
    await addFromDisk(browser, session);
    const applied = await apply(session, byRules, 'move');
    await duplicates.clearFiles(applied.kind === 'applied' ? applied.run! : 0);
    // The disk is not plugged in: nothing is said to be gone.
    browser.folderFiles.isPluggedIn = false;
    expect(await duplicates.undo()).toMatchObject({ kind: 'run', left: 1 });
    expect(await duplicates.view(exact)).toMatchObject({ stuck: 1, undo: { kind: 'run' } });
    expect(session.library.state().counts.missing).toBe(0);
    await duplicates.leave();
    session.kill();
    const next = await browser.session();
    expect(await next.library.duplicates.view(exact)).toMatchObject({
      stuck: 0,
      undo: { kind: 'alternates' },
    });
    expect(await next.library.duplicates.undo()).toMatchObject({ kind: 'alternates' });
    expect(await next.ids()).toHaveLength(3);
    // It is not lost: the run can be chosen.
    const { number } = (await next.library.duplicates.applied())[0]!;
    expect(await next.library.duplicates.undo(number)).toEqual({ kind: 'run', photos: 0, left: 1 });
    browser.folderFiles.isPluggedIn = true;
    expect(await next.library.duplicates.undo(number)).toEqual({ kind: 'run', photos: 1 });
    expect(await next.ids()).toHaveLength(4);
    expect([...browser.folderFiles.disk.keys()].filter((path) => path.endsWith('.jpg')).sort()).toEqual([
      'a.jpg',
      'b.jpg',
    ]);
  });

  it('that were being moved on a disk that is not plugged in are neither here nor there, as long as the person waits', async () => {
    const next = await movedInPart();
    browser.folderFiles.isPluggedIn = false;
    expect(await next.library.duplicates.settleFiles()).toEqual([root]);
    browser.folderFiles.isPluggedIn = true;
    expect(await next.library.duplicates.settleFiles()).toEqual([]);
    await next.library.duplicates.undo();
    expect(inPlace()).toEqual(paths);
  });

  it('of a run that was taken back meanwhile are left alone, and of another one, too', async () => {
    const { library } = await picked('delete');
    await library.duplicates.undo();
    expect(await library.duplicates.clearFiles(run)).toMatchObject({ moved: 0, deleted: 0, left: 0 });
    expect(inPlace()).toEqual(paths);
  });

  it("a left-over without a byte is in nobody's way; what else lies there is not touched", async () => {
    const { library } = await picked();
    const target = removedFolderName(Date.now());
    const [first, second] = [`${target}/${paths[1]}`, `${target}/${paths[2]}`];
    browser.folderFiles.disk.set(first, '');
    browser.folderFiles.disk.set(second, 'another one');
    expect(await library.duplicates.clearFiles(run)).toMatchObject({ moved: 1, deleted: 0, left: 1 });
    expect(browser.folderFiles.disk.get(first)).toBe('picture one');
    expect(browser.folderFiles.disk.get(second)).toBe('another one');
    browser.folderFiles.disk.set(paths[1]!, '');
    await library.duplicates.undo();
    expect(inPlace()).toEqual(paths);
    expect(browser.folderFiles.disk.get(second)).toBe('another one');
  });

  it('settling takes away a copy of ours only', async () => {
    const { disk } = browser.folderFiles;
    const sha256 = await browser.folderFiles.sha256(new Blob(['picture one']));
    const removal = new FileRemoval(browser.folderFiles, () => root, 'aside');
    for (const [copy, isLeft] of [
      ['picture one', false],
      ['', false],
      ['another one', true],
    ] as const) {
      disk.set('a.jpg', 'picture one').set('aside/a.jpg', copy);
      expect(await removal.settle({ folder: 1, path: ['a.jpg'], sha256, modifiedAt: 5 })).toBe('original');
      expect(disk.get('a.jpg')).toBe('picture one');
      expect(disk.has('aside/a.jpg')).toBe(isLeft);
    }
  });

  it('asked for at once, moving, settling and undoing come one after another', async () => {
    const { library } = await picked();
    const moving = library.duplicates.clearFiles(run);
    const settling = library.duplicates.settleFiles();
    const undoing = library.duplicates.undo();
    expect(await moving).toMatchObject({ moved: 2 });
    expect(await settling).toEqual([]);
    expect(await undoing).toMatchObject({ photos: 2 });
    expect(inPlace()).toEqual(paths);
    expect(aside()).toEqual([]);
  });

  it('stay when the file of the photo that stays is gone, changed, or the same one', async () => {
    const untouched = { moved: 0, deleted: 0, left: 2 };
    const cases: ((kept: string) => void)[] = [
      (kept) => void browser.folderFiles.disk.delete(kept),
      (kept) => void browser.folderFiles.disk.set(kept, 'other'),
      () => {
        browser.files.isSameEntry = async () => true;
      },
    ];
    for (const change of cases) {
      newBrowser();
      const session = await picked('delete');
      const [kept] = session.library.reading.cells(await session.ids());
      change(kept!.name);
      const before = inPlace();
      expect(await session.library.duplicates.clearFiles(run)).toMatchObject(untouched);
      expect(inPlace()).toEqual(before);
      session.kill();
    }
  });

  it('no photo goes for the sake of one whose file is missing', async () => {
    const session = await picked();
    await session.library.duplicates.undo();
    const plan = () => session.library.duplicates.plan(byRules);
    const { keptFor, keptName } = (await plan()).entries[0]!;
    browser.folderFiles.disk.delete(keptName);
    expect(await session.library.reading.original(keptFor)).toEqual({ code: 'file-missing' });
    const { entries } = await plan();
    expect(entries).toHaveLength(1);
    expect(entries[0]!.keptFor).not.toBe(keptFor);
  });

  it('that were deleted stay gone, and undoing says so first', async () => {
    const session = await picked('delete');
    const gone = paths[1]!;
    browser.folderFiles.disk.set(gone, 'changed');
    expect(await session.library.duplicates.clearFiles(run)).toMatchObject({
      moved: 0,
      deleted: 1,
      left: 1,
    });
    expect(browser.folderFiles.disk.get(gone)).toBe('changed');
    const { undo } = await session.library.duplicates.view(exact);
    expect(undo).toEqual({ kind: 'run', photos: 2, deleted: 1 });
    await session.library.duplicates.undo();
    expect(await session.ids()).toHaveLength(2);
    expect((await session.library.duplicates.view(exact)).undo).toBeNull();
  });

  it('that are one file under two names stay', async () => {
    for (const mode of ['move', 'delete'] as const) {
      newBrowser();
      const session = await browser.started();
      putOnDisk(browser, { 'a.jpg': 'picture one', 'A.JPG': 'picture one' });
      await addFromDisk(browser, session);
      const applied = await apply(session, byRules, mode);
      // The disk does not tell A from a, which the browser does not know.
      const { disk } = browser.folderFiles;
      const twin = (path: string) => ({ 'a.jpg': 'A.JPG', 'A.JPG': 'a.jpg' })[path] ?? path;
      const [take, put] = [disk.delete.bind(disk), disk.set.bind(disk)];
      disk.delete = (path) => take(twin(path)) && (twin(path) === path || take(path));
      disk.set = (path, text) => put(twin(path), text) && put(path, text);
      expect(
        await session.library.duplicates.clearFiles(applied.kind === 'applied' ? applied.run! : 0),
      ).toEqual({
        moved: 0,
        deleted: 0,
        left: 1,
        onlyHere: 0,
        stopped: 0,
      });
      expect([...disk].filter(([path]) => !path.includes('manifest'))).toEqual([
        ['a.jpg', 'picture one'],
        ['A.JPG', 'picture one'],
      ]);
      session.kill();
    }
  });

  it('whose place is taken before they are put back at once lie aside, where undoing finds them', async () => {
    const session = await browser.started();
    putOnDisk(browser, { 'a.jpg': 'picture one', 'b.jpg': 'picture one' });
    await addFromDisk(browser, session);
    const applied = await apply(session, byRules, 'delete');
    const { disk } = browser.folderFiles;
    const kept = session.library.reading.cells(await session.ids())[0]!.name;
    const path = kept === 'a.jpg' ? 'b.jpg' : 'a.jpg';
    let isTaken = false;
    browser.folderFiles.beforeStep = (step, at) => {
      // The file that stays goes with it; then another program writes one in its place.
      if (step === 'remove' && at === path) disk.delete(kept);
      if (step !== 'read' || at !== path || disk.has(path) || isTaken) return;
      isTaken = true;
      disk.set(path, 'another one');
    };
    const { duplicates } = session.library;
    expect(await duplicates.clearFiles(applied.kind === 'applied' ? applied.run! : 0)).toMatchObject({
      moved: 1,
      deleted: 0,
      left: 0,
    });
    disk.delete(path);
    expect(await duplicates.undo()).toEqual({ kind: 'run', photos: 1 });
    expect(disk.get(path)).toBe('picture one');
  });

  it('are not deleted for the sake of a photo that is only in the library; of equal ones that with a file stays', async () => {
    const session = await browser.started();
    const { duplicates } = session.library;
    await session.add([file('stored.jpg', 'picture one')]);
    putOnDisk(browser, { 'a.jpg': 'picture one' });
    await addFromDisk(browser, session);
    const { entries } = await duplicates.plan({ ...byRules, rules: [] });
    expect(entries.map(({ name, keptName }) => [name, keptName])).toEqual([['stored.jpg', 'a.jpg']]);
    const [entry] = entries;
    await duplicates.decide({ kind: 'keep', photos: [entry!.photo, entry!.keptFor] });
    const applied = await apply(session, decidedOnly, 'delete');
    expect(await duplicates.clearFiles(applied.kind === 'applied' ? applied.run! : 0)).toMatchObject({
      deleted: 0,
      onlyHere: 1,
    });
    expect(browser.folderFiles.disk.get('a.jpg')).toBe('picture one');
  });

  it('of a run whose tab was closed before they were moved: that is told', async () => {
    const session = await picked();
    session.kill();
    const next = await browser.session();
    expect((await next.library.duplicates.view(exact)).cutOff).toBe(true);
    await next.library.duplicates.settleFiles();
    expect((await next.library.duplicates.view(exact)).cutOff).toBe(false);
    expect(inPlace()).toEqual(paths);
    expect(await next.library.duplicates.undo()).toEqual({ kind: 'run', photos: 2 });
  });

  it('keep the date that they have when they are moved, in the manifest', async () => {
    browser.folderFiles.lastModified = Date.UTC(2020, 1, 2);
    const { library } = await picked();
    await library.duplicates.clearFiles(run);
    const manifest = [...browser.folderFiles.disk].find(([path]) => path.includes('manifest'))![1];
    expect(manifest).toContain('2020-02-02T00:00:00.000Z');
  });
});

describe('a folder that is looked through after duplicates were moved aside', () => {
  /** Two files of the same bytes, without a camera's date: the second one stays. */
  async function cleared() {
    onOneDisk(browser);
    const session = await browser.started();
    save({ '/trip/2019/a.jpg': 'a', '/trip/Backup/a.jpg': 'a' });
    await pick(session, trip);
    const { 'trip/2019/a.jpg': gone, 'trip/Backup/a.jpg': kept } = await photosByPath(session);
    await session.library.duplicates.decide({ kind: 'keep', photos: [kept!, gone!] });
    const applied = await apply(session, decidedOnly, 'move');
    await session.library.duplicates.clearFiles(applied.kind === 'applied' ? applied.run! : 0);
    expect(browser.files.disk.has('/trip/2019/a.jpg')).toBe(false);
    return { session, gone: gone!, kept: kept! };
  }

  it('gives a file that was moved to the photo that stays, and what is new in an old place to a new photo', async () => {
    const { session, kept, gone } = await cleared();
    move('/trip/Backup/a.jpg', '/trip/Archive/a.jpg');
    expect(await rescanned(session)).toEqual({ ...nothing, moved: 1 });
    expect(await photosByPath(session)).toEqual({ 'trip/Archive/a.jpg': kept });
    move('/trip/Archive/a.jpg', '/trip/2019/a.jpg');
    expect(await rescanned(session)).toEqual({ ...nothing, moved: 1 });
    expect(await photosByPath(session)).toEqual({ 'trip/2019/a.jpg': kept });
    move('/trip/2019/a.jpg', '/trip/b.jpg');
    save({ '/trip/2019/a.jpg': 'of another day' });
    expect(await rescanned(session)).toEqual({ ...nothing, moved: 1, fresh: 1 });
    const { 'trip/2019/a.jpg': fresh, 'trip/b.jpg': moved } = await photosByPath(session);
    expect(moved).toBe(kept);
    expect(fresh).not.toBe(gone);
    expect(session.library.state().counts.missing).toBe(0);
  });

  it('leaves the photo that stays the name that it was given, wherever its file goes', async () => {
    onOneDisk(browser);
    const session = await browser.started();
    save({ '/trip/IMG_1234.jpg': 'a', '/trip/Beach.jpg': 'a' });
    await pick(session, trip);
    const { 'trip/IMG_1234.jpg': kept, 'trip/Beach.jpg': gone } = await photosByPath(session);
    await session.library.duplicates.decide({ kind: 'keep', photos: [kept!, gone!] });
    await apply(session, { ...decidedOnly, merge: { ...decidedOnly.merge, name: 'camera' } });
    expect(await session.names()).toEqual(['Beach.jpg']);
    move('/trip/IMG_1234.jpg', '/trip/2020/IMG_1234.jpg');
    expect(await rescanned(session)).toEqual({ ...nothing, moved: 1 });
    expect(await session.names()).toEqual(['Beach.jpg']);
    // A name that it was not given is that of its file.
    await session.library.duplicates.undo();
    move('/trip/2020/IMG_1234.jpg', '/trip/2020/IMG_5.jpg');
    await rescanned(session);
    expect((await session.names()).sort()).toEqual(['Beach.jpg', 'IMG_5.jpg']);
  });

  it('deletes nothing for a photo that shows another picture by then', async () => {
    onOneDisk(browser);
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a', '/trip/b.jpg': 'a' });
    await pick(session, trip);
    const { 'trip/a.jpg': kept, 'trip/b.jpg': gone } = await photosByPath(session);
    await session.library.duplicates.decide({ kind: 'keep', photos: [kept!, gone!] });
    const applied = await apply(session, decidedOnly, 'delete');
    save({ '/trip/a.jpg': 'another one' });
    expect(await rescanned(session)).toEqual({ ...nothing, changed: 1 });
    await session.settled();
    const run = applied.kind === 'applied' ? applied.run! : 0;
    expect(await session.library.duplicates.clearFiles(run)).toMatchObject({ deleted: 0, left: 1 });
    expect(browser.files.disk.has('/trip/b.jpg')).toBe(true);
  });

  it('leaves what is put back as it was: there, and of its old date', async () => {
    const { session, gone } = await cleared();
    await rescanned(session);
    await session.library.duplicates.undo();
    expect(session.library.state().counts.missing).toBe(0);
    await rescanned(session);
    expect((await session.library.reading.photo(gone))?.capturedAt).toBeLessThan(100_000);
  });
});
