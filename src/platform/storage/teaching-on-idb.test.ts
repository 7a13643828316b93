import { beforeEach, describe, expect, it } from 'vitest';
import type { Statement } from '../../core/library/statements.ts';
import type { LabelSet } from '../../core/tagging/label-set.ts';
import { openDatabase } from './open-database.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';
import { testClock, until } from './test-clock.ts';

beforeEach(newBrowser);

const choices = {
  thresholds: { kind: 'best-f1' },
  balanced: false,
  together: true,
  sameStrictness: false,
} as const;

/** Photos in two lots that lie apart, `count` each: odd numbers to the left, even ones to the right. */
async function withLots(count: number): Promise<TestSession> {
  const session = await browser.started();
  await add(session, 1, 2 * count);
  return session;
}

async function add(session: TestSession, first: number, last: number): Promise<void> {
  const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  await session.library.importing.add(
    numbers.map((n) => {
      const turn = ((n * 37) % 20) / 40 + (n % 2 === 1 ? 0 : 2);
      return file(`${n}.jpg`, `picture ${n} v=${Math.cos(turn).toFixed(4)},${Math.sin(turn).toFixed(4)}`);
    }),
  );
  await session.settled();
}

async function made(
  { library }: TestSession,
  kind: LabelSet['kind'],
  names: readonly string[],
): Promise<LabelSet> {
  const labels = names.map((name) => ({ name }));
  const answer = await library.labelling.labelSets.make({ name: 'Sides', kind, groups: [], labels });
  if (!answer.ok) throw new Error(answer.problem);
  return answer.set;
}

/** Says of photos 1 to `last` on which side they are. */
async function say({ library }: TestSession, set: LabelSet, last: number): Promise<void> {
  const [left, right] = set.labels.map(({ number }) => number);
  const statements = Array.from({ length: last }, (_, i) => {
    const label = (i + 1) % 2 === 1 ? left! : right!;
    return [i + 1, { verdicts: [{ label, verdict: 'accepted' as const }] }] as const;
  });
  await library.labelling.labelSets.state(set.id, new Map(statements));
}

/** Of a set of any number of labels: of photos 1 to `last`, on which of its first two sides they are, and on which they are not. */
function sidesOf(set: LabelSet, last: number): Map<number, Statement> {
  const sides = (photo: number) => ({
    verdicts: set.labels.slice(0, 2).map(({ number }, n) => {
      const verdict = photo % 2 === n ? ('rejected' as const) : ('accepted' as const);
      return { label: number, verdict };
    }),
  });
  return new Map(Array.from({ length: last }, (_, n) => [n + 1, sides(n + 1)]));
}

const scored = (session: TestSession) => until(() => session.library.state().teaching === null);
const having = async (session: TestSession, set: LabelSet, n: number) =>
  (await session.names({ allOf: [set.labels[n]!.number] })).map((name) => Number.parseInt(name, 10));

describe('teaching a set', () => {
  it('can be cancelled while the photos are being gathered', async () => {
    const session = await withLots(20);
    const set = await made(session, 'multi-class', ['left', 'right']);
    await say(session, set, 16);
    const teaching = session.library.labelling.taughtSets.teach(set.id, choices);
    expect(session.library.labelling.taughtSets.status).toMatchObject({ phase: 'choose' });
    session.library.labelling.taughtSets.cancel();
    expect(session.library.labelling.taughtSets.status).toBeNull();
    expect(await teaching).toEqual({ kind: 'cancelled' });
    expect(session.library.labelling.taughtSets.summaries()).toEqual([]);
  });

  it('gives its labels by other thresholds when they are wanted, unless it was taught anew meanwhile', async () => {
    const session = await withLots(10);
    const { labelSets, taughtSets } = session.library.labelling;
    const set = await made(session, 'binary', ['left']);
    const left = set.labels[0]!.number;
    const said = Array.from({ length: 12 }, (_, i) => {
      const verdict = i % 2 === 0 ? ('accepted' as const) : ('rejected' as const);
      return [i + 1, { verdicts: [{ label: left, verdict }] }] as const;
    });
    await labelSets.state(set.id, new Map(said));
    const from = (threshold: number | null) =>
      taughtSets.setThresholds(set.id, { labels: new Map([[left, threshold]]) });
    expect(await from(0.5)).toBe(false);
    expect((await taughtSets.teach(set.id, choices)).kind).toBe('taught');
    await expect.poll(() => having(session, set, 0)).toHaveLength(10);
    expect(await from(null)).toBe(true);
    await expect.poll(() => having(session, set, 0)).toHaveLength(6);
    expect(await from(0)).toBe(true);
    await expect.poll(() => having(session, set, 0)).toHaveLength(14);
    const late = from(0.5);
    await taughtSets.keep({ ...taughtSets.heads.usableHead(set.id)!, version: 2 });
    expect([await late, await from(0.75)]).toEqual([true, true]);
    const before = taughtSets.heads.usableHead(set.id)!;
    const [taught, used] = [taughtSets.keep({ ...before, version: 3 }), from(1)];
    expect([await taught, await used]).toEqual([true, false]);
    const ofFormer = { version: 2, labels: new Map([[left, 0.25]]) };
    expect(await taughtSets.setThresholds(set.id, ofFormer)).toBe(false);
    session.kill();
    const { heads } = (await browser.session()).library.labelling.taughtSets;
    await expect.poll(() => heads.get(set.id)).toMatchObject({ version: 3, head: { thresholds: [0.75] } });
  });

  it('labels the whole library, what comes later, and the library of the next session', async () => {
    const session = await withLots(20);
    const set = await made(session, 'multi-class', ['left', 'right']);
    await say(session, set, 16);
    const answer = await session.library.labelling.taughtSets.teach(set.id, choices);
    if (answer.kind !== 'taught') throw new Error(answer.kind);
    expect(answer.report.photos).toBe(16);
    expect(answer.report.groups).toMatchObject([{ photos: 16, accuracy: 1 }]);
    await scored(session);
    expect((await having(session, set, 0)).every((n) => n % 2 === 1)).toBe(true);
    const matrix = (await session.library.labelling.labelMatrix(set.id))!;
    expect([matrix.photos.length, Array.from(matrix.heldOut).every((one) => one === 1)]).toEqual([16, true]);
    expect(Array.from(matrix.scores, (score) => score > 0.5)).toEqual(
      Array.from(matrix.truth, (value) => value === 1),
    );
    expect(await having(session, set, 0)).toHaveLength(20);
    await add(session, 41, 44);
    expect(await having(session, set, 1)).toHaveLength(22);
    const [later] = await session.ids({ text: '43' });
    const scores = (await session.library.reading.photo(later!))!.labels.filter(({ label }) =>
      set.labels.some(({ number }) => number === label),
    );
    expect(scores.map(({ threshold }) => threshold !== null)).toEqual([true, false]);
    expect(scores[0]!.score! + scores[1]!.score!).toBeCloseTo(1, 5);

    const [reading] = await session.library.labelling.taughtSets.heads.readings(later!);
    expect(reading!.softmax[0]! + reading!.softmax[1]!).toBeCloseTo(1, 9);
    expect(reading!.softmax[0]).toBeCloseTo(scores[0]!.score!, 5);
    await session.library.labelling.labelSets.edit(set.id, {
      kind: 'change-label',
      label: set.labels[0]!.number,
      zh: '左',
    });
    for (const kind of ['onnx', 'json'] as const) {
      const written = session.library.labelling.labelExchange.exportHead(set.id, kind)!;
      const taken = await session.library.labelling.labelExchange.importHead(written, `Taken ${kind}`);
      if (!taken.ok) throw new Error(taken.problem.code);
      expect(taken.set.labels.map((label) => label.names.zh)).toEqual(['左', 'right']);
      await expect.poll(() => having(session, taken.set, 1)).toHaveLength(22);
      await session.library.labelling.labelSets.delete(taken.set.id);
    }
    // A set that has other labels since says that it should be taught again.
    const names = (text: unknown) => JSON.parse(String(text)).groups[0].labels;
    const isChanged = () => session.library.labelling.taughtSets.summaries()[0]!.changed;
    expect(isChanged()).toBe(false);
    await session.library.labelling.labelSets.addLabels(set.id, [{ name: 'up' }]);
    expect(isChanged()).toBe(true);
    await session.library.deciding.undo();
    expect(isChanged()).toBe(false);
    expect(names(session.library.labelling.labelExchange.exportHead(set.id, 'json'))).toEqual([
      'left',
      'right',
    ]);
    const narrow = JSON.parse(session.library.labelling.labelExchange.exportHead(set.id, 'json') as string);
    const wide = { ...narrow, dims: 3, weights: [...narrow.weights, 0, 0], refusal: null };
    expect(await session.library.labelling.labelExchange.importHead(JSON.stringify(wide), 'Wide')).toEqual({
      ok: false,
      problem: { code: 'other-model', found: expect.stringContaining('(3 ≠ 2)') },
    });
    const torn = await session.library.labelling.labelExchange.importHead(new Uint8Array([8, 1, 2]), 'x');
    expect(torn).toMatchObject({ ok: false, problem: { code: 'broken' } });

    // What the person says excludes what the head says.
    const rights = { verdicts: [{ label: set.labels[1]!.number, verdict: 'accepted' as const }] };
    await session.library.labelling.labelSets.state(set.id, new Map([[later!, rights]]));
    expect(await having(session, set, 0)).not.toContain(43);
    session.kill();
    const second = await browser.session();
    await until(() => second.library.labelling.taughtSets.summaries().length === 1);
    await until(() => second.library.labelling.labels().length > 0 && second.library.state().tagsLoaded);
    await expect.poll(() => having(second, set, 0)).toHaveLength(21);
    await second.library.labelling.labelSets.delete(set.id);
    await expect.poll(() => having(second, set, 1)).toHaveLength(0);
    await second.library.deciding.undo();
    await expect.poll(() => having(second, set, 1)).toHaveLength(23);
  });

  it('counts what it found of a merged label for the one that it went into, until that is taken back', async () => {
    const session = await withLots(20);
    const set = await made(session, 'multi-label', ['left', 'right', 'up']);
    const { labelSets, taughtSets } = session.library.labelling;
    const [left, right] = set.labels.map(({ number }) => number);
    await labelSets.state(set.id, sidesOf(set, 16));
    expect((await taughtSets.teach(set.id, choices)).kind).toBe('taught');
    await scored(session);
    expect([await having(session, set, 0), await having(session, set, 1)]).toMatchObject([
      { length: 20 },
      { length: 20 },
    ]);
    await labelSets.mergeLabels(set.id, left!, right!);
    await expect.poll(() => having(session, set, 1)).toHaveLength(40);
    expect(taughtSets.summaries()[0]!.changed).toBe(true);
    const [onTheLeft] = await session.ids({ text: '39' });
    const shown = (await session.library.reading.photo(onTheLeft!))!.labels.filter(
      ({ label }) => label === right || label === left,
    );
    expect(shown.map(({ label, score, threshold }) => [label, score! >= threshold!])).toEqual([
      [right, true],
    ]);
    const matrix = (await session.library.labelling.labelMatrix(set.id))!;
    const column = matrix.labels.indexOf(right!);
    const scores = matrix.photos.map((_, row) =>
      matrix.scores[row * 2 + column]! >= matrix.thresholds[column]! ? 1 : 0,
    );
    expect(Array.from(scores)).toEqual(Array.from(matrix.photos, () => 1));
    await add(session, 41, 41);
    expect(await having(session, set, 1)).toHaveLength(41);
    const before = taughtSets.heads.usableHead(set.id)!;
    expect(await taughtSets.setThresholds(set.id, { labels: new Map([[right!, 1]]) })).toBe(true);
    await expect.poll(() => having(session, set, 1)).toHaveLength(16);
    await taughtSets.keep(before);
    await expect.poll(() => having(session, set, 1)).toHaveLength(41);
    await session.library.deciding.undo();
    await expect.poll(() => having(session, set, 1)).toHaveLength(20);
    expect(await having(session, set, 0)).toHaveLength(21);
  });

  it('says of which photos it is none of its labels; the person may know better', async () => {
    const session = await withLots(20);
    const set = await made(session, 'multi-class', ['left', 'right']);
    const { labelSets, taughtSets, judged } = session.library.labelling;
    await labelSets.edit(set.id, { kind: 'refuses', refuses: true });
    await say(session, set, 16);
    await session.add([
      file('away.jpg', 'picture away v=-0.6,-0.8'),
      file('off.jpg', 'picture off v=-0.8,-0.6'),
    ]);
    expect((await taughtSets.teach(set.id, choices)).kind).toBe('taught');
    await scored(session);
    const cell = { set: String(set.id), kind: 'said', said: 'none', label: '' } as const;
    const refused = async () => {
      await judged.prepareCell(cell);
      return session.names({ cell });
    };
    const before = await refused();
    expect(before).toEqual(expect.arrayContaining(['away.jpg', 'off.jpg']));
    expect(taughtSets.summaries()[0]!.refused).toBe(before.length);
    const [away] = await session.ids({ text: 'away' });
    const left = { verdicts: [{ label: set.labels[0]!.number, verdict: 'accepted' as const }] };
    await labelSets.state(set.id, new Map([[away!, left]]));
    expect(await refused()).toEqual(before.filter((name) => name !== 'away.jpg'));
    expect(taughtSets.summaries()[0]!.refused).toBe(before.length - 1);
  });

  it('is not judged by near-duplicates of what it was taught on that were labelled since', async () => {
    const session = await browser.started();
    /** Some way along the axis of a photo's own, which is on the left or the right. */
    const vector = (n: number, more: number) => {
      const own = Array.from({ length: 32 }, (_, c) =>
        c === n ? 1 : c === 30 + (n % 2) ? 0.8 : c === 29 ? more : 0,
      );
      return own.map((value) => (value / Math.hypot(...own)).toFixed(5)).join();
    };
    const photos = (numbers: readonly number[], name: string, more: number) =>
      session.add(numbers.map((n) => file(`${name}${n}.jpg`, `picture ${name}${n} v=${vector(n, more)}`)));
    await photos([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], '', 0);
    const set = await made(session, 'multi-class', ['left', 'right']);
    await say(session, set, 12);
    const { taughtSets, labelSets } = session.library.labelling;
    expect((await taughtSets.teach(set.id, choices)).kind).toBe('taught');
    await photos([5, 8], 'again', 0.1);
    await photos([20, 21], 'other', 0);
    const right = { verdicts: [{ label: set.labels[1]!.number, verdict: 'accepted' as const }] };
    await labelSets.state(set.id, new Map([13, 14, 15, 16].map((photo) => [photo, right])));
    const matrix = (await session.library.labelling.labelMatrix(set.id))!;
    expect([...matrix.photos.subarray(-4)]).toEqual([13, 14, 15, 16]);
    expect([...matrix.heldOut.subarray(-4)]).toEqual([0, 0, 1, 1]);
  });

  it('is not done again at the next start: its tags are stored, and only what is missing is scored', async () => {
    const session = await withLots(20);
    const set = await made(session, 'multi-class', ['left', 'right']);
    await say(session, set, 16);
    expect((await session.library.labelling.taughtSets.teach(set.id, choices)).kind).toBe('taught');
    await scored(session);
    session.kill();
    const stored = async () => {
      const opened = await openDatabase(() => {});
      if (opened.kind !== 'open') throw new Error(opened.kind);
      return opened.database;
    };
    // What is stored counts, whatever it is: here that all are on the right.
    const database = await stored();
    const [chunk] = await database.getAll('taughtTags');
    await database.put('taughtTags', { ...chunk!, labels: chunk!.labels.fill(set.labels[1]!.number) });
    database.close();
    const second = await browser.session();
    expect(await having(second, set, 1)).toHaveLength(40 - 8);
    await until(() => second.library.labelling.taughtSets.summaries()[0]?.waiting === 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await having(second, set, 1)).toHaveLength(40 - 8);
    second.kill();

    // As of a library of before, or of a tab that ended too soon.
    const emptied = await stored();
    await emptied.clear('taughtTags');
    emptied.close();
    const third = await browser.session();
    await expect.poll(() => having(third, set, 0)).toHaveLength(20);
    expect(third.library.labelling.taughtSets.summaries()[0]?.waiting).toBe(0);
  });

  it('is not scored any further once the library is closed, which is no loss of it to another tab', async () => {
    let held: Promise<void> = Promise.resolve();
    const breathe = () => held.then(testClock.breathe);
    const session = await browser.started({ clock: { ...testClock, breathe } });
    await add(session, 1, 40);
    const set = await made(session, 'multi-class', ['left', 'right']);
    await say(session, set, 16);
    const { taughtSets } = session.library.labelling;
    expect((await taughtSets.teach(set.id, choices)).kind).toBe('taught');
    await scored(session);
    let release = () => {};
    held = new Promise((resolve) => {
      release = resolve;
    });
    await taughtSets.keep({ ...taughtSets.heads.usableHead(set.id)!, version: 2 });
    await until(() => taughtSets.summaries()[0]!.waiting === 0);
    await session.library.close();
    session.store.close();
    release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(session.lost).toBe(false);
  });

  it('never takes tags of the head before for those of a new one', async () => {
    const session = await withLots(20);
    const set = await made(session, 'multi-class', ['left', 'right']);
    await say(session, set, 16);
    expect((await session.library.labelling.taughtSets.teach(set.id, choices)).kind).toBe('taught');
    await scored(session);
    session.kill();
    // One content is missing: it is read by itself at the next start.
    const opened = await openDatabase(() => {});
    if (opened.kind !== 'open') throw new Error(opened.kind);
    const [chunk] = await opened.database.getAll('taughtTags');
    const last = chunk!.lengths.lastIndexOf(1);
    const labels = chunk!.labels.slice(0, chunk!.labels.length - chunk!.lengths[last]!);
    await opened.database.put('taughtTags', {
      ...chunk!,
      lengths: chunk!.lengths.with(last, 0xffff),
      labels,
    });
    opened.database.close();

    const second = await browser.session();
    const read = second.store.vectors.bind(second.store);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isReading = false;
    second.store.vectors = async (...asked) => {
      const vectors = await read(...asked);
      isReading = true;
      await held;
      return vectors;
    };
    await until(() => isReading);
    const { taughtSets } = second.library.labelling;
    const head = taughtSets.heads.usableHead(set.id)!;
    const groups = head.head.groups.map((group) => ({ ...group, labels: group.labels.toReversed() }));
    await taughtSets.keep({ ...head, version: 2, head: { ...head.head, groups } });
    taughtSets.cancel();
    release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    taughtSets.goOn(set.id);
    await until(() => taughtSets.summaries()[0]!.waiting === 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const left = (await having(second, set, 0)).filter((n) => n > 16).sort((a, b) => a - b);
    expect(left).toEqual(Array.from({ length: 12 }, (_, i) => 18 + 2 * i));
  });

  it('gives nothing any more when a new model takes the place of the one it was taught on', async () => {
    const session = await withLots(20);
    const set = await made(session, 'multi-class', ['left', 'right']);
    await say(session, set, 16);
    expect((await session.library.labelling.taughtSets.teach(set.id, choices)).kind).toBe('taught');
    await scored(session);
    expect(await having(session, set, 0)).toHaveLength(20);
    const { model } = browser.embedder;
    await session.library.announceModel({ ...model, key: { ...model.key, version: '2' } });
    await expect.poll(() => having(session, set, 0)).toHaveLength(8); // what the person said
    await session.library.announceModel(model);
    await expect.poll(() => having(session, set, 0)).toHaveLength(20);
  });

  it('leaves what a scoring that was stopped did not come to, and goes on with it', async () => {
    const session = await withLots(20);
    const set = await made(session, 'multi-class', ['left', 'right']);
    await say(session, set, 16);
    await session.library.labelling.taughtSets.teach(set.id, choices);
    session.library.labelling.taughtSets.cancel();
    expect(session.library.state().teaching).toBeNull();
    expect(session.library.labelling.taughtSets.summaries()[0]!.waiting).toBe(40);
    session.library.labelling.taughtSets.goOn(set.id);
    await until(() => session.library.labelling.taughtSets.summaries()[0]!.waiting === 0);
    expect(await having(session, set, 0)).toHaveLength(20);
  });

  it('on a split at random keeps equal photos on one side; the split is one step that can be taken back', async () => {
    const session = await withLots(20);
    await session.add([file('copy.jpg', 'picture 1 v=0.4903,0.8716')]);
    const set = await made(session, 'multi-class', ['left', 'right']);
    await say(session, set, 41);
    const { labelling, deciding } = session.library;
    const split = { share: 0.25, seed: 3, together: false };
    expect(await labelling.splitPhotos(set.id, split)).toEqual({ train: 31, validation: 10, changed: true });
    const sides = async () => Array.from((await labelling.labelMatrix(set.id))!.sides);
    const first = await sides();
    expect(await labelling.splitPhotos(set.id, split)).toMatchObject({ changed: false });
    const dictionary = labelling.labelDictionary(set.id)!;
    expect(dictionary).toMatchObject({ train: 31, validation: 10 });
    expect(dictionary.labels.map(({ validation }) => validation)).toEqual([5, 5]);
    await labelling.splitPhotos(set.id, { ...split, seed: 4 });
    expect(await sides()).not.toEqual(first);
    await deciding.undo();
    expect(await sides()).toEqual(first);
    await labelling.splitPhotos(set.id, { ...split, together: true });
    const [one, copy] = [await session.ids({ text: '1.jpg' }), await session.ids({ text: 'copy' })];
    const matrix = (await labelling.labelMatrix(set.id))!;
    const sideOf = (id: number | undefined) => matrix.sides[matrix.photos.indexOf(id!)];
    expect(sideOf(one[0])).toBe(sideOf(copy[0]));
    await labelling.splitPhotos(set.id, null);
    expect((await sides()).every((side) => side === 0)).toBe(true);
  });

  it('says what is missing: no label has enough photos, or nobody has ruled anything out', async () => {
    const session = await withLots(3);
    const set = await made(session, 'multi-label', ['left', 'right']);
    expect(await session.library.labelling.taughtSets.teach(set.id, choices)).toEqual({
      kind: 'nothing-labelled',
    });
    await say(session, set, 4);
    const answer = await session.library.labelling.taughtSets.teach(set.id, choices);
    expect(answer).toMatchObject({
      kind: 'refused',
      leftOut: [{ reason: 'too-few-without', photos: 0 }, { reason: 'too-few-without' }],
    });
    expect(session.library.state().teaching).toBeNull();
    const all = new Map(Array.from({ length: 4 }, (_, n) => [n + 1, { side: 'validation' as const }]));
    await session.library.labelling.labelSets.state(set.id, all);
    expect(await session.library.labelling.taughtSets.teach(set.id, choices)).toEqual({ kind: 'all-judge' });
  });

  it('on one side of a split is judged on the other, but for copies of what teaches', async () => {
    const session = await withLots(20);
    await session.add([
      file('copy.jpg', 'picture 1 v=0.4903,0.8716'),
      file('again.jpg', 'picture 1 v=0.4903,0.8716'),
    ]);
    const set = await made(session, 'multi-class', ['left', 'right']);
    await say(session, set, 41);
    const judges = Array.from({ length: 21 }, (_, i) => [21 + i, { side: 'validation' as const }] as const);
    const left = { verdicts: [{ label: set.labels[0]!.number, verdict: 'accepted' as const }] };
    await session.library.labelling.labelSets.state(
      set.id,
      new Map<number, Statement>([...judges, [42, left]]),
    );
    const answer = await session.library.labelling.taughtSets.teach(set.id, choices);
    if (answer.kind !== 'taught') throw new Error(answer.kind);
    expect(answer.report).toMatchObject({
      heldOutBy: 'split',
      photos: 22,
      judging: 20,
      nearDuplicates: 2,
      moved: 1,
    });
    expect(answer.report.groups[0]!.photos).toBe(20);
  });

  it('asks about photos of which it knows least, differing ones, and labels that are likely wrong', async () => {
    const session = await withLots(20);
    const set = await made(session, 'multi-class', ['left', 'right']);
    const first = (await session.library.labelling.labelQueue(set.id, 'diverse', 2))!;
    expect(new Set(Array.from(first, (id) => id % 2)).size).toBe(2);
    await say(session, set, 20);
    const wrong = { verdicts: [{ label: set.labels[0]!.number, verdict: 'accepted' as const }] };
    await session.library.labelling.labelSets.state(set.id, new Map([[4, wrong]]));
    expect((await session.library.labelling.taughtSets.teach(set.id, choices)).kind).toBe('taught');
    expect(Array.from((await session.library.labelling.labelQueue(set.id, 'wrong', 1))!)).toEqual([4]);
    const next = (await session.library.labelling.labelQueue(set.id, 'uncertain', 5))!;
    expect(next).toHaveLength(5);
    expect(next.every((id) => id > 20)).toBe(true);
  });

  it('asks about a photo for the sake of what is open only', async () => {
    const session = await withLots(20);
    const set = await made(session, 'multi-label', ['left', 'right', 'up']);
    const { labelSets, taughtSets, labelQueue } = session.library.labelling;
    await labelSets.state(set.id, sidesOf(set, 20));
    expect((await taughtSets.teach(set.id, choices)).kind).toBe('taught');
    const ask = () => labelQueue.call(session.library.labelling, set.id, 'uncertain', 40);
    const [first] = (await ask())!;
    await labelSets.state(set.id, new Map([[first!, sidesOf(set, first!).get(first!)!]]));
    const again = (await ask())!;
    // Nobody has said whether it is up; but of that nothing is taught, either.
    expect(again.indexOf(first!)).toBeGreaterThan(15);
  });

  it('can be cancelled', async () => {
    const session = await withLots(20);
    const set = await made(session, 'multi-class', ['left', 'right']);
    await say(session, set, 40);
    const teaching = session.library.labelling.taughtSets.teach(set.id, choices);
    await until(() => session.library.state().teaching !== null);
    session.library.labelling.taughtSets.cancel();
    const answer = await teaching;
    expect(['cancelled', 'taught']).toContain(answer.kind);
    expect(session.library.state().teaching === null || answer.kind === 'taught').toBe(true);
  });
});
