import { beforeEach, describe, expect, it } from 'vitest';
import { type DuplicateScope, everything } from '../../core/library/duplicate-scope.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { backedUp, restored } from '../backup/test-backup.ts';
import { decisionFile, readDecisionFile } from '../library/decision-files.ts';
import { browser, file, newHastyBrowser, type TestSession } from './test-browser.ts';
import { until } from './test-clock.ts';
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

/** Takes all photos out for good, then others in. */
async function importedAgain(session: TestSession, ...files: Parameters<typeof file>[]): Promise<void> {
  const all = await session.ids();
  await session.library.deciding.deleteForGood(all);
  await session.add(files.map((one) => file(...one)));
}

describe('a decided pair never comes back', () => {
  it('when its files come in again renamed, from another folder, or without one', async () => {
    const session = await withCopies(browser);
    const { duplicates } = session.library;
    const [a, copy] = [await idOf(session, '2019/a.jpg'), await idOf(session, 'a copy')];
    await duplicates.decide({ kind: 'keep', photos: [copy, a] });
    const text = 'picture one';
    await importedAgain(session, ['a.jpg', text, 'X/2019/a.jpg'], ['a copy.jpg', text, 'X/2019/a copy.jpg']);
    const goes = async () => (await duplicates.plan(decidedOnly)).entries.map(({ name }) => name);
    expect(await goes()).toEqual(['a.jpg']);
    await importedAgain(session, ['a.jpg', text], ['a copy.jpg', text]);
    expect(await goes()).toEqual(['a.jpg']);
    await importedAgain(
      session,
      ['new name.jpg', text, '2019/new name.jpg'],
      ['a copy.jpg', text, '2019/a copy.jpg'],
    );
    expect(await goes()).toEqual(['new name.jpg']);
    // Renamed and moved at once.
    await importedAgain(
      session,
      ['other.jpg', text, 'Elsewhere/other.jpg'],
      ['a copy.jpg', text, 'New/a copy.jpg'],
    );
    expect(await goes()).toEqual(['other.jpg']);
    expect((await duplicates.view(exact)).counts.exact.groups).toBe(0);
  });

  it('whichever model looks at it', async () => {
    browser.pairFinder.check = async () => ({ shared: 1, agreement: 0.99, sameColour: true });
    const session = await browser.started();
    await session.add(
      ['a', 'b', 'c', 'd'].map((name, n) => file(`${name}.jpg`, `picture ${name} v=1,0.0${n}`)),
    );
    await searched(session);
    const { duplicates } = session.library;
    const ids = await session.ids();
    expect(await groupsOf(session, same)).toHaveLength(1);
    await duplicates.decide({ kind: 'alternates', photos: [ids[0]!, ids[1]!] });
    await duplicates.decide({ kind: 'not-related', photos: [ids[1]!, ids[2]!] });
    await duplicates.decide({ kind: 'keep', photos: [ids[3]!, ids[2]!] });
    const before = await groupsOf(session, same);
    expect(before).toHaveLength(1);
    session.kill();
    const searches = browser.pairFinder.tasks.length;

    browser.embedder.model = { ...browser.embedder.model, key: { id: 'test', version: '2' } };
    const next = await browser.started();
    await until(() => next.library.state().outdated === 0);
    await next.settled();
    await next.library.duplicates.view(same);
    await until(() => browser.pairFinder.tasks.length > searches);
    await searched(next);
    expect(await groupsOf(next, same)).toEqual(before);
    const { counts, decided } = await next.library.duplicates.view(same);
    expect(counts['same-picture'].groups).toBe(0);
    expect(decided.photos).toBe(1);
  });
});

it('exceptions to the rules hold for their group, and are applied as they were listed', async () => {
  const session = await withCopies(browser);
  const [a, copy, again] = [
    await idOf(session, '2019/a.jpg'),
    await idOf(session, 'a copy'),
    await idOf(session, 'a again'),
  ];
  const goes = async (stays: (typeof a)[]) =>
    (await session.library.duplicates.plan({ ...byRules, stays })).entries
      .filter(({ name }) => name.startsWith('a'))
      .map(({ photo, keptFor }) => [photo, keptFor])
      .sort();
  const all = [a, copy, again];
  for (const kept of all) {
    const others = all.filter((photo) => photo !== kept).sort((x, y) => x - y);
    expect(await goes([kept])).toEqual(others.map((photo) => [photo, kept]));
  }
  expect(await goes(all)).toEqual([]);
  expect(await apply(session, { ...byRules, stays: [copy, again] })).toMatchObject({ photos: 2 });
  const there = await session.ids();
  expect(there).toContain(copy);
  expect(there).toContain(again);
  expect(there).not.toContain(a);
});

it('merging gives no photo two classes of a set, and is taken back whole', async () => {
  const session = await withCopies(browser);
  const { labelSets } = session.library.labelling;
  const made = await labelSets.make({
    name: 'Pets',
    kind: 'multi-class',
    groups: [],
    labels: [{ name: 'Rex' }, { name: 'Bella' }],
  });
  if (!made.ok) throw new Error(made.problem);
  const { id: set, labels } = made.set;
  const [rex, bella] = [labels[0]!.number, labels[1]!.number];
  const [a, copy, again] = [
    await idOf(session, '2019/a.jpg'),
    await idOf(session, 'a copy'),
    await idOf(session, 'a again'),
  ];
  const says = (label: typeof rex) => ({ verdicts: [{ label, verdict: 'accepted' as const }] });
  await labelSets.state(set, new Map([[copy, says(bella)]]));
  await labelSets.state(set, new Map([[again, { ...says(rex), fullyLabelled: true }]]));
  await session.library.duplicates.decide({ kind: 'keep', photos: [a, copy, again] });
  await apply(session, decidedOnly);
  const having = (label: typeof rex) => session.ids({ allOf: [label] });
  expect([...(await having(rex)), ...(await having(bella))]).toEqual([a]);
  const fullyLabelled = async () =>
    (await session.store.load()).labelMarks.flatMap(({ pairs }) => [...pairs].filter((_, n) => n % 2 === 0));
  expect((await fullyLabelled()).sort()).toEqual([a, again].sort());
  await session.library.duplicates.undo();
  expect([await having(rex), await having(bella)]).toEqual([[again], [copy]]);
  expect(await fullyLabelled()).toEqual([again]);
});

it('reference folders and all else that was chosen go to another library, where none of its own is lost', async () => {
  const session = await browser.started();
  const scope: DuplicateScope = {
    compare: 'reference',
    references: ['Archive', 'Trips/2019'],
    filter: { text: '', allOf: [0 as LabelNumber], from: 5, to: null },
    leastBytes: 7000,
    formats: ['jpg'],
    ignored: ['*.tmp.jpg'],
  };
  expect(await session.library.duplicates.scope.get()).toBeNull();
  await session.library.duplicates.scope.set(scope);
  const backup = await backedUp(session);
  session.kill();
  const again = await browser.session();
  expect(await again.library.duplicates.scope.get()).toEqual(scope);
  again.kill();

  newHastyBrowser();
  const other = await browser.started();
  const { scope: chosen } = other.library.duplicates;
  expect((await restored(other, backup, true)).rows.scope).toBe(1);
  expect(await chosen.get()).toBeNull();
  expect((await restored(other, backup)).rows.scope).toBe(1);
  expect(await chosen.get()).toEqual(scope);
  expect((await restored(other, backup)).rows.scope).toBe(0);
  // What is protected here stays protected, and what was chosen here stays chosen.
  await chosen.set({ ...everything, references: ['Mine'], formats: ['png'] });
  await restored(other, backup);
  const references = ['Mine', 'Archive', 'Trips/2019'];
  expect(await chosen.get()).toEqual({ ...everything, references, formats: ['png'] });
  other.kill();
});

it('photos of decisions that are not there are looked for when others come in, not with each decision', async () => {
  const session = await withCopies(browser);
  const { duplicates } = session.library;
  const photos = ['0', '1'].map((digit) => ({ sha256: digit.repeat(64), place: 'elsewhere.jpg' }));
  await duplicates.importDecisions([{ kind: 'keep', photos, at: 5 }]);
  await duplicates.view(exact);
  const contents = session.store.contents.bind(session.store);
  const asked: string[] = [];
  session.store.contents = (hashes) => {
    asked.push(...hashes);
    return contents(hashes);
  };
  await duplicates.decide({
    kind: 'keep',
    photos: [await idOf(session, 'a.jpg'), await idOf(session, 'a copy.jpg')],
  });
  await duplicates.view(exact);
  expect(asked).toHaveLength(1);
  await session.add([file('d.jpg', 'picture four')]);
  asked.length = 0;
  await duplicates.view(exact);
  expect(asked).toEqual(expect.arrayContaining(photos.map(({ sha256 }) => sha256)));
});

it('a decision about thousands of photos goes to another library as well', async () => {
  const photos = Array.from({ length: 3000 }, (_, n) => ({ sha256: '0'.repeat(64), place: `${n}.jpg` }));
  const decision = { number: 1, at: 5, kind: 'alternates', photos, run: null } as const;
  expect((await readDecisionFile(decisionFile([decision])))?.[0]?.photos).toEqual(photos);
  // In a backup as well, and one that is too large for a frame in parts.
  const many = Array.from({ length: 10_000 }, (_, n) => ({
    sha256: '1'.repeat(64),
    place: `a/long/${n}.jpg`,
  }));
  const session = await browser.started();
  await session.library.duplicates.importDecisions([
    decision,
    { kind: 'keep', photos: many, at: 6, byRules: true },
  ]);
  const backup = await backedUp(session);
  session.kill();
  newHastyBrowser();
  const other = await browser.started();
  expect((await restored(other, backup)).lostFrames).toBe(0);
  const [first, ...parts] = [...(await other.library.duplicates.decisions())].reverse();
  expect(first).toMatchObject({ kind: 'alternates', photos, run: null });
  expect(parts.flatMap((part) => [part.run, part.photos[0]])).toEqual(parts.flatMap(() => [0, many[0]]));
  expect(parts.flatMap((part) => part.photos.slice(1))).toEqual(many.slice(1));
  other.kill();
});
