import { beforeEach, describe, expect, it } from 'vitest';
import type { Said } from '../../core/evaluation/cell.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { builtInSet, type LabelSet, type SplitSide } from '../../core/tagging/label-set.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';

beforeEach(newBrowser);

async function withPhotos(count = 4): Promise<TestSession> {
  const session = await browser.started();
  await session.add(Array.from({ length: count }, (_, i) => file(`${i + 1}.jpg`, `picture ${i} dog=0.8`)));
  return session;
}

async function made(
  { library }: TestSession,
  kind: LabelSet['kind'],
  ...names: readonly string[]
): Promise<LabelSet> {
  const labels = names.map((name) => {
    const [group, label] = name.split('/');
    return label === undefined ? { name } : { name: label, group: group! };
  });
  const answer = await library.labelling.labelSets.make({ name: `My ${kind}`, kind, groups: [], labels });
  if (!answer.ok) throw new Error(answer.problem);
  return answer.set;
}

const numberOf = (set: LabelSet, name: string) => set.labels.find(({ names }) => names.en === name)!.number;

async function say(
  { library }: TestSession,
  set: LabelSet,
  photo: number,
  name: string,
  verdict: 'accepted' | 'rejected' | null = 'accepted',
) {
  const verdicts = [{ label: numberOf(set, name), verdict }];
  await library.labelling.labelSets.state(set.id, new Map([[photo, { verdicts }]]));
}

/** Names of the photos that carry a label. */
const having = async (session: TestSession, label: LabelNumber) =>
  (await session.names({ allOf: [label] })).sort();

describe('a label set', () => {
  it('gives every photo one class at most, also after the tab was closed, and takes back what was said', async () => {
    const first = await withPhotos();
    const set = await made(first, 'multi-class', 'Rex', 'Bella');
    expect(set.labels.map(({ shortcut }) => shortcut)).toEqual(['r', 'b']);
    await say(first, set, 1, 'Rex');
    await say(first, set, 2, 'Rex');
    await say(first, set, 1, 'Bella');
    const [rex, bella] = [numberOf(set, 'Rex'), numberOf(set, 'Bella')];
    first.kill();
    const second = await browser.session();
    expect(second.library.labelling.labelSets.all).toEqual([set]);
    expect(await having(second, rex)).toEqual(['2.jpg']);
    expect(await having(second, bella)).toEqual(['1.jpg']);
    await say(second, set, 1, 'Rex');
    expect(await having(second, bella)).toEqual([]);
    expect(await second.library.deciding.undo()).toEqual({ kind: 'labels', photos: 1, label: rex });
    expect(await having(second, bella)).toEqual(['1.jpg']);
    await second.library.deciding.redo();
    expect(await having(second, rex)).toHaveLength(2);
  });

  it('keeps the groups of a multi-output set apart', async () => {
    const session = await withPhotos();
    const set = await made(session, 'multi-output', 'colour/red', 'colour/blue', 'type/shirt', 'type/shoe');
    expect(set.groups.map(({ name }) => name)).toEqual(['colour', 'type']);
    await say(session, set, 1, 'red');
    await say(session, set, 1, 'shoe');
    await say(session, set, 1, 'blue');
    const dictionary = session.library.labelling.labelDictionary(set.id)!;
    expect(dictionary.labels.map(({ present, absent }) => [present, absent])).toEqual([
      [0, 1],
      [1, 0],
      [0, 1],
      [1, 0],
    ]);
    expect([dictionary.photos, dictionary.labelled]).toEqual([4, 1]);
    expect(Array.from(dictionary.together)).toEqual([0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1]);
  });

  it('shows the photos of every count of its dictionary, after corrections, too', async () => {
    const session = await withPhotos(5);
    const { library } = session;
    const set = await made(session, 'multi-label', 'sea', 'dog');
    await say(session, set, 1, 'sea');
    await say(session, set, 1, 'dog');
    await say(session, set, 2, 'dog', 'rejected');
    await say(session, set, 3, 'sea');
    await library.labelling.labelSets.state(
      set.id,
      new Map([[3, { fullyLabelled: true, side: 'validation' as const }]]),
    );
    const [sea, dog] = set.labels.map(({ number }) => library.labelling.labels()[number]!.id) as [
      string,
      string,
    ];
    const shown = async (said: Said, side?: SplitSide) =>
      (
        await session.names({ cell: { set: `${set.id}`, kind: 'said', ...said, ...(side && { side }) } })
      ).sort();
    const counts = async () => {
      const dictionary = library.labelling.labelDictionary(set.id)!;
      const [ofSea, ofDog] = dictionary.labels;
      const together = dictionary.together[1]!;
      const { labelled, fullyLabelled, photos } = dictionary;
      return [
        ofSea!.present,
        ofSea!.validation,
        ofDog!.absent,
        together,
        labelled,
        fullyLabelled,
        photos - labelled,
      ];
    };
    const photos = async () => [
      await shown({ said: 'present', label: sea, other: null }),
      await shown({ said: 'present', label: sea, other: null }, 'validation'),
      await shown({ said: 'absent', label: dog }),
      await shown({ said: 'present', label: sea, other: dog }),
      await shown({ said: 'anything', label: '' }),
      await shown({ said: 'all', label: '' }),
      await shown({ said: 'nothing', label: '' }),
    ];
    expect(await photos()).toEqual([
      ['1.jpg', '3.jpg'],
      ['3.jpg'],
      ['2.jpg', '3.jpg'],
      ['1.jpg'],
      ['1.jpg', '2.jpg', '3.jpg'],
      ['3.jpg'],
      ['4.jpg', '5.jpg'],
    ]);
    expect(await counts()).toEqual((await photos()).map(({ length }) => length));
    await say(session, set, 4, 'sea');
    await library.deciding.remove([5]);
    expect(await shown({ said: 'nothing', label: '' })).toEqual([]);
    expect(await counts()).toEqual((await photos()).map(({ length }) => length));
    await library.deciding.undo();
    await library.deciding.undo();
    expect(await shown({ said: 'nothing', label: '' })).toEqual(['4.jpg', '5.jpg']);
    expect(await shown({ said: 'present', label: 'own:gone', other: null })).toEqual([]);
  });

  it('takes what nobody has said for unknown, not for absent, until a photo is fully labelled', async () => {
    const session = await withPhotos();
    const set = await made(session, 'multi-label', 'sea', 'dog');
    await say(session, set, 1, 'sea');
    await say(session, set, 2, 'dog', 'rejected');
    const read = async () => Array.from((await session.library.labelling.labelMatrix(set.id))!.truth);
    expect(await read()).toEqual([1, -1, -1, 0]);
    await session.library.labelling.labelSets.state(
      set.id,
      new Map([[1, { fullyLabelled: true, side: 'validation' }]]),
    );
    expect(await read()).toEqual([1, 0, -1, 0]);
    const matrix = (await session.library.labelling.labelMatrix(set.id))!;
    expect([Array.from(matrix.photos), Array.from(matrix.sides)]).toEqual([
      [1, 2],
      [2, 0],
    ]);
    session.kill();
    const second = await browser.session();
    expect(Array.from((await second.library.labelling.labelMatrix(set.id))!.truth)).toEqual([1, 0, -1, 0]);
    await second.library.labelling.labelSets.clear(set.id, [1, 2]);
    expect((await second.library.labelling.labelMatrix(set.id))!.photos).toHaveLength(0);
    await second.library.deciding.undo();
    expect(Array.from((await second.library.labelling.labelMatrix(set.id))!.truth)).toEqual([1, 0, -1, 0]);
  });

  it('merges, splits, deletes and renames labels, and each comes back', async () => {
    const session = await withPhotos();
    const { labelSets } = session.library.labelling;
    const set = await made(session, 'multi-label', 'puppy', 'dog');
    const [puppy, dog] = [numberOf(set, 'puppy'), numberOf(set, 'dog')];
    await say(session, set, 1, 'puppy');
    await say(session, set, 2, 'dog');
    await say(session, set, 2, 'puppy', 'rejected');
    const merged = await labelSets.mergeLabels(set.id, puppy, dog);
    expect(merged.ok && merged.set.labels.map(({ names, synonyms }) => [names.en, synonyms])).toEqual([
      ['dog', ['puppy']],
    ]);
    expect(await having(session, dog)).toEqual(['1.jpg', '2.jpg']);
    expect(session.library.labelling.labels().some(({ number }) => number === puppy)).toBe(false);
    const split = await labelSets.splitLabel(set.id, dog, [2, 3], { name: 'hound' });
    if (!split.ok) throw new Error(split.problem);
    const hound = numberOf(split.set, 'hound');
    expect([await having(session, dog), await having(session, hound)]).toEqual([['1.jpg'], ['2.jpg']]);
    await session.library.deciding.undo();
    await session.library.deciding.undo();
    expect(await having(session, puppy)).toEqual(['1.jpg']);
    expect(labelSets.all).toEqual([set]);
    await labelSets.delete(set.id);
    expect([labelSets.all, await having(session, dog)]).toEqual([[], []]);
    await session.library.deciding.undo();
    expect([labelSets.all, await having(session, dog)]).toEqual([[set], ['2.jpg']]);
    await labelSets.edit(set.id, {
      kind: 'change-label',
      label: dog,
      en: 'Dogs',
      synonyms: ['hound', 'hound'],
    });
    expect(session.library.labelling.labels().find(({ number }) => number === dog)).toMatchObject({
      names: { en: 'Dogs', zh: 'Dogs' },
      set: set.id,
    });
  });

  it('refuses what would be ambiguous', async () => {
    const session = await withPhotos(1);
    const { labelSets } = session.library.labelling;
    const set = await made(session, 'multi-class', 'a', 'b');
    const draft = { kind: 'multi-class', groups: [], labels: [] } as const;
    expect(await labelSets.make({ ...draft, name: ' my  MULTI-class ' })).toEqual({
      ok: false,
      problem: 'name-taken',
    });
    expect(await labelSets.make({ ...draft, name: ' ' })).toEqual({ ok: false, problem: 'no-name' });
    expect(await labelSets.addLabels(set.id, [{ name: 'Ａ' }])).toEqual({
      ok: false,
      problem: 'label-name-taken',
    });
    expect(await labelSets.edit(99, { kind: 'rename', name: 'x' })).toEqual({ ok: false, problem: 'gone' });
    expect(
      await labelSets.make({ ...draft, kind: 'binary', name: 'two', labels: [{ name: 'a' }, { name: 'b' }] }),
    ).toEqual({
      ok: false,
      problem: 'one-label',
    });
    expect(session.library.labelling.labels().filter((label) => label.set !== undefined)).toHaveLength(2);
  });

  it('of the model can be asked about: verdicts are its truth, stored scores what is guessed', async () => {
    const session = await withPhotos(2);
    const dog = session.library.labelling.labels().find(({ id }) => id === 'dog')!;
    await session.library.deciding.judge([2], dog.number, 'rejected');
    const matrix = (await session.library.labelling.labelMatrix(builtInSet))!;
    const column = matrix.labels.indexOf(dog.number);
    expect(Array.from(matrix.photos)).toEqual([2]);
    expect([matrix.truth[column], matrix.heldOut[0]]).toEqual([0, 1]);
    expect(matrix.scores[column]).toBeCloseTo(0.8, 2);
    expect(matrix.thresholds[column]).toBeCloseTo(0.5);
  });
});

describe('an import of labels', () => {
  const csv = (text: string) => ({ kind: 'texts', texts: [{ name: 'Pets.csv', text }] }) as const;

  it('is shown before it is done: names, labels that are new, and what it would replace', async () => {
    const session = await withPhotos();
    const { labelExchange } = session.library.labelling;
    const first = csv('file,label\n1.jpg,Rex\n2.jpg,Bella\nnobody.jpg,Rex\n');
    const dry = labelExchange.preview(first, null);
    if (!dry.ok) throw new Error(dry.problem.code);
    expect(dry.preview).toMatchObject({
      target: { set: null, name: 'Pets', kind: 'multi-class' },
      rows: 3,
      matched: 2,
      unmatched: { count: 1, names: ['nobody.jpg'] },
    });
    expect(session.library.labelling.labelSets.all).toEqual([]);
    const done = await labelExchange.import(first, dry.preview.target);
    if (!done.ok) throw new Error(done.problem.code);
    expect(await having(session, numberOf(done.set, 'Rex'))).toEqual(['1.jpg']);

    const second = csv('file,label\n1.jpg,bella\n3.jpg,Milo\n');
    const again = labelExchange.preview(second, null);
    if (!again.ok) throw new Error(again.problem.code);
    expect(again.preview.target).toMatchObject({ set: done.set.id, addLabels: true });
    expect(again.preview.freeName).toBe('Pets 2');
    expect(again.preview.conflicts.names).toEqual(['1.jpg']);
    expect(again.preview.labels.map(({ name, known }) => [name, known])).toEqual([
      ['bella', true],
      ['Milo', false],
    ]);
    await labelExchange.import(second, { ...again.preview.target, addLabels: false });
    expect(await having(session, numberOf(done.set, 'Bella'))).toEqual(['1.jpg', '2.jpg']);
    expect(session.library.labelling.labelSets.all[0]!.labels).toHaveLength(2);
  });

  it('of folders takes them for classes; two photos of one name are told apart by path or passed over', async () => {
    const session = await browser.started();
    await session.add([
      file('1.jpg', 'picture a', 'pets/cats/1.jpg'),
      file('1.jpg', 'picture b', 'pets/dogs/1.jpg'),
      file('2.jpg', 'picture c', 'pets/dogs/2.jpg'),
    ]);
    const { labelExchange } = session.library.labelling;
    const dry = labelExchange.preview(csv('file,label\n1.jpg,x\ndogs/1.jpg,y\n'), null);
    expect(dry.ok && [dry.preview.matched, dry.preview.ambiguous.names]).toEqual([1, ['1.jpg']]);
    const folders = labelExchange.preview({ kind: 'folders', root: null }, null);
    if (!folders.ok) throw new Error(folders.problem.code);
    expect(folders.preview.labels.map(({ name, photos }) => [name, photos])).toEqual([
      ['cats', 1],
      ['dogs', 2],
    ]);
    const done = await labelExchange.import({ kind: 'folders', root: null }, folders.preview.target);
    expect(done.ok && done.photos).toBe(3);
    expect(folders.preview.roots).toEqual(['pets']);
    const below = labelExchange.preview({ kind: 'folders', root: 'pets' }, null);
    expect(below.ok && [below.preview.target.name, below.preview.matched]).toEqual(['pets', 3]);
    expect(labelExchange.preview({ kind: 'folders', root: 'pets/cats' }, null)).toEqual({
      ok: false,
      problem: { code: 'no-folders' },
    });
  });
});
