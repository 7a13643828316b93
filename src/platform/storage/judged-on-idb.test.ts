import { beforeEach, describe, expect, it } from 'vitest';
import { type Cell, modelSet } from '../../core/evaluation/cell.ts';
import type { JudgedSet } from '../../core/evaluation/judged-set.ts';
import { columnsOf, type LabelledPhotos } from '../../core/evaluation/labelled-photos.ts';
import { absent, present, unknown } from '../../core/evaluation/truth.ts';
import type { JudgedScope } from '../../core/library/judged-photos.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import { defaultQuery } from '../../core/library/photo-query.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';

beforeEach(newBrowser);

const everything: JudgedScope = { query: null, side: null };
const dog = 0 as LabelNumber;
const cat = 1 as LabelNumber;
const missedDogs: Cell = { set: modelSet, kind: 'falseNegative', label: 'dog', threshold: 0.5 };

async function imported(count: number): Promise<{ session: TestSession; id: (name: string) => PhotoId }> {
  const session = await browser.started();
  await session.add(
    Array.from({ length: count }, (_, n) => file(`${n}.jpg`, `picture ${n} dog=${n / count} cat=0.2`)),
  );
  const ids = await session.ids();
  const names = await session.names();
  return { session, id: (name) => ids[names.indexOf(name)]! };
}

function labels(judged: JudgedSet | null): LabelledPhotos {
  if (judged?.kind !== 'labels') throw new Error('no labels');
  return judged.photos;
}

async function labelled(session: TestSession): Promise<LabelledPhotos> {
  return labels(await session.library.labelling.judgedSet(modelSet, everything));
}

describe('photos judged by the person', () => {
  it('are the truth of the model’s labels; the model’s scores are what is judged', async () => {
    const { session, id } = await imported(10);
    const { library } = session;
    expect((await labelled(session)).labels).toEqual([]);
    await library.deciding.judge([id('8.jpg'), id('2.jpg')], dog, 'accepted');
    await library.deciding.judge([id('9.jpg')], dog, 'rejected');
    await library.deciding.judge([id('9.jpg')], cat, 'accepted');
    // A label of the person's own has no scores to judge.
    const own = await library.labelling.ensureLabel('Aunt Mary');
    await library.deciding.judge([id('1.jpg')], own.number, 'accepted');

    const photos = await labelled(session);
    const order = [id('8.jpg'), id('2.jpg'), id('9.jpg')].sort((a, b) => a - b);
    expect([...photos.ids]).toEqual(order);
    expect(photos.labels).toEqual(['dog', 'cat']);
    expect([...photos.thresholds]).toEqual([0.5, 0.3]);
    const columns = columnsOf(photos);
    const at = (name: string) => order.indexOf(id(name));
    expect(columns.truthOf(0)[at('8.jpg')]).toBe(present);
    expect(columns.truthOf(0)[at('9.jpg')]).toBe(absent);
    expect(columns.truthOf(1)[at('8.jpg')]).toBe(unknown);
    expect(columns.scoresOf(0)[at('8.jpg')]).toBe(204);
    expect(columns.scoresOf(1)[at('2.jpg')]).toBe(51);

    const scope = { ...defaultQuery, text: '9' };
    expect([
      ...labels(await library.labelling.judgedSet(modelSet, { query: scope, side: null })).ids,
    ]).toEqual([id('9.jpg')]);
    expect(await library.labelling.judgedSet('nothing', everything)).toBeNull();
  });

  it('behind a figure are a filter of the library, kept up to date by corrections and undo', async () => {
    const { session, id } = await imported(10);
    const { library } = session;
    await library.deciding.judge([id('8.jpg'), id('2.jpg'), id('3.jpg')], dog, 'accepted');
    expect(await session.names({ cell: missedDogs })).toEqual(['3.jpg', '2.jpg']);
    expect(await session.names({ cell: missedDogs, text: '2' })).toEqual(['2.jpg']);
    expect(await session.names({ cell: { ...missedDogs, threshold: 0.25 } })).toEqual(['2.jpg']);
    await library.deciding.judge([id('2.jpg')], dog, 'rejected');
    expect(await session.names({ cell: missedDogs })).toEqual(['3.jpg']);
    await library.deciding.undo();
    expect(await session.names({ cell: missedDogs })).toEqual(['3.jpg', '2.jpg']);
    await library.deciding.remove([id('3.jpg')]);
    expect(await session.names({ cell: missedDogs })).toEqual(['2.jpg']);
    expect((await labelled(session)).ids).toHaveLength(2);
    expect(await session.names({ cell: { ...missedDogs, set: 'other' } })).toEqual([]);
  });

  it('are read in one go when there are many, and photos of one content each count', async () => {
    const { session } = await imported(40);
    const { library } = session;
    await library.importing.add([file('twin.jpg', 'picture 39 dog=0.975 cat=0.2')]);
    await session.settled();
    const ids = await session.ids();
    await library.deciding.judge(ids, dog, 'accepted');
    const photos = await labelled(session);
    expect(photos.ids).toHaveLength(41);
    expect([...photos.scores].filter((score) => score === Math.round(0.975 * 255))).toHaveLength(2);
    expect(await session.names({ cell: { ...missedDogs, kind: 'truePositive' } })).toHaveLength(21);
  });
});

describe('photos of a taught set', () => {
  it('are judged by heads that did not see them; the cells of the matrix are filters; why can be asked', async () => {
    const session = await browser.started();
    const { library } = session;
    // Odd numbers lie to the left, even ones above; 3 is said to be what it is not.
    await library.importing.add(
      Array.from({ length: 24 }, (_, i) => {
        const turn = (i % 5) / 12 + (i % 2 === 0 ? 0 : 1.5);
        return file(`${i + 1}.jpg`, `picture ${i} at=${i % 2} v=${Math.cos(turn)},${Math.sin(turn)}`);
      }),
    );
    await session.settled();
    const labels = [{ name: 'left' }, { name: 'above' }];
    const made = await library.labelling.labelSets.make({
      name: 'Lots',
      kind: 'multi-class',
      groups: [],
      labels,
    });
    if (!made.ok) throw new Error(made.problem);
    const set = String(made.set.id);
    const numbers = made.set.labels.map(({ number }) => number);
    const ids = new Map((await session.names()).map((name, n) => [name, n]));
    const all = await session.ids();
    const idOf = (n: number) => all[ids.get(`${n}.jpg`)!]!;
    const said = (n: number) => numbers[n === 3 ? 1 : (n + 1) % 2]!;
    const statements = Array.from({ length: 20 }, (_, i) => i + 1).map(
      (n) => [idOf(n), { verdicts: [{ label: said(n), verdict: 'accepted' as const }] }] as const,
    );
    await library.labelling.labelSets.state(made.set.id, new Map(statements));
    const untaught = await library.labelling.judgedSet(set, everything);
    expect(untaught?.photos.ids).toHaveLength(0);
    const choices = {
      thresholds: { kind: 'best-f1' },
      balanced: false,
      together: false,
      sameStrictness: false,
    } as const;
    expect((await library.labelling.taughtSets.teach(made.set.id, choices)).kind).toBe('taught');

    const judged = await library.labelling.judgedSet(set, everything);
    if (judged?.kind !== 'classes') throw new Error('no classes');
    expect(judged.photos.ids).toHaveLength(20);
    const [left, above] = judged.photos.groups[0]!.classes as [string, string];
    const cell = (label: string, other: string): Cell => ({
      set,
      kind: 'classes',
      label,
      other,
      threshold: 0,
    });
    expect(await session.names({ cell: cell(above, left) })).toEqual(['3.jpg']);
    expect(await session.names({ cell: cell(left, left) })).toHaveLength(9);
    expect(await session.names({ cell: cell(left, above) })).toEqual([]);

    // The map of an even photo is hot to the right, where its embedding comes from.
    const why = await library.labelling.evidence(idOf(2), numbers[1]!);
    if ('code' in why) throw new Error(why.code);
    expect(why.threshold).toBe(0);
    expect(why.evidence).toHaveLength(2);
    expect(why.evidence.every(Number.isFinite)).toBe(true);
    const against = await library.labelling.evidence(idOf(2), numbers[0]!);
    if ('code' in against) throw new Error(against.code);
    why.evidence.forEach((value, cell) => {
      expect(against.evidence[cell]).toBeCloseTo(-value, 4);
    });
  });
});
