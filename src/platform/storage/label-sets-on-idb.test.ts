import { beforeEach, describe, expect, it } from 'vitest';
import type { Said } from '../../core/evaluation/cell.ts';
import { builtInSet, type SplitSide } from '../../core/tagging/label-set.ts';
import { browser, newBrowser } from './test-browser.ts';
import { having, made, numberOf, say, withPhotos } from './test-label-sets.ts';

beforeEach(newBrowser);

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
    // All of which anything is said at once, those that are fully labelled already aside.
    expect(await second.library.labelling.fullyLabelSaid(set.id)).toBe(1);
    expect(Array.from((await second.library.labelling.labelMatrix(set.id))!.truth)).toEqual([1, 0, 0, 0]);
    expect(await second.library.labelling.fullyLabelSaid(set.id)).toBe(0);
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

  it('merges what was ruled out of both only, whichever goes; what was not of the whole is of no part', async () => {
    const session = await withPhotos();
    const { labelSets } = session.library.labelling;
    for (const [from, into] of [
      ['puppy', 'dog'],
      ['dog', 'puppy'],
    ] as const) {
      const set = await made(session, 'multi-label', 'puppy', 'dog');
      await say(session, set, 1, 'dog', 'rejected');
      await say(session, set, 2, 'puppy', 'rejected');
      await say(session, set, 3, 'dog', 'rejected');
      await say(session, set, 3, 'puppy', 'rejected');
      await say(session, set, 4, into);
      const merged = await labelSets.mergeLabels(set.id, numberOf(set, from), numberOf(set, into));
      if (!merged.ok) throw new Error(merged.problem);
      const matrix = async () => (await session.library.labelling.labelMatrix(set.id))!;
      expect([Array.from((await matrix()).photos), Array.from((await matrix()).truth)]).toEqual([
        [3, 4],
        [0, 1],
      ]);
      const split = await labelSets.splitLabel(set.id, numberOf(set, into), [4], { name: 'hound' });
      expect(split.ok).toBe(true);
      expect(Array.from((await matrix()).truth)).toEqual([0, 0, -1, 1]);
      expect(await labelSets.splitLabel(set.id, numberOf(set, into), [4], { name: 'pug' })).toEqual({
        ok: false,
        problem: 'not-there',
      });
      await labelSets.delete(set.id);
    }
  });

  it('takes nothing for ruled out of a label that it gets after photos were fully labelled', async () => {
    const session = await withPhotos();
    const { labelSets } = session.library.labelling;
    const set = await made(session, 'multi-label', 'sea', 'dog');
    await say(session, set, 1, 'sea');
    const full = new Map([[1, { fullyLabelled: true }]]);
    expect([await labelSets.state(set.id, full), await labelSets.state(set.id, full)]).toEqual([true, false]);
    const read = async ({ library } = session) =>
      Array.from((await library.labelling.labelMatrix(set.id))!.truth);
    expect((await labelSets.addLabels(set.id, [{ name: 'car' }])).ok).toBe(true);
    expect(await read()).toEqual([1, 0, -1]);
    expect(session.library.labelling.labelDictionary(set.id)!.fullyLabelled).toBe(0);
    // A file says so, too; and said once more it is ruled out, and what is split off of a label as that was.
    const { rows } = session.library.labelling.labelExchange.exported(set.id)!;
    expect(rows).toMatchObject([{ absent: [{ name: 'dog' }], fullyLabelled: false }]);
    expect(await labelSets.state(set.id, full)).toBe(true);
    expect(await read()).toEqual([1, 0, 0]);
    await say(session, set, 2, 'dog');
    expect((await labelSets.splitLabel(set.id, numberOf(set, 'dog'), [2], { name: 'hound' })).ok).toBe(true);
    expect(await read()).toEqual([1, 0, 0, 0, -1, -1, -1, 1]);
    for (let step = 0; step < 3; step++) await session.library.deciding.undo();
    expect(await read()).toEqual([1, 0, -1]);
    await session.library.deciding.undo();
    expect(await read()).toEqual([1, 0]);
    expect(session.library.labelling.labelDictionary(set.id)!.fullyLabelled).toBe(1);
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
