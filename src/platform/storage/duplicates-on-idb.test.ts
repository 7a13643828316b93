import { beforeEach, describe, expect, it } from 'vitest';
import { everything } from '../../core/library/duplicate-scope.ts';
import type { DuplicatePlanRequest } from '../../core/library/duplicate-view.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { decisionFile, readDecisionFile } from '../library/decision-files.ts';
import { browser, file, newHastyBrowser, type TestSession } from './test-browser.ts';
import { testClock, until } from './test-clock.ts';
import {
  apply,
  byRules,
  decidedOnly,
  exact,
  groupsOf,
  idOf,
  same,
  searched,
  withCopies,
} from './test-duplicates.ts';

beforeEach(newHastyBrowser);

describe('duplicates', () => {
  it('are photos of the same bytes, with what they cost', async () => {
    const session = await withCopies(browser);
    expect(await groupsOf(session)).toEqual([
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
    const session = await withCopies(browser);
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
    const session = await withCopies(browser);
    const copies = await session.ids({ text: 'a' });
    const three = copies.filter((id) => session.library.reading.cells([id])[0]!.name.startsWith('a'));
    await session.library.duplicates.decide({ kind: 'alternates', photos: three });
    expect(await groupsOf(session)).toEqual([['b.jpg', 'b.jpg']]);
    await session.library.deciding.deleteForGood(three);
    await session.add([
      file('a.jpg', 'picture one', '2019/a.jpg'),
      file('a again.jpg', 'picture one', 'Phone/a again.jpg'),
    ]);
    expect(await groupsOf(session)).toEqual([['b.jpg', 'b.jpg']]);
    // As many as were decided about, one of them renamed and moved; then one more.
    await session.add([file('a.jpg', 'picture one', 'Backup/a.jpg')]);
    expect(await groupsOf(session)).toEqual([['b.jpg', 'b.jpg']]);
    await session.add([file('a.jpg', 'picture one', 'Backup 2/a.jpg')]);
    expect((await groupsOf(session)).flat()).toContain('a.jpg');
  });

  it('what was applied can be taken back alone, whatever was decided and applied since', async () => {
    const session = await withCopies(browser);
    const { duplicates } = session.library;
    const before = await session.ids();
    const copy = await idOf(session, 'a copy');
    await duplicates.decide({ kind: 'keep', photos: [await idOf(session, '2019/a.jpg'), copy] });
    await apply(session, decidedOnly);
    await apply(session, byRules);
    await session.add([file('c again.jpg', 'picture three')]);
    const [first, last] = [await idOf(session, 'c.jpg'), await idOf(session, 'c again')];
    await duplicates.decide({ kind: 'keep', photos: [first, last] });
    const applied = await duplicates.applied();
    expect(applied.map(({ photos }) => photos)).toEqual([2, 1]);
    expect(await duplicates.undo(applied[1]!.number)).toEqual({ kind: 'run', photos: 1 });
    expect(await session.ids()).toContain(copy);
    expect(await duplicates.decisions()).toHaveLength(4);
    expect(await duplicates.undo(applied[1]!.number)).toBeNull();
    expect((await duplicates.view(exact)).undo).toEqual({ kind: 'keep', photos: 2 });
    await duplicates.undo(applied[0]!.number);
    expect((await session.ids()).filter((id) => id !== last)).toEqual(before);
    expect(await duplicates.applied()).toEqual([]);
    expect(await duplicates.decisions()).toHaveLength(2);
  });

  it('rules leave alone what the decisions contradict each other about', async () => {
    const session = await withCopies(browser);
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
    const session = await withCopies(browser);
    const { fingerprint, entries } = await session.library.duplicates.plan(byRules);
    expect(entries).toHaveLength(3);
    await session.library.deciding.remove([entries[0]!.keptFor]);
    expect(await session.library.duplicates.apply(byRules, fingerprint)).toEqual({ kind: 'outdated' });
    expect(await session.ids({ show: 'removed' })).toHaveLength(1);
    expect(await apply(session, byRules)).toMatchObject({ kind: 'applied', photos: 2 });
    expect(await groupsOf(session)).toEqual([]);
    expect(await session.library.duplicates.undo()).toEqual({ kind: 'run', photos: 2 });
    expect(await session.ids({ show: 'removed' })).toHaveLength(1);
    // What the rules decided is open again.
    expect((await session.library.duplicates.view(exact)).counts.exact.groups).toBe(2);
  });

  it('a photo for whose sake another went stays, run after run, unless what is kept shows both', async () => {
    // 0 is a copy of 1, 1 one of 2; 0 and 2 differ. 3 is a copy of all, with the most bytes.
    browser.embedder.capacity = 1; // contents are numbered as photos come
    browser.pairFinder.check = async (a, b) => {
      const isEdited = a === 2 || b === 2;
      const differ = (a === 0 && b === 2) || (a === 2 && b === 0);
      return differ ? null : { shared: isEdited ? 0.6 : 1, agreement: 0.99, sameColour: true };
    };
    const session = await browser.started();
    const view = (n: number) => file(`${n}.jpg`, `picture ${n} v=1,0.0${n}${' '.repeat(n)}`);
    await session.add([view(0), view(1), view(2)]);
    await searched(session);
    const run = async (tier: 'same-picture' | 'edited-copy') => {
      const request = { ...byRules, tiers: [tier], sensitivity: 1 } as const;
      const { held } = await session.library.duplicates.plan(request);
      await apply(session, request);
      return [(await session.names()).sort(), held.map(({ name, keptName }) => [name, keptName])];
    };
    expect(await run('same-picture')).toEqual([['1.jpg', '2.jpg'], []]);
    expect(await run('edited-copy')).toEqual([['1.jpg', '2.jpg'], [['1.jpg', '2.jpg']]]);
    session.kill();

    const next = await browser.started();
    await next.add([view(3)]);
    await until(() => browser.pairFinder.tasks.length === 2);
    await searched(next);
    await apply(next, { ...byRules, tiers: ['same-picture'], sensitivity: 1 });
    expect((await next.names()).sort()).toEqual(['2.jpg', '3.jpg']);
    next.kill();
  });

  it('what was decided about the removed ones goes to the kept one, and back', async () => {
    const session = await withCopies(browser);
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

  it('what was removed as a duplicate can be taken back after months; what was deleted by hand is told', async () => {
    const session = await withCopies(browser);
    await apply(session, byRules);
    session.kill();
    const clock = { ...testClock, now: () => Date.now() + 100 * 86_400_000 };
    const later = await browser.started({ clock });
    await later.library.deciding.deleteExpired();
    const removed = await later.ids({ show: 'removed' });
    expect(removed).toHaveLength(3);
    await later.library.deciding.deleteForGood(removed.slice(0, 1));
    expect((await later.library.duplicates.view(exact)).undo).toEqual({ kind: 'run', photos: 3, deleted: 1 });
    expect(await later.library.duplicates.undo()).toEqual({ kind: 'run', photos: 2, left: 1, deleted: 1 });
    expect(await later.ids()).toHaveLength(5);
    later.kill();
  });

  it("the date and the keywords of a file that goes stay with the photo that is kept, whatever becomes of that photo's file", async () => {
    browser.pairFinder.check = async () => ({ shared: 1, agreement: 0.99, sameColour: true });
    const session = await browser.started();
    await session.add([
      file('kept.jpg', 'picture one v=1,0', 'kept.jpg', 50_000_000),
      file('gone.jpg', 'picture two v=1,0.01 taken=7000 words=harbour', 'gone.jpg'),
    ]);
    await searched(session);
    const [kept, gone] = [await idOf(session, 'kept'), await idOf(session, 'gone')];
    await session.library.duplicates.decide({ kind: 'keep', photos: [kept, gone] });
    await apply(session, decidedOnly);
    const harbour = session.library.labelling.labels().find(({ names }) => names.en === 'harbour')!.number;
    const isMerged = async (from: TestSession) => {
      expect(await from.ids({ allOf: [harbour] })).toEqual([kept]);
      expect((await from.library.reading.photo(kept))?.capturedAt).toBe(7000);
    };
    await isMerged(session);
    session.kill();
    // Another model looks at every photo anew.
    browser.embedder.model = { ...browser.embedder.model, key: { id: 'test', version: '2' } };
    const next = await browser.started();
    await until(() => browser.embedder.calls > 2 && next.library.state().outdated === 0);
    await isMerged(next);
    await next.library.duplicates.undo();
    expect(await next.ids({ allOf: [harbour] })).toEqual([gone]);
    next.kill();
  });

  it('copies are found among what is alike, stored as they are found, and compared no second time', async () => {
    // Pictures of one view; all are copies of each other but the one that comes third.
    browser.embedder.capacity = 1; // contents are numbered as photos come
    const checked: string[] = [];
    browser.pairFinder.check = async (a, b) => {
      checked.push(`${a} ${b}`);
      return a !== 2 && b !== 2 ? { shared: 1, agreement: 0.99, sameColour: true } : null;
    };
    const session = await browser.started();
    const view = (n: number) => file(`${n}.jpg`, `picture ${n} v=1,0.0${n}`);
    await session.add([view(0), view(1), view(3)]);
    await searched(session);
    session.kill();

    const next = await browser.started();
    await until(() => next.library.duplicates.search.status.state === 'done');
    const names = async () => {
      const { photos } = await next.library.duplicates.view(same);
      return next.library.reading.cells(photos).map((cell) => cell!.name);
    };
    expect(await names()).toEqual(['0.jpg', '1.jpg']);
    expect(browser.pairFinder.tasks).toHaveLength(1);

    // What is new is compared with all, as the import ends.
    await next.add([view(2)]);
    await until(() => browser.pairFinder.tasks.length === 2);
    await until(() => next.library.duplicates.search.status.state === 'done');
    expect([...browser.pairFinder.tasks[1]!.fresh]).toEqual([3]);
    expect(await names()).toEqual(['0.jpg', '1.jpg', '2.jpg']);
    expect(new Set(checked).size).toBe(checked.length);
  });

  it('a search that is paused in the middle stays so over a restart, then goes on where it was', async () => {
    const session = await browser.started();
    const files = Array.from({ length: 150 }, (_, n) => file(`${n}.jpg`, `picture ${n} v=1,${n}`));
    await session.add(files);
    const { duplicates } = session.library;
    let blocks = 0;
    browser.pairFinder.beforeFound = () => {
      if (++blocks === 2) return duplicates.search.pause();
    };
    await duplicates.view(exact);
    await until(() => duplicates.search.status.state === 'paused');
    await until(() => duplicates.search.status.done === 128);
    await session.library.close();
    session.kill();

    const next = await browser.started();
    const { search } = next.library.duplicates;
    await next.library.duplicates.view(exact);
    expect(search.status.state).toBe('paused');
    await search.resume();
    await until(() => search.status.state === 'done');
    expect(search.status).toMatchObject({ done: 150, total: 150 });
    expect(browser.pairFinder.tasks.map(({ fresh }) => fresh.length)).toEqual([150, 22]);
    await next.library.close();
    next.kill();

    // Nor is that it was paused once remembered for ever.
    const last = await browser.started();
    await last.library.duplicates.view(exact);
    await until(() => last.library.duplicates.search.status.state === 'done');
  });

  it('are looked for as the scope says; reference folders lose nothing', async () => {
    const session = await withCopies(browser);
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

  it('equal files stand for each other within folders, beside reference folders, and in what rules said', async () => {
    browser.embedder.capacity = 1;
    browser.pairFinder.check = async () => ({ shared: 1, agreement: 0.99, sameColour: true });
    const session = await browser.started();
    const { duplicates } = session.library;
    await session.add([
      file('x.jpg', 'picture x', 'Inbox/x.jpg'),
      file('x.jpg', 'picture x', 'Archive/x.jpg'),
      file('y.jpg', 'picture y, larger', 'Archive/y.jpg'),
    ]);
    await searched(session);
    const shown = async (change: Partial<typeof everything>) => {
      const scope = { ...everything, ...change };
      const { photos, references } = await duplicates.view({ ...same, scope });
      const details = await Promise.all(
        Array.from(photos, (id) => session.library.reading.photo(id as PhotoId)),
      );
      return [details.map((photo) => photo!.path).sort(), references];
    };
    expect(await shown({ compare: 'within-folders' })).toEqual([['Archive/x.jpg', 'Archive/y.jpg'], null]);
    const both = [await idOf(session, 'Inbox/x'), await idOf(session, 'y.jpg')];
    const { photos: compared } = await session.library.reading.comparePhotos(both);
    expect(compared.map(({ equalFiles }) => equalFiles)).toEqual([1, 0]);
    expect(await shown({ compare: 'reference', references: ['inbox\\'] })).toEqual([
      ['Archive/y.jpg', 'Inbox/x.jpg'],
      1,
    ]);
    expect(await shown({ references: ['Nowhere'] })).toEqual([['Archive/y.jpg', 'Inbox/x.jpg'], 0]);
    const rules: DuplicatePlanRequest = { ...byRules, rules: [{ kind: 'largest' }], tiers: ['same-picture'] };
    expect(await apply(session, rules)).toMatchObject({ photos: 1 });
    const { entries } = await duplicates.plan(decidedOnly);
    expect(entries).toMatchObject([{ name: 'x.jpg', keptName: 'y.jpg', by: 'earlier' }]);
  });

  it('decisions are listed, taken back one by one, and go to another library as a file', async () => {
    const session = await withCopies(browser);
    const { duplicates } = session.library;
    const a = await idOf(session, '2019/a.jpg');
    const copy = await idOf(session, 'a copy');
    await duplicates.decide({ kind: 'keep', photos: [a, copy] });
    await duplicates.decide({ kind: 'alternates', photos: [a, await idOf(session, 'Phone/a again')] });
    const all = await duplicates.decisions();
    expect(all.map(({ kind }) => kind)).toEqual(['alternates', 'keep']);
    const read = (await readDecisionFile(decisionFile(all)))!;
    expect(await duplicates.importDecisions(read)).toBe(0);
    await duplicates.forget([all[1]!.number]);
    expect((await duplicates.view(exact)).decided.photos).toBe(0);
    expect(await duplicates.addDecisions(all)).toBe(1);
    expect((await duplicates.view(exact)).decided.photos).toBe(1);
    // All that says that it is to go, and nothing else.
    expect((await duplicates.reopen([copy])).map(({ kind }) => kind)).toEqual(['keep']);
    expect((await duplicates.decisions()).map(({ kind }) => kind)).toEqual(['alternates']);
    expect(await duplicates.reopen([a])).toEqual([]);
    // Given back it is in its place: what was decided last is taken back first.
    expect(await duplicates.addDecisions(all)).toBe(1);
    expect((await duplicates.view(exact)).undo).toEqual({ kind: 'alternates', photos: 2 });
    // What came as one goes as one.
    await duplicates.forget((await duplicates.decisions()).map(({ number }) => number));
    expect(await duplicates.importDecisions(read)).toBe(2);
    // Also where one was taken back and given back meanwhile.
    const takeBackAndGive = async () => {
      const [latest] = await duplicates.decisions();
      await duplicates.forget([latest!.number]);
      expect(await duplicates.addDecisions([latest!])).toBe(1);
    };
    await takeBackAndGive();
    expect((await duplicates.view(exact)).undo).toEqual({ kind: 'import', photos: 2 });
    expect(await duplicates.undo()).toEqual({ kind: 'import', photos: 2 });
    expect(await duplicates.decisions()).toEqual([]);
    await apply(session, byRules);
    await takeBackAndGive();
    expect((await duplicates.decisions()).every(({ run }) => run !== null && run > 0)).toBe(true);
    expect(await duplicates.undo()).toMatchObject({ kind: 'run' });
    expect(await duplicates.decisions()).toEqual([]);
    // None takes the number of another one, where some between them are gone for good and the first is taken.
    const [c, again] = [await idOf(session, 'c.jpg'), await idOf(session, 'Phone/a again')];
    const pairs = [copy, again, c].map((other) => [a, other]);
    for (const photos of [...pairs, [copy, again]]) await duplicates.decide({ kind: 'alternates', photos });
    const taken = await duplicates.decisions();
    await duplicates.forget(taken.map(({ number }) => number));
    await duplicates.decide({ kind: 'not-related', photos: [copy, c] });
    expect(await duplicates.addDecisions([taken[3]!, taken[0]!])).toBe(2);
    expect(await duplicates.decisions()).toHaveLength(3);
    const late = decisionFile([{ ...all[0]!, at: 1e300 }]);
    expect(await readDecisionFile(late)).toBeNull();
    for (const text of ['', '[]', '{"format":"picsift-duplicate-decisions","version":2,"decisions":[]}']) {
      expect(await readDecisionFile(new Blob([text]))).toBeNull();
    }
  });

  it('decisions of mixed kind are refused', async () => {
    const session = await withCopies(browser);
    const { duplicates } = session.library;
    const a = await idOf(session, '2019/a.jpg');
    const copy = await idOf(session, 'a copy');
    const c = await idOf(session, 'c.jpg');
    await expect(duplicates.decide({ kind: 'keep', photos: [a] })).rejects.toThrow(RangeError);
    await expect(duplicates.decide({ kind: 'keep', photos: [a, a] })).rejects.toThrow(RangeError);
    await expect(duplicates.decide({ kind: 'keep', photos: [a, copy, c] })).rejects.toThrow(RangeError);
  });
});
