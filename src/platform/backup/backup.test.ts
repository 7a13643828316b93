import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { frameKinds, type HeadRow, type SectionRows } from '../../core/backup/entries.ts';
import { frameHeaderBytes, preambleBytes, readFrameHeader } from '../../core/backup/frame.ts';
import { pack, unpack } from '../../core/backup/packed.ts';
import { type Frame, writeFrames } from '../../core/backup/write-frames.ts';
import { backupSections } from '../../core/library/backup/sections.ts';
import { partOf } from '../../core/library/backup/version-table.ts';
import { everything } from '../../core/library/duplicate-scope.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { builtInSet } from '../../core/tagging/label-set.ts';
import { openDatabase } from '../storage/open-database.ts';
import { browser, file, newBrowser, type TestSession } from '../storage/test-browser.ts';
import { testClock, until } from '../storage/test-clock.ts';
import { nothing, photosByPath, pick, rescanned, save, trip } from '../storage/test-picked-folder.ts';
import { backupStores } from './backup-stores.ts';
import { backedUp, contentOf, restored } from './test-backup.ts';

beforeEach(newBrowser);

const dog = 0 as LabelNumber;
const cat = 1 as LabelNumber;

/** Another device: nothing is stored there. */
async function elsewhere(withModel = true): Promise<TestSession> {
  newBrowser();
  const session = await browser.session();
  if (withModel) await session.startModel();
  return session;
}

async function find(session: TestSession, name: string, show: 'present' | 'removed' | 'failed' = 'present') {
  const [id] = await session.ids({ text: name, show });
  return id!;
}

const picture = (i: number) => `picture ${i} dog=${(i % 10) / 10} v=${Math.cos(i)},${Math.sin(i)}`;

/** Photos of every kind: equal bytes twice, one removed, one broken, decisions of both kinds, a label of their own. */
async function filled(): Promise<TestSession> {
  const session = await browser.started();
  const numbers = Array.from({ length: 40 }, (_, i) => String(i).padStart(2, '0'));
  const names = numbers.map((n) => file(`${n}.jpg`, picture(Number(n)), `trip/${n}.jpg`));
  await session.add([
    ...names,
    file('copy.jpg', picture(3), 'other/copy.jpg'),
    file('same.jpg', 'picture same taken=86400000 words=Rome,dog'),
    file('same.jpg', 'picture same taken=86400000 words=Rome,dog', 'twice/same.jpg'),
    file('broken.jpg', 'picture broken'),
    file('removed 狗 "x".jpg', 'picture removed cat=0.9'),
  ]);
  const own = await session.library.labelling.ensureLabel('奶奶的花园');
  await session.library.deciding.judge([await find(session, '05.jpg')], dog, 'rejected');
  await session.library.deciding.judge(
    [await find(session, '06.jpg'), await find(session, 'copy')],
    own.number,
    'accepted',
  );
  await session.library.deciding.remove([await find(session, 'removed')]);
  const { labelSets } = session.library.labelling;
  const made = await labelSets.make({
    name: 'Weather',
    kind: 'multi-class',
    groups: [],
    labels: [
      { name: 'Sun', synonyms: ['sunny'] },
      { name: 'Rain', zh: '雨' },
    ],
  });
  if (!made.ok) throw new Error(made.problem);
  const [sun, rain] = made.set.labels.map(({ number }) => number);
  await labelSets.state(
    made.set.id,
    new Map([
      [
        await find(session, '06.jpg'),
        { verdicts: [{ label: sun!, verdict: 'accepted' }], fullyLabelled: true },
      ],
      [await find(session, '09.jpg'), { verdicts: [{ label: rain!, verdict: 'accepted' }], side: 'train' }],
    ]),
  );
  await session.library.finding.itemNames.take('file,name,price\n05.jpg,Kettle,12\n');
  await session.library.searches.save({ name: 'Dogs', fragment: '#/?all=dog&similar=4', number: null });
  await session.library.deciding.favour([await find(session, '07.jpg')], true);
  const photos = [await find(session, '03.jpg'), await find(session, 'copy')];
  await session.library.duplicates.decide({ kind: 'keep', photos });
  await session.library.labelling.versions.keep(builtInSet, 'First', { dog: 0.9 });
  return session;
}

/** The rows of versions and heads in two parts each, as large ones are. */
async function* inParts(frames: AsyncIterable<Frame>): AsyncGenerator<Frame> {
  for await (const frame of frames) {
    const content = frame.kind === frameKinds.rows ? (unpack(frame.payload) as RowsOf) : null;
    if (content?.section !== 'versions' && content?.section !== 'heads') {
      yield frame;
      continue;
    }
    for (const row of content.rows) {
      const half = Math.ceil(row.photos.length / 2);
      for (const [from, to] of [
        [0, half],
        [half, row.photos.length],
      ] as const) {
        const part = 'groups' in row ? { ...row, ...partOf(row, from, to) } : headPart(row, from, to);
        yield { kind: frame.kind, payload: pack({ section: content.section, rows: [part] }) };
      }
    }
  }
}

type RowsOf = {
  [Name in 'versions' | 'heads']: { readonly section: Name; readonly rows: readonly SectionRows[Name][] };
}['versions' | 'heads'];

function headPart(row: HeadRow, from: number, to: number): HeadRow {
  const width = row.heldOut.length / row.photos.length;
  return {
    ...row,
    head: from === 0 ? row.head : null,
    photos: row.photos.slice(from, to),
    heldOut: row.heldOut.slice(from * width, to * width),
  };
}

/** Kept versions, their photos by name. */
async function versionsOf({ library }: TestSession): Promise<unknown> {
  const { versions } = library.labelling;
  const all = await versions.all(builtInSet);
  return Promise.all(
    all.map(async (version) => {
      const answers = await versions.answers(version.number);
      if (answers?.kind !== 'labels') throw new Error('no labels');
      const { ids, scores, labels, thresholds } = answers.photos;
      const names = library.reading.cells(ids).map((cell) => cell!.name);
      const rows = names.map((name, row) => [
        name,
        ...labels.map((label, n) => [label, scores[n * names.length + row], thresholds[n]]),
      ]);
      return [version, rows.sort()];
    }),
  );
}

/** Where each frame lies, the end's included. */
function framesOf(bytes: Uint8Array): { from: number; to: number; kind: number }[] {
  const frames: { from: number; to: number; kind: number }[] = [];
  for (let at = preambleBytes; at < bytes.length; ) {
    const { length, kind } = readFrameHeader(bytes, at)!;
    frames.push({ from: at, to: at + frameHeaderBytes + length, kind });
    at += frameHeaderBytes + length;
  }
  return frames;
}

describe('a backup', () => {
  it('leaves alone the labels that are made while it is taken in', async () => {
    const bytes = await backedUp(await filled());
    const other = await elsewhere();
    await other.library.labelling.labelSets.make({
      name: 'Weather',
      kind: 'multi-class',
      groups: [],
      labels: [],
    });
    expect(other.library.state().undo).not.toBeNull();
    const running = restored(other, bytes);
    const mine = [];
    for (let i = 0; i < 12; i++) mine.push(await other.library.labelling.ensureLabel(`mine ${i}`));
    const { rows } = await running;
    expect(rows.labels).toBeGreaterThan(0);
    // Taking that back would undo what came with the backup.
    expect(other.library.state().undo).toBeNull();
    const labels = new Map(other.library.labelling.labels().map(({ number, names }) => [number, names.en]));
    for (const { number, names } of mine) expect(labels.get(number)).toBe(names.en);
    expect([...labels.values()]).toEqual(expect.arrayContaining(['Sun', 'Rain', 'Rome', '奶奶的花园']));
  });

  it('with originals, restored where nothing is, gives the same library', async () => {
    const session = await filled();
    const versions = await versionsOf(session);
    const before = await contentOf(session);
    const [id] = await session.ids({ text: '07.jpg' });
    const likeIt = (photo: typeof id) => ({
      terms: [{ subject: { kind: 'photo', id: photo!, region: null }, weight: 1 } as const],
      filter: null,
    });
    const similar = await session.library.finding.similar(likeIt(id), 5, 0);
    const counts = { photos: 0, originals: 0, missing: 0 };
    const bytes = await backedUp(session, true, counts);
    expect(counts).toEqual({ photos: 45, originals: 43, missing: 0 });
    session.kill();

    // Without a model even: what is stored is enough.
    const other = await elsewhere(false);
    const told = await restored(other, bytes, true);
    expect(await contentOf(other)).toEqual([]);
    const report = await restored(other, bytes);
    expect(report).toEqual(told);
    expect(report).toMatchObject({
      complete: true,
      lostFrames: 0,
      photos: { fresh: 45, known: 0 },
      withoutResults: 0,
      decisions: { fresh: 5, same: 0, fromBackup: 0, fromHere: 0 },
      originals: { fresh: 43, damaged: 0 },
      rows: {
        labels: 7,
        sets: 1,
        models: 1,
        marks: 1,
        duplicates: 1,
        scope: 0,
        searches: 1,
        items: 1,
        heads: 0,
        versions: 1,
      },
    });
    expect(await contentOf(other)).toEqual(before);
    expect(await other.library.searches.all()).toMatchObject([
      { name: 'Dogs', fragment: `#/?all=dog&similar=${await find(other, '03.jpg')}` },
    ]);
    expect(await versionsOf(other)).toEqual(versions);
    expect(
      other.library.labelling.labelSets.all.map(({ labels, ...set }) => [
        set,
        labels.map(({ number: _, ...rest }) => rest),
      ]),
    ).toEqual(
      session.library.labelling.labelSets.all.map(({ labels, ...set }) => [
        set,
        labels.map(({ number: _, ...rest }) => rest),
      ]),
    );
    expect(
      (await other.library.duplicates.view({ tier: 'exact', sensitivity: 0.5, scope: everything })).decided
        .photos,
    ).toBe(1);
    const [there] = await other.ids({ text: '07.jpg' });
    expect(await other.names({ favourites: true })).toEqual(['07.jpg']);
    const found = await other.library.finding.similar(likeIt(there), 5, 0);
    const names = async (of: TestSession, result: typeof similar) =>
      result.kind === 'hits'
        ? of.library.reading.cells(result.hits.map(({ id: hit }) => hit)).map((cell) => cell!.name)
        : result.kind;
    expect(await names(other, found)).toEqual(await names(session, similar));
    other.kill();

    const again = await browser.started();
    await again.settled();
    expect(await contentOf(again)).toEqual(before);
    expect(browser.embedder.calls).toBe(0); // nothing had to be made again
  });

  it('without originals gives back all but the files; adding the folder again gives it those', async () => {
    const session = await filled();
    const before = (await contentOf(session)) as { name: string; path: string; original: string | null }[];
    const bytes = await backedUp(session);
    session.kill();
    const other = await elsewhere();
    await restored(other, bytes);
    const without = before.map((photo) => ({ ...photo, original: null, isMissing: true }));
    expect(await contentOf(other)).toEqual(without);
    const id = await find(other, '05.jpg');
    expect((await other.library.reading.photo(id))!.source).toBe('absent');

    const disk = before.map(({ name, path, original }) => file(name, original!, path));
    const report = await other.library.importing.add(disk);
    expect(report).toMatchObject({ accepted: 45, refused: 0 });
    await other.settled();
    const after = (await contentOf(other)) as { removed: boolean }[];
    // Adding brings a removed photo back, as it always does.
    expect(after).toEqual(before.map((photo) => ({ ...photo, removed: false })));
    expect((await other.library.reading.photo(id))!.labels.find(({ label }) => label === dog)!.verdict).toBe(
      'rejected',
    );
  });

  it('brings back what was deleted for good, and the next look finds its file where that still lies', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a', '/trip/b.jpg': 'b', '/trip/d.jpg': 'd' });
    await pick(session, trip);
    const before = await photosByPath(session);
    await session.library.deciding.deleteForGood([before['trip/d.jpg']!]);
    const bytes = await backedUp(session);
    await session.library.deciding.deleteForGood([before['trip/a.jpg']!]);
    expect(await rescanned(session)).toEqual(nothing);
    await restored(session, bytes);
    expect(await rescanned(session)).toEqual({ ...nothing, moved: 1 });
    const after = await photosByPath(session);
    expect(Object.keys(after).sort()).toEqual(['trip/a.jpg', 'trip/b.jpg']);
    expect(await ((await session.library.reading.original(after['trip/a.jpg']!)) as Blob).text()).toBe(
      'picture a',
    );
    expect(await rescanned(session)).toEqual(nothing);
  });

  it('taken in twice, or broken off anywhere and taken in again, gives what once gives', async () => {
    const session = await filled();
    const before = await contentOf(session);
    const bytes = await backedUp(session, true);
    session.kill();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), async (steps) => {
        const first = await elsewhere();
        let left = steps;
        // The tab is gone in the middle: nothing more can be written.
        const write = first.store.write.bind(first.store);
        vi.spyOn(first.store, 'write').mockImplementation(async (...values) => {
          if (left-- === 0) first.kill();
          return write(...values);
        });
        await restored(first, bytes);
        expect(first.lost).toBe(true);
        const second = await browser.started();
        await restored(second, bytes);
        const { photos } = await restored(second, bytes);
        expect(photos).toEqual({ fresh: 0, known: 45, removed: 1 });
        await second.settled();
        expect(await contentOf(second)).toEqual(before);
        second.kill();
      }),
      { numRuns: 4 },
    );
  });

  it('that is damaged loses what the damage hit, restores all else, and says so', async () => {
    const session = await filled();
    const before = (await contentOf(session)) as { name: string }[];
    const bytes = await backedUp(session);
    session.kill();
    const frames = framesOf(bytes);
    for (const [n, { from, to, kind }] of frames.entries()) {
      const damaged = bytes.slice();
      damaged[from + frameHeaderBytes + ((to - from - frameHeaderBytes) >> 1)]! ^= 4;
      const other = await elsewhere();
      const report = await restored(other, damaged);
      const after = (await contentOf(other)) as { name: string; thumbnail: unknown }[];
      const isEnd = n === frames.length - 1;
      expect(report.lostFrames).toBe(isEnd ? 0 : 1);
      expect(report.complete).toBe(!isEnd);
      if (kind === frameKinds.photos) {
        expect(before.length - after.length).toBeGreaterThan(0);
        expect(before.length - after.length).toBeLessThanOrEqual(32);
      } else {
        expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
      }
      const lostResults = kind === frameKinds.contents;
      expect(report.withoutResults > 0).toBe(lostResults);
      if (lostResults || kind === frameKinds.photos) {
        for (const photo of after) {
          if (photo.thumbnail === null) continue;
          expect(before).toContainEqual(
            expect.objectContaining({ ...photo, original: expect.anything(), isMissing: false }),
          );
        }
      } else {
        // Labels and models are there twice, names of things once.
        const content = kind === frameKinds.rows ? unpack(bytes.slice(from + frameHeaderBytes, to)) : null;
        const lost = (content as { section?: unknown } | null)?.section === 'items' ? { item: null } : {};
        expect(after).toEqual(
          before.map((photo) => ({ ...photo, ...lost, original: null, isMissing: true })),
        );
      }
      other.kill();
    }
  });

  it('restored into a library that has photos merges by their bytes, and no decision of either is lost', async () => {
    const session = await filled();
    let now = 5000;
    const bytes = await backedUp(session);
    session.kill();

    newBrowser();
    const clock = { ...testClock, now: () => now };
    const other = await browser.session({ clock });
    // A model whose labels have other numbers here.
    await other.library.labelling.ensureLabel('Mine');
    await other.startModel();
    const labelOf = (id: string) => other.library.labelling.labels().find((label) => label.id === id)!.number;
    await other.add([
      file('renamed.jpg', picture(5), 'moved/renamed.jpg'),
      file('06.jpg', picture(6), 'trip/06.jpg'),
      file('mine.jpg', 'picture only here cat=0.8'),
    ]);
    const renamed = await find(other, 'renamed');
    await other.library.deciding.judge([renamed], labelOf('dog'), 'accepted'); // long ago: at 5000
    await other.library.deciding.judge([await find(other, '06.jpg')], labelOf('cat'), 'accepted');
    // A set of the same name: one of the photos is said to be of another class, long ago.
    const made = await other.library.labelling.labelSets.make({
      name: 'weather',
      kind: 'multi-class',
      groups: [],
      labels: [{ name: 'Fog' }, { name: 'rain' }],
    });
    if (!made.ok) throw new Error(made.problem);
    const fog = made.set.labels[0]!.number;
    const inFog = { verdicts: [{ label: fog, verdict: 'accepted' as const }] };
    await other.library.labelling.labelSets.state(
      made.set.id,
      new Map([[await find(other, '06.jpg'), inFog]]),
    );
    now = Date.now() + 1000;
    await other.library.deciding.judge([await find(other, 'mine')], labelOf('cat'), 'rejected');

    const told = await restored(other, bytes, true);
    const report = await restored(other, bytes);
    expect(report).toEqual(told);
    expect(report).toMatchObject({
      photos: { fresh: 43, known: 2 },
      decisions: { fresh: 3, same: 0, fromBackup: 2, fromHere: 0 },
      conflicts: [
        {
          photo: '05.jpg',
          here: { label: { en: 'Dog' }, verdict: 'accepted' },
          backup: { verdict: 'rejected' },
          kept: 'backup',
        },
        { photo: '06.jpg', here: { label: { en: 'Fog' } }, backup: { label: { en: 'Sun' } }, kept: 'backup' },
      ],
    });
    const verdict = async (name: string, label: LabelNumber) =>
      (await other.library.reading.photo(await find(other, name)))!.labels.find((one) => one.label === label)
        ?.verdict;
    expect(await verdict('renamed', labelOf('dog'))).toBe('rejected');
    expect(await verdict('06.jpg', labelOf('cat'))).toBe('accepted');
    expect(await verdict('06.jpg', (await other.library.labelling.ensureLabel('奶奶的花园')).number)).toBe(
      'accepted',
    );
    expect(await verdict('mine', labelOf('cat'))).toBe('rejected');
    expect(other.library.state().counts).toMatchObject({ present: 44, failed: 1, removed: 1 });
    const [weather] = other.library.labelling.labelSets.all;
    expect(weather!.labels.map(({ names }) => names.en)).toEqual(['Fog', 'rain', 'Sun']);
    const sun = weather!.labels[2]!.number;
    expect(await verdict('06.jpg', sun)).toBe('accepted');
    expect(await verdict('06.jpg', fog)).not.toBe('accepted');
    expect(await verdict('09.jpg', weather!.labels[1]!.number)).toBe('accepted');
    const scored = (await other.library.reading.photo(await find(other, '09.jpg')))!.labels;
    expect(scored.find(({ label }) => label === labelOf('dog'))!.score).toBeCloseTo(0.9, 2);
    expect(await ((await other.library.reading.original(renamed)) as Blob).text()).toContain('picture 5');
  });

  it('never says more of a fully labelled photo than was said: neither of labels that came later nor of those here', async () => {
    const session = await browser.started();
    await session.add([file('01.jpg', 'picture 1'), file('02.jpg', 'picture 2')]);
    const things = async ({ library }: TestSession, names: readonly string[], photo: number) => {
      const { labelSets } = library.labelling;
      const labels = names.map((name) => ({ name }));
      const made = await labelSets.make({ name: 'Things', kind: 'multi-label', groups: [], labels });
      if (!made.ok) throw new Error(made.problem);
      const verdicts = [{ label: made.set.labels[0]!.number, verdict: 'accepted' as const }];
      await labelSets.state(made.set.id, new Map([[photo, { verdicts, fullyLabelled: true }]]));
      return made.set.id;
    };
    const known = async ({ library }: TestSession) => {
      const set = library.labelling.labelSets.all[0]!;
      const { photos, truth } = (await library.labelling.labelMatrix(set.id))!;
      const cells = library.reading.cells(photos);
      return cells.map((cell, row) => [
        cell!.name,
        ...set.labels.map(({ names }, c) => [names.en, truth[row * set.labels.length + c]]),
      ]);
    };
    const id = await things(session, ['sea', 'dog'], await find(session, '01'));
    await session.library.labelling.labelSets.addLabels(id, [{ name: 'bike' }]);
    const bytes = await backedUp(session);
    const said = [['01.jpg', ['sea', 1], ['dog', 0], ['bike', -1]]];
    expect(await known(session)).toEqual(said);
    session.kill();

    const empty = await elsewhere();
    await restored(empty, bytes);
    expect(await known(empty)).toEqual(said);
    empty.kill();

    const other = await elsewhere();
    await other.add([file('01.jpg', 'picture 1'), file('02.jpg', 'picture 2')]);
    await things(other, ['sea', 'kite'], await find(other, '02'));
    await restored(other, bytes);
    expect(await known(other)).toEqual([
      ['01.jpg', ['sea', 1], ['kite', -1], ['dog', -1], ['bike', -1]],
      ['02.jpg', ['sea', 1], ['kite', 0], ['dog', -1], ['bike', -1]],
    ]);
  });

  it('holds what was taught, with what models that never saw them said of photos; the later teaching stays', async () => {
    const choices = {
      thresholds: { kind: 'best-f1' },
      balanced: false,
      together: true,
      sameStrictness: false,
    } as const;
    const session = await filled();
    const { labelSets, taughtSets } = session.library.labelling;
    const set = labelSets.all[0]!;
    const ids = await session.ids({ text: 'trip' });
    const say = (all: readonly number[]) =>
      labelSets.state(
        set.id,
        new Map(
          all.map((id, i) => [
            id,
            { verdicts: [{ label: set.labels[i % 2]!.number, verdict: 'accepted' as const }] },
          ]),
        ),
      );
    await say(ids.slice(0, 20));
    expect((await taughtSets.teach(set.id, choices)).kind).toBe('taught');
    const judged = async ({ library }: TestSession, id: number) => {
      const { photos, scores, heldOut } = (await library.labelling.labelMatrix(id))!;
      return library.reading
        .cells([...photos] as typeof ids)
        .map((cell, row) => [cell!.name, ...(heldOut[row] === 1 ? scores.slice(2 * row, 2 * row + 2) : [])]);
    };
    const tagged = async (of: TestSession) => {
      const labels = of.library.labelling.labelSets.all[0]!.labels;
      const names: string[][] = [];
      for (const { number } of labels) names.push((await of.names({ allOf: [number] })).sort());
      return names;
    };
    const byName = (rows: unknown[][]) => rows.sort((a, b) => String(a[0]).localeCompare(String(b[0])));
    await until(() => taughtSets.summaries()[0]!.waiting === 0);
    const before = [byName(await judged(session, set.id)), await tagged(session), taughtSets.summaries()];
    const bytes = await backedUp(session);
    const cut = await backedUp(session, false, undefined, inParts);
    session.kill();

    // Large ones come in parts, and count once.
    for (const dry of [true, false])
      expect((await restored(await elsewhere(), cut, dry)).rows).toMatchObject({ heads: 1, versions: 1 });
    const other = await elsewhere();
    expect((await restored(other, bytes, true)).rows.heads).toBe(1);
    expect((await restored(other, bytes)).rows.heads).toBe(1);
    await until(() => other.library.labelling.taughtSets.summaries()[0]?.waiting === 0);
    const id = other.library.labelling.labelSets.all[0]!.id;
    const there = () => other.library.labelling.taughtSets.summaries();
    expect(byName(await judged(other, id))).toEqual(before[0]);
    expect(await tagged(other)).toEqual(before[1]);
    expect(there()[0]!.report!.groups).toEqual((before[2] as ReturnType<typeof there>)[0]!.report!.groups);
    expect((await restored(other, bytes)).rows.heads).toBe(0);
    expect((await other.library.labelling.taughtSets.teach(id, choices)).kind).toBe('taught');
    const { taughtAt } = there()[0]!;
    expect((await restored(other, bytes)).rows.heads).toBe(0);
    expect(there()[0]!.taughtAt).toBe(taughtAt);
  });

  it('keeps a decision that was made here after the one of the backup', async () => {
    const session = await filled();
    const bytes = await backedUp(session);
    const id = await find(session, '05.jpg');
    await session.library.deciding.judge([id], dog, 'accepted');
    await session.library.deciding.judge([id], cat, 'accepted');
    await session.library.deciding.remove([await find(session, '08.jpg')]);
    const report = await restored(session, bytes);
    expect(report).toMatchObject({
      photos: { fresh: 0, known: 45, removed: 2 },
      decisions: { fresh: 0, same: 4, fromBackup: 0, fromHere: 1 },
      conflicts: [{ here: { verdict: 'accepted' }, backup: { verdict: 'rejected' }, kept: 'here' }],
    });
    const { labels } = (await session.library.reading.photo(id))!;
    expect(labels.filter(({ verdict }) => verdict === 'accepted')).toHaveLength(2);
  });

  it('has photos that were still waiting, and brings them in', async () => {
    const session = await browser.session();
    await session.library.importing.add([file('a.jpg', 'picture a dog=0.9'), file('b.jpg', 'picture b')]);
    const withFiles = await backedUp(session, true);
    const bare = await backedUp(session);
    session.kill();

    let other = await elsewhere();
    await restored(other, withFiles);
    await other.settled();
    expect(await other.names({ allOf: [dog] })).toEqual(['a.jpg']);
    other.kill();

    other = await elsewhere();
    expect(await restored(other, bare)).toMatchObject({ photos: { fresh: 2 }, withoutResults: 2 });
    expect((await other.library.reading.photo(await find(other, 'a.jpg')))!.failure).toEqual({
      code: 'file-missing',
    });
    await other.add([file('a.jpg', 'picture a dog=0.9')]);
    expect(await other.names({ allOf: [dog] })).toEqual(['a.jpg']);
  });

  it('stops when storage is full, with all that was taken in whole, and goes on later', async () => {
    const session = await filled();
    const before = await contentOf(session);
    const bytes = await backedUp(session, true);
    session.kill();
    const other = await elsewhere();
    const write = other.store.write.bind(other.store);
    let left = 4;
    const full = vi
      .spyOn(other.store, 'write')
      .mockImplementation(async (...values) => (left-- > 0 ? write(...values) : 'storage-full'));
    expect(await restored(other, bytes)).toMatchObject({ stopped: 'storage-full' });
    full.mockRestore();
    expect(await restored(other, bytes)).toMatchObject({ stopped: null, complete: true });
    expect(await contentOf(other)).toEqual(before);
  });

  it('can be cancelled, and tells photos whose files cannot be read', async () => {
    const session = await filled();
    const parts = session.library.backups.write(
      { app: 'test', originals: false },
      { photos: 0, originals: 0, missing: 0 },
    );
    await parts.next();
    expect(session.library.state().backup).toMatchObject({ kind: 'backup' });
    await expect(backedUp(session)).rejects.toThrow(/under way/);
    session.library.backups.cancel();
    await expect(parts.next()).rejects.toThrow(/cancelled/);
    expect(session.library.state().backup).toBeNull();

    vi.spyOn(session.store, 'blob').mockResolvedValue(null);
    const counts = { photos: 0, originals: 0, missing: 0 };
    await backedUp(session, true, counts);
    expect(counts).toEqual({ photos: 45, originals: 0, missing: 43 });
  });

  it('that says what it must not is not believed: nothing of it reaches the library', async () => {
    const session = await elsewhere();
    const photo = { id: 1, name: 7 };
    const frames = [
      { kind: frameKinds.photos, payload: pack({ group: 0, photos: [photo] }) },
      { kind: frameKinds.rows, payload: pack({ section: 'labels', rows: [{ id: '' }] }) },
      { kind: frameKinds.rows, payload: pack({ section: 'constructor', rows: [] }) },
      { kind: frameKinds.original, payload: pack({ sha256: '../etc' }) },
      { kind: 99, payload: Uint8Array.of(1) },
    ];
    const parts: Uint8Array[] = [];
    for await (const part of writeFrames(frames, 1)) parts.push(part);
    const report = await restored(session, new Uint8Array(Buffer.concat(parts)));
    expect(report).toMatchObject({ lostFrames: 3, unknownFrames: 2, photos: { fresh: 0, known: 0 } });
    expect(await session.ids()).toEqual([]);
  });
});

it('every store is backed up, or said to be derived or of this device', async () => {
  const opened = await openDatabase(() => {});
  if (opened.kind !== 'open') throw new Error(opened.kind);
  expect(Object.keys(backupStores).sort()).toEqual([...opened.database.objectStoreNames].sort());
  opened.database.close();
  const carriers = new Set<string>(Object.values(backupStores));
  for (const section of Object.keys(backupSections)) expect(carriers).toContain(section);
});
