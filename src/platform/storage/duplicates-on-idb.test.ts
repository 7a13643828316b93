import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultRules } from '../../core/dedup/keep-rules.ts';
import { defaultMerge } from '../../core/dedup/merge.ts';
import type { DuplicatePlanRequest } from '../../core/library/duplicate-view.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { file, TestBrowser, type TestSession, until } from './test-browser.ts';

import 'fake-indexeddb/auto';

let browser: TestBrowser;
beforeEach(() => {
  browser = new TestBrowser();
  return () => expect(browser.crashes).toEqual([]);
});

const exact = { tier: 'exact', sensitivity: 0.5 } as const;
const byRules: DuplicatePlanRequest = {
  rules: defaultRules,
  tiers: ['exact'],
  sensitivity: 0.5,
  merge: defaultMerge,
};
const decidedOnly: DuplicatePlanRequest = { ...byRules, rules: null };

async function withCopies(): Promise<TestSession> {
  const session = await browser.session();
  await session.startModel();
  await session.library.add([
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
    const cells = library.cells(photos.subarray(starts[n]!, starts[n + 1]!));
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
    const three = copies.filter((id) => session.library.cells([id])[0]!.name.startsWith('a'));
    await session.library.duplicates.decide({ kind: 'alternates', photos: three });
    expect(await groups(session)).toEqual([['b.jpg', 'b.jpg']]);
    await session.library.remove(three);
    await session.library.purge(three);
    await session.library.add([
      file('a.jpg', 'picture one', '2019/a.jpg'),
      file('a again.jpg', 'picture one', 'Phone/a again.jpg'),
    ]);
    await session.settled();
    expect(await groups(session)).toEqual([['b.jpg', 'b.jpg']]);
    await session.library.add([file('a.jpg', 'picture one', 'Backup/a.jpg')]);
    await session.settled();
    expect((await groups(session)).flat()).toContain('a.jpg');
  });

  it('rules are applied only as the dry run said', async () => {
    const session = await withCopies();
    const { fingerprint, entries } = await session.library.duplicates.plan(byRules);
    expect(entries).toHaveLength(3);
    await session.library.remove([entries[0]!.keptFor]);
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
    await session.library.judge([second!], cat, 'accepted');
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
    await session.library.add([view(0), view(1), view(3)]);
    await session.settled();
    const same = { tier: 'same-picture', sensitivity: 0.5 } as const;
    const { duplicates } = session.library;
    await duplicates.view(same);
    await until(() => duplicates.search.status.state === 'done');
    session.kill();

    const next = await browser.session();
    await next.startModel();
    await until(() => next.library.duplicates.search.status.state === 'done');
    const names = async () => {
      const { photos } = await next.library.duplicates.view(same);
      return next.library.cells(photos).map((cell) => cell!.name);
    };
    expect(await names()).toEqual(['0.jpg', '1.jpg']);
    expect(browser.pairFinder.tasks).toHaveLength(1);

    // What is new is compared with all, as the import ends.
    await next.library.add([view(2)]);
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
    await session.library.add(files);
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
            await session.library.add([file('c.jpg', 'picture three')]);
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
