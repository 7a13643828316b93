import { beforeEach, describe, expect, it } from 'vitest';
import { writeLabels } from '../../core/label-files/write-labels.ts';
import { builtInSet, type LabelSet } from '../../core/tagging/label-set.ts';
import { browser, file, newBrowser } from './test-browser.ts';
import { having, made, numberOf, say, withPhotos } from './test-label-sets.ts';

beforeEach(newBrowser);

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
    // One step, with the set that was made for it.
    await session.library.deciding.undo();
    expect(session.library.labelling.labelSets.all).toEqual([]);
    expect(session.library.state().undo).toBeNull();
    await session.library.deciding.redo();
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
    await labelExchange.import(second, again.preview.target);
    expect(session.library.labelling.labelSets.all[0]!.labels).toHaveLength(3);
    await session.library.deciding.undo();
    expect(session.library.labelling.labelSets.all[0]!.labels).toHaveLength(2);
    expect(await having(session, numberOf(done.set, 'Bella'))).toEqual(['2.jpg']);
    await labelExchange.import(second, { ...again.preview.target, addLabels: false });
    expect(await having(session, numberOf(done.set, 'Bella'))).toEqual(['1.jpg', '2.jpg']);
    expect(session.library.labelling.labelSets.all[0]!.labels).toHaveLength(2);
  });

  it('takes the columns of a table that are wanted, at first those that can be taught', async () => {
    const session = await withPhotos();
    const { labelExchange } = session.library.labelling;
    const rest = Array.from({ length: 300 }, (_, n) => `x${n}.jpg,shirt,red,Title ${n}`);
    const source = csv(['file,type,colour,title', '1.jpg,shoe,blue,Blue shoe', ...rest].join('\n'));
    const dry = labelExchange.preview(source, null);
    if (!dry.ok) throw new Error(dry.problem.code);
    expect(dry.preview.groups.map(({ name, labels }) => [name, labels])).toEqual([
      ['type', 2],
      ['colour', 2],
      ['title', 301],
    ]);
    expect(dry.preview.target.groups).toEqual(['type', 'colour']);
    const wanted = { ...dry.preview.target, kind: 'multi-class', groups: ['colour'] } as const;
    const again = labelExchange.preview(source, wanted);
    expect(again.ok && again.preview.labels.map(({ name }) => name)).toEqual(['blue', 'red']);
    const done = await labelExchange.import(source, wanted);
    if (!done.ok) throw new Error(done.problem.code);
    expect(done.set.labels.map(({ names }) => names.en)).toEqual(['blue', 'red']);
    expect(await having(session, numberOf(done.set, 'blue'))).toEqual(['1.jpg']);
  });

  it('lists what contradicts: what was said of a photo, or what the file says elsewhere', async () => {
    const session = await withPhotos();
    const set = await made(session, 'multi-label', 'sea', 'dog');
    await say(session, set, 1, 'sea');
    await say(session, set, 2, 'dog', 'rejected');
    const { labelExchange } = session.library.labelling;
    const source = csv('file,sea,dog\n1.jpg,0,1\n2.jpg,1,1\n3.jpg,1,\n3.jpg,0,1\n4.jpg,1,0\n');
    const target = { set: set.id, name: '', kind: set.kind, addLabels: true, fullyLabelled: false };
    const dry = labelExchange.preview(source, target);
    expect(dry.ok && dry.preview.conflicts.names).toEqual(['1.jpg', '2.jpg', '3.jpg']);
  });

  it('takes what a file leaves out for absent only if the person leaves it so', async () => {
    const session = await withPhotos();
    const { labelExchange } = session.library.labelling;
    const coco = JSON.stringify({
      images: [
        { id: 1, file_name: '1.jpg' },
        { id: 2, file_name: '2.jpg' },
      ],
      annotations: [{ image_id: 1, category_id: 1 }],
      categories: [
        { id: 1, name: 'Sea' },
        { id: 2, name: 'dog' },
        { id: 3, name: 'sea' },
      ],
    });
    const source = { kind: 'texts', texts: [{ name: 'Trip.json', text: coco }] } as const;
    const dry = labelExchange.preview(source, null);
    if (!dry.ok) throw new Error(dry.problem.code);
    expect(dry.preview.target.fullyLabelled).toBe(true);
    for (const fullyLabelled of [true, false]) {
      const target = { ...dry.preview.target, name: `Trip ${fullyLabelled}`, fullyLabelled };
      const said = labelExchange.preview(source, target);
      const done = await labelExchange.import(source, target);
      if (!done.ok) throw new Error(done.problem.code);
      expect(said.ok && said.preview.matched).toBe(done.photos);
      // Names that differ by case are one label.
      expect(done.set.labels.map(({ names }) => names.en)).toEqual(['Sea', 'dog']);
      const { truth } = (await session.library.labelling.labelMatrix(done.set.id))!;
      expect(Array.from(truth)).toEqual(fullyLabelled ? [1, 0, 0, 0] : [1, -1]);
    }
    // Where a photo has one class, a picture without an object says nothing.
    const single = labelExchange.preview(source, { ...dry.preview.target, kind: 'multi-class' });
    expect(single.ok && single.preview.matched).toBe(1);
  });

  it('brings a whole set back: names in both languages, colours, keys, synonyms, groups, labels without photos', async () => {
    const session = await withPhotos();
    const { labelSets, labelExchange } = session.library.labelling;
    const draft = [
      { name: 'red', zh: '红', group: 'colour', colour: 3, shortcut: 'z', synonyms: ['scarlet'] },
      { name: 'blue', group: 'colour' },
      { name: 'shoe', zh: '鞋', group: 'type', colour: 7 },
    ];
    const answer = await labelSets.make({ name: 'Clothes', kind: 'multi-output', groups: [], labels: draft });
    if (!answer.ok) throw new Error(answer.problem);
    await say(session, answer.set, 1, 'red');
    const text = writeLabels(labelExchange.exported(answer.set.id)!, 'json');
    await labelSets.delete(answer.set.id);
    const source = { kind: 'texts', texts: [{ name: 'x.json', text }] } as const;
    const dry = labelExchange.preview(source, null);
    if (!dry.ok) throw new Error(dry.problem.code);
    const done = await labelExchange.import(source, dry.preview.target);
    if (!done.ok) throw new Error(done.problem.code);
    const plain = ({ id, labels, ...set }: LabelSet) => [set, labels.map(({ number, ...label }) => label)];
    expect(plain(done.set)).toEqual(plain(answer.set));
    expect(await having(session, numberOf(done.set, 'red'))).toEqual(['1.jpg']);
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

  it('into a set of groups takes a name without its group for the one that it can be, and makes no group', async () => {
    const session = await withPhotos();
    const { labelExchange } = session.library.labelling;
    const set = await made(session, 'multi-output', 'colour/red', 'colour/plain', 'type/shoe', 'type/plain');
    const source = csv('file,label\n1.jpg,shoe\n2.jpg,plain\n3.jpg,hat\n');
    const target = { set: set.id, name: '', kind: set.kind, addLabels: true, fullyLabelled: false };
    const dry = labelExchange.preview(source, target);
    expect(dry.ok && dry.preview.labels.map(({ known }) => known)).toEqual([true, false, false]);
    expect(dry.ok && dry.preview.matched).toBe(1);
    const done = await labelExchange.import(source, target);
    if (!done.ok) throw new Error(done.problem.code);
    expect([done.photos, done.set.groups, done.set.labels]).toEqual([1, set.groups, set.labels]);
    expect(await having(session, numberOf(done.set, 'shoe'))).toEqual(['1.jpg']);
  });

  it('has its counterpart for the built-in labels: those of which anything was said', async () => {
    const session = await withPhotos(2);
    const dog = session.library.labelling.labels().find(({ id }) => id === 'dog')!;
    await session.library.deciding.judge([2], dog.number, 'rejected');
    const file = session.library.labelling.labelExchange.exported(builtInSet)!;
    expect(file.labels.map(({ name }) => name)).toEqual([dog.names.en]);
    expect(file.rows.map(({ photo, absent }) => [photo, absent.length])).toEqual([['2.jpg', 1]]);
  });
});
