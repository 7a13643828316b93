import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultRules } from '../../core/dedup/keep-rules.ts';
import { defaultMerge } from '../../core/dedup/merge.ts';
import { everything } from '../../core/library/duplicate-scope.ts';
import type { DuplicatePlanRequest } from '../../core/library/duplicate-view.ts';
import { FileRemoval, removedFolderName } from '../../core/library/file-removal.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { decisionFile, readDecisionFile } from '../library/decision-files.ts';
import { file, TestBrowser, type TestHandle, type TestSession, until } from './test-browser.ts';

import 'fake-indexeddb/auto';

let browser: TestBrowser;
beforeEach(() => {
  browser = new TestBrowser();
  return () => expect(browser.crashes).toEqual([]);
});

const exact = { tier: 'exact', sensitivity: 0.5, scope: everything } as const;
const byRules: DuplicatePlanRequest = {
  rules: defaultRules,
  tiers: ['exact'],
  sensitivity: 0.5,
  scope: everything,
  merge: defaultMerge,
};
const decidedOnly: DuplicatePlanRequest = { ...byRules, rules: null };

async function withCopies(): Promise<TestSession> {
  const session = await browser.session();
  await session.startModel();
  await session.library.importing.add([
    file('a.jpg', 'picture one', '2019/a.jpg'),
    file('a copy.jpg', 'picture one', '2019/a copy.jpg'),
    file('a again.jpg', 'picture one', 'Phone/a again.jpg'),
    file('b.jpg', 'picture two dog=0.9'),
    file('b.jpg', 'picture two dog=0.9', 'Phone/b.jpg'),
    file('c.jpg', 'picture three'),
  ]);
  await session.settled();
  return session;
}

/** The names of each group's photos. */
async function groups({ library }: TestSession): Promise<string[][]> {
  const { starts, photos } = await library.duplicates.view(exact);
  const found: string[][] = [];
  for (let n = 0; n + 1 < starts.length; n++) {
    const cells = library.reading.cells(photos.subarray(starts[n]!, starts[n + 1]!));
    // Files made in the same millisecond have no order of their own.
    const [first, ...rest] = cells.map((cell) => cell!.name);
    found.push([first!, ...rest.sort()]);
  }
  return found;
}

async function idOf(session: TestSession, text: string): Promise<PhotoId> {
  const [id] = await session.ids({ text });
  return id!;
}

async function apply(session: TestSession, request: DuplicatePlanRequest) {
  const { fingerprint } = await session.library.duplicates.plan(request);
  return session.library.duplicates.apply(request, fingerprint);
}

describe('duplicates', () => {
  it('are photos of the same bytes, with what they cost', async () => {
    const session = await withCopies();
    expect(await groups(session)).toEqual([
      ['a.jpg', 'a again.jpg', 'a copy.jpg'],
      ['b.jpg', 'b.jpg'],
    ]);
    const { counts, decided, undo } = await session.library.duplicates.view(exact);
    expect(counts.exact).toEqual({
      groups: 2,
      bytes: 2 * 'picture one'.length + 'picture two dog=0.9'.length,
    });
    expect(decided.photos).toBe(0);
    expect(undo).toBeNull();
  });

  it('a decision holds after a restart, an application too, and both can be taken back', async () => {
    const session = await withCopies();
    const [kept, other] = [await idOf(session, '2019/a.jpg'), await idOf(session, 'Phone/a again')];
    await session.library.duplicates.decide({ kind: 'keep', photos: [kept, other] });
    session.kill();

    const second = await browser.session();
    const plan = await second.library.duplicates.plan(decidedOnly);
    expect(plan.entries.map(({ name, keptName, by }) => [name, keptName, by])).toEqual([
      ['a again.jpg', 'a.jpg', 'person'],
    ]);
    expect(await second.library.duplicates.apply(decidedOnly, plan.fingerprint)).toMatchObject({ photos: 1 });
    expect(await second.ids({ show: 'removed' })).toEqual([other]);
    second.kill();

    const third = await browser.session();
    expect(await third.library.duplicates.undo()).toEqual({ kind: 'run', photos: 1 });
    expect(await third.ids({ show: 'removed' })).toEqual([]);
    expect((await third.library.duplicates.view(exact)).decided.photos).toBe(1);
    expect(await third.library.duplicates.undo()).toEqual({ kind: 'keep', photos: 2 });
    expect((await third.library.duplicates.view(exact)).decided.photos).toBe(0);
    expect(await third.library.duplicates.undo()).toBeNull();
  });

  it('that are to stay never come back, after another import either; a new copy does', async () => {
    const session = await withCopies();
    const copies = await session.ids({ text: 'a' });
    const three = copies.filter((id) => session.library.reading.cells([id])[0]!.name.startsWith('a'));
    await session.library.duplicates.decide({ kind: 'alternates', photos: three });
    expect(await groups(session)).toEqual([['b.jpg', 'b.jpg']]);
    await session.library.deciding.remove(three);
    await session.library.deciding.purge(three);
    await session.library.importing.add([
      file('a.jpg', 'picture one', '2019/a.jpg'),
      file('a again.jpg', 'picture one', 'Phone/a again.jpg'),
    ]);
    await session.settled();
    expect(await groups(session)).toEqual([['b.jpg', 'b.jpg']]);
    await session.library.importing.add([file('a.jpg', 'picture one', 'Backup/a.jpg')]);
    await session.settled();
    expect((await groups(session)).flat()).toContain('a.jpg');
  });

  it('rules leave alone what the decisions contradict each other about', async () => {
    const session = await withCopies();
    const { duplicates } = session.library;
    const [a, copy] = [await idOf(session, '2019/a.jpg'), await idOf(session, 'a copy')];
    await duplicates.decide({ kind: 'keep', photos: [a, copy] });
    await duplicates.decide({ kind: 'keep', photos: [copy, a] });
    expect((await duplicates.view(exact)).conflicts).toHaveLength(1);
    const removed = (await duplicates.plan(byRules)).entries.map(({ photo }) => photo);
    expect(removed).not.toContain(a);
    expect(removed).not.toContain(copy);
    expect(removed).toHaveLength(1);
  });

  it('rules are applied only as the dry run said', async () => {
    const session = await withCopies();
    const { fingerprint, entries } = await session.library.duplicates.plan(byRules);
    expect(entries).toHaveLength(3);
    await session.library.deciding.remove([entries[0]!.keptFor]);
    expect(await session.library.duplicates.apply(byRules, fingerprint)).toEqual({ kind: 'outdated' });
    expect(await session.ids({ show: 'removed' })).toHaveLength(1);
    expect(await apply(session, byRules)).toMatchObject({ kind: 'applied', photos: 2 });
    expect(await groups(session)).toEqual([]);
    expect(await session.library.duplicates.undo()).toEqual({ kind: 'run', photos: 2 });
    expect(await session.ids({ show: 'removed' })).toHaveLength(1);
    // What the rules decided is open again.
    expect((await session.library.duplicates.view(exact)).counts.exact.groups).toBe(2);
  });

  it('what was decided about the removed ones goes to the kept one, and back', async () => {
    const session = await withCopies();
    const [first, second] = (await session.ids({ text: 'b.jpg' })).sort((a, b) => a - b);
    const cat = 1 as LabelNumber;
    await session.library.deciding.judge([second!], cat, 'accepted');
    await session.library.duplicates.decide({ kind: 'keep', photos: [first!, second!] });
    await apply(session, decidedOnly);
    expect(await session.ids({ allOf: [cat] })).toEqual([first]);
    session.kill();
    const next = await browser.session();
    expect(await next.ids({ allOf: [cat] })).toEqual([first]);
    await next.library.duplicates.undo();
    expect(await next.ids({ allOf: [cat] })).toEqual([second]);
  });

  it('copies are found among what is alike, stored as they are found, and compared no second time', async () => {
    // Pictures of one view; all are copies of each other but the one that comes third.
    browser.embedder.capacity = 1; // contents are numbered as photos come
    const checked: string[] = [];
    browser.pairFinder.check = async (a, b) => {
      checked.push(`${a} ${b}`);
      return a !== 2 && b !== 2 ? { shared: 1, agreement: 0.99, sameColour: true } : null;
    };
    const session = await browser.session();
    await session.startModel();
    const view = (n: number) => file(`${n}.jpg`, `picture ${n} v=1,0.0${n}`);
    await session.library.importing.add([view(0), view(1), view(3)]);
    await session.settled();
    const same = { tier: 'same-picture', sensitivity: 0.5, scope: everything } as const;
    const { duplicates } = session.library;
    await duplicates.view(same);
    await until(() => duplicates.search.status.state === 'done');
    session.kill();

    const next = await browser.session();
    await next.startModel();
    await until(() => next.library.duplicates.search.status.state === 'done');
    const names = async () => {
      const { photos } = await next.library.duplicates.view(same);
      return next.library.reading.cells(photos).map((cell) => cell!.name);
    };
    expect(await names()).toEqual(['0.jpg', '1.jpg']);
    expect(browser.pairFinder.tasks).toHaveLength(1);

    // What is new is compared with all, as the import ends.
    await next.library.importing.add([view(2)]);
    await next.settled();
    await until(() => browser.pairFinder.tasks.length === 2);
    await until(() => next.library.duplicates.search.status.state === 'done');
    expect([...browser.pairFinder.tasks[1]!.fresh]).toEqual([3]);
    expect(await names()).toEqual(['0.jpg', '1.jpg', '2.jpg']);
    expect(new Set(checked).size).toBe(checked.length);
  }, 20_000);

  it('a search that is paused in the middle goes on where it was', async () => {
    const session = await browser.session();
    await session.startModel();
    const files = Array.from({ length: 150 }, (_, n) => file(`${n}.jpg`, `picture ${n} v=1,${n}`));
    await session.library.importing.add(files);
    await session.settled();
    const { duplicates } = session.library;
    let blocks = 0;
    browser.pairFinder.beforeFound = () => {
      if (++blocks === 2) duplicates.search.pause();
    };
    await duplicates.view(exact);
    await until(() => duplicates.search.status.state === 'paused');
    await until(() => duplicates.search.status.done === 64);
    duplicates.search.resume();
    await until(() => duplicates.search.status.state === 'done');
    expect(duplicates.search.status).toMatchObject({ done: 150, total: 150 });
    expect(browser.pairFinder.tasks.map(({ fresh }) => fresh.length)).toEqual([150, 86]);
  }, 20_000);

  it('are looked for as the scope says; reference folders lose nothing', async () => {
    const session = await withCopies();
    const { duplicates } = session.library;
    const scoped = async (change: Partial<typeof everything>) => {
      const scope = { ...everything, ...change };
      const { starts } = await duplicates.view({ ...exact, scope });
      const { entries } = await duplicates.plan({ ...byRules, scope });
      return [starts.length - 1, entries.map(({ path, name }) => path ?? name).sort()];
    };
    expect(await scoped({ compare: 'within-folders' })).toEqual([1, ['2019/a copy.jpg']]);
    expect(await scoped({ compare: 'reference', references: ['Phone'] })).toEqual([
      2,
      ['2019/a copy.jpg', '2019/a.jpg', 'b.jpg'],
    ]);
    expect(await scoped({ references: ['2019'] })).toEqual([2, ['Phone/a again.jpg', 'Phone/b.jpg']]);
    expect(await scoped({ ignored: ['Phone', '*copy*'] })).toEqual([0, []]);
    expect(await scoped({ formats: ['png'] })).toEqual([0, []]);
    expect(await scoped({ leastBytes: 15 })).toEqual([1, ['Phone/b.jpg']]);
    const filter = { text: 'b.jpg', allOf: [], from: null, to: null };
    expect(await scoped({ filter })).toEqual([1, ['Phone/b.jpg']]);
    // What was decided before a folder became a reference holds no more for it.
    const a = await idOf(session, '2019/a.jpg');
    await duplicates.decide({ kind: 'keep', photos: [await idOf(session, 'Phone/a again'), a] });
    expect((await duplicates.plan(decidedOnly)).entries).toHaveLength(1);
    const scope = { ...everything, references: ['2019'] };
    expect((await duplicates.plan({ ...decidedOnly, scope })).entries).toEqual([]);
  });

  it('decisions are listed, taken back one by one, and go to another library as a file', async () => {
    const session = await withCopies();
    const { duplicates } = session.library;
    const a = await idOf(session, '2019/a.jpg');
    const copy = await idOf(session, 'a copy');
    await duplicates.decide({ kind: 'keep', photos: [a, copy] });
    await duplicates.decide({ kind: 'alternates', photos: [a, await idOf(session, 'Phone/a again')] });
    const all = await duplicates.decisions();
    expect(all.map(({ kind }) => kind)).toEqual(['alternates', 'keep']);
    const read = (await readDecisionFile(decisionFile(all)))!;
    expect(await duplicates.addDecisions(read)).toBe(0);
    await duplicates.forget([all[1]!.number]);
    expect((await duplicates.view(exact)).decided.photos).toBe(0);
    expect(await duplicates.addDecisions(read)).toBe(1);
    expect((await duplicates.view(exact)).decided.photos).toBe(1);
    for (const text of ['', '[]', '{"format":"picsift-duplicate-decisions","version":2,"decisions":[]}']) {
      expect(await readDecisionFile(new Blob([text]))).toBeNull();
    }
  });

  describe('files in a picked folder', () => {
    const root = { kind: 'directory', name: 'Photos' } as const;
    const paths = ['a.jpg', "b's “copy”.jpg", 'c\n👩‍👩‍👧.jpg'];

    /** Number of what `picked` applied. */
    let run: number;

    async function picked(): Promise<TestSession> {
      const session = await browser.session();
      await session.startModel();
      for (const path of paths) {
        browser.folderFiles.disk.set(path, 'picture one');
        browser.files.disk.set(path, { bytes: new Blob(['picture one']), modifiedAt: 5 });
      }
      await session.library.importing.add(
        paths.map((path) => ({
          candidate: {
            name: path,
            path: `Photos/${path}`,
            modifiedAt: 5,
            bytes: new Blob(['picture one'], { type: 'image/jpeg' }),
            handle: { kind: 'file', name: path, entry: path } as TestHandle,
            root,
          },
        })),
      );
      await session.settled();
      const applied = await apply(session, byRules);
      run = applied.kind === 'applied' ? applied.run! : 0;
      return session;
    }

    const inPlace = () => paths.filter((path) => browser.folderFiles.disk.get(path) === 'picture one');
    const aside = () =>
      [...browser.folderFiles.disk.keys()].filter((path) => /^Picsift removed .*jpg$/s.test(path));

    it('are moved aside and come back with an undo after a restart', async () => {
      const session = await picked();
      expect(await session.library.duplicates.clearFiles(run, 'move')).toEqual({
        moved: 2,
        deleted: 0,
        left: 0,
      });
      expect(inPlace()).toHaveLength(1);
      expect(aside()).toHaveLength(2);
      session.kill();
      const next = await browser.session();
      expect(await next.library.duplicates.undo()).toEqual({ kind: 'run', photos: 2 });
      expect(inPlace()).toEqual(paths);
      expect(aside()).toEqual([]);
      expect(await next.ids()).toHaveLength(3);
    });

    it('cut off in the middle, they are found in the old or the new state, and can be put back', async () => {
      const session = await picked();
      let removals = 0;
      browser.folderFiles.beforeStep = (step) => {
        if (step === 'remove') removals++;
        if (removals >= 2) throw new Error('the tab was closed');
      };
      const work = session.library.duplicates.clearFiles(run, 'move');
      await until(() => removals >= 2);
      session.kill();
      await work.catch(() => {});
      browser.folderFiles.beforeStep = () => {};
      const next = await browser.session();
      expect((await next.library.duplicates.view(exact)).cutOff).toBe(true);
      expect(await next.library.duplicates.settleFiles()).toEqual([]);
      expect((await next.library.duplicates.view(exact)).cutOff).toBe(false);
      expect(inPlace()).toHaveLength(2);
      expect(aside()).toHaveLength(1);
      await next.library.duplicates.undo();
      expect(inPlace()).toEqual(paths);
    });

    it('of a run that was taken back meanwhile are left alone, and of another one, too', async () => {
      const { library } = await picked();
      await library.duplicates.undo();
      expect(await library.duplicates.clearFiles(run, 'delete')).toEqual({ moved: 0, deleted: 0, left: 0 });
      expect(inPlace()).toEqual(paths);
    });

    it("a left-over without a byte is in nobody's way; what else lies there is not touched", async () => {
      const { library } = await picked();
      const target = removedFolderName(Date.now());
      const [first, second] = [`${target}/${paths[1]}`, `${target}/${paths[2]}`];
      browser.folderFiles.disk.set(first, '');
      browser.folderFiles.disk.set(second, 'another one');
      expect(await library.duplicates.clearFiles(run, 'move')).toEqual({ moved: 1, deleted: 0, left: 1 });
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

    it('undoing what was cut off settles it first', async () => {
      const session = await picked();
      let removals = 0;
      browser.folderFiles.beforeStep = (step) => {
        if (step === 'remove') removals++;
        if (removals >= 2) throw new Error('the tab was closed');
      };
      const work = session.library.duplicates.clearFiles(run, 'move');
      await until(() => removals >= 2);
      session.kill();
      await work.catch(() => {});
      browser.folderFiles.beforeStep = () => {};
      const next = await browser.session();
      await next.library.duplicates.undo();
      expect(inPlace()).toEqual(paths);
      expect(aside()).toEqual([]);
      expect(await next.ids()).toHaveLength(3);
    });

    it('asked for at once, moving, settling and undoing come one after another', async () => {
      const { library } = await picked();
      const moving = library.duplicates.clearFiles(run, 'move');
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
        (kept) => void browser.files.disk.delete(kept),
        (kept) => void browser.files.disk.set(kept, { bytes: new Blob(['other']), modifiedAt: 5 }),
        () => {
          browser.files.isSameEntry = async () => true;
        },
      ];
      for (const change of cases) {
        browser = new TestBrowser();
        const session = await picked();
        const [kept] = session.library.reading.cells(await session.ids());
        change(kept!.name);
        expect(await session.library.duplicates.clearFiles(run, 'delete')).toEqual(untouched);
        expect(inPlace()).toEqual(paths);
        session.kill();
      }
    });

    it('no photo goes for the sake of one whose file is missing', async () => {
      const session = await picked();
      await session.library.duplicates.undo();
      const plan = () => session.library.duplicates.plan(byRules);
      const { keptFor, keptName } = (await plan()).entries[0]!;
      browser.files.disk.delete(keptName);
      expect(await session.library.reading.original(keptFor)).toEqual({ code: 'file-missing' });
      const { entries } = await plan();
      expect(entries).toHaveLength(1);
      expect(entries[0]!.keptFor).not.toBe(keptFor);
    });

    it('that were deleted stay gone, and undoing says so first', async () => {
      const session = await picked();
      const gone = paths[1]!;
      browser.folderFiles.disk.set(gone, 'changed');
      expect(await session.library.duplicates.clearFiles(run, 'delete')).toEqual({
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
  });

  it('decisions of mixed kind are refused', async () => {
    const session = await withCopies();
    const { duplicates } = session.library;
    const a = await idOf(session, '2019/a.jpg');
    const copy = await idOf(session, 'a copy');
    const c = await idOf(session, 'c.jpg');
    await expect(duplicates.decide({ kind: 'keep', photos: [a] })).rejects.toThrow(RangeError);
    await expect(duplicates.decide({ kind: 'keep', photos: [a, a] })).rejects.toThrow(RangeError);
    await expect(duplicates.decide({ kind: 'keep', photos: [a, copy, c] })).rejects.toThrow(RangeError);
  });

  it('whatever is done in whatever order, every photo is there, or in the journal with one that is', async () => {
    const action = fc.oneof(
      fc.record({
        kind: fc.constantFrom('keep', 'alternates', 'not-related'),
        photos: fc.uniqueArray(fc.nat(4), { minLength: 2, maxLength: 3 }),
      }),
      fc.constantFrom('undo', 'apply', 'rules', 'reopen', 'rescan'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 8 }), async (actions) => {
        browser = new TestBrowser();
        let session = await withCopies();
        const all = (await session.ids()).sort((a, b) => a - b);
        for (const one of actions) {
          const { duplicates } = session.library;
          if (typeof one !== 'string') {
            const photos = one.photos.map((n) => all[n]!);
            await duplicates.decide({ kind: one.kind as 'keep', photos }).catch((error) => {
              expect(error).toBeInstanceOf(RangeError);
            });
          } else if (one === 'undo') await duplicates.undo();
          else if (one === 'apply') await apply(session, decidedOnly);
          else if (one === 'rules') await apply(session, byRules);
          else if (one === 'rescan') {
            await session.library.importing.add([file('c.jpg', 'picture three')]);
            await session.settled();
          } else {
            session.kill();
            session = await browser.session();
          }
        }
        const there = await session.ids();
        const { runs } = await session.store.duplicates();
        const keptFor = new Map(
          runs
            .filter(({ state }) => state === 'done')
            .flatMap(({ removed }) => removed.map((removal) => [removal.photo, removal.keptFor] as const)),
        );
        for (const photo of all) {
          // From a removed one to that for whose sake it went, and so on: it ends at one that is there.
          let at = photo;
          for (let n = 0; n < all.length && !there.includes(at); n++) {
            expect(keptFor.has(at)).toBe(true);
            at = keptFor.get(at)!;
          }
          expect(there).toContain(at);
        }
        session.kill();
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});
