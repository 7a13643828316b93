import { beforeEach, describe, expect, it } from 'vitest';
import { type Cell, modelSet } from '../../core/evaluation/cell.ts';
import { columnsOf, type LabelledPhotos } from '../../core/evaluation/labelled-photos.ts';
import { absent, present, unknown } from '../../core/evaluation/truth.ts';
import type { JudgedSet } from '../../core/library/judged-sets.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import { defaultQuery } from '../../core/library/photo-query.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { file, TestBrowser, type TestSession } from './test-browser.ts';

import 'fake-indexeddb/auto';

let browser: TestBrowser;
beforeEach(() => {
  browser = new TestBrowser();
  return () => expect(browser.crashes).toEqual([]);
});

const dog = 0 as LabelNumber;
const cat = 1 as LabelNumber;
const missedDogs: Cell = { set: modelSet, kind: 'falseNegative', label: 'dog', threshold: 0.5 };

async function imported(count: number): Promise<{ session: TestSession; id: (name: string) => PhotoId }> {
  const session = await browser.session();
  await session.startModel();
  await session.library.add(
    Array.from({ length: count }, (_, n) => file(`${n}.jpg`, `picture ${n} dog=${n / count} cat=0.2`)),
  );
  await session.settled();
  const ids = await session.ids();
  const names = await session.names();
  return { session, id: (name) => ids[names.indexOf(name)]! };
}

function labels(judged: JudgedSet | null): LabelledPhotos {
  if (judged?.kind !== 'labels') throw new Error('no labels');
  return judged.photos;
}

async function labelled(session: TestSession): Promise<LabelledPhotos> {
  return labels(await session.library.judgedSet(modelSet, null));
}

describe('photos judged by the person', () => {
  it('are the truth of the model’s labels; the model’s scores are what is judged', async () => {
    const { session, id } = await imported(10);
    const { library } = session;
    expect((await labelled(session)).labels).toEqual([]);
    await library.judge([id('8.jpg'), id('2.jpg')], dog, 'accepted');
    await library.judge([id('9.jpg')], dog, 'rejected');
    await library.judge([id('9.jpg')], cat, 'accepted');
    // A label of the person's own has no scores to judge.
    const own = await library.ensureLabel('Aunt Mary');
    await library.judge([id('1.jpg')], own.number, 'accepted');

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
    expect([...labels(await library.judgedSet(modelSet, scope)).ids]).toEqual([id('9.jpg')]);
    expect(await library.judgedSet('nothing', null)).toBeNull();
  });

  it('behind a figure are a filter of the library, kept up to date by corrections and undo', async () => {
    const { session, id } = await imported(10);
    const { library } = session;
    await library.judge([id('8.jpg'), id('2.jpg'), id('3.jpg')], dog, 'accepted');
    expect(await session.names({ cell: missedDogs })).toEqual(['3.jpg', '2.jpg']);
    expect(await session.names({ cell: missedDogs, text: '2' })).toEqual(['2.jpg']);
    expect(await session.names({ cell: { ...missedDogs, threshold: 0.25 } })).toEqual(['2.jpg']);
    await library.judge([id('2.jpg')], dog, 'rejected');
    expect(await session.names({ cell: missedDogs })).toEqual(['3.jpg']);
    await library.undo();
    expect(await session.names({ cell: missedDogs })).toEqual(['3.jpg', '2.jpg']);
    await library.remove([id('3.jpg')]);
    expect(await session.names({ cell: missedDogs })).toEqual(['2.jpg']);
    expect((await labelled(session)).ids).toHaveLength(2);
    expect(await session.names({ cell: { ...missedDogs, set: 'other' } })).toEqual([]);
  });

  it('are read in one go when there are many, and photos of one content each count', async () => {
    const { session } = await imported(40);
    const { library } = session;
    await library.add([file('twin.jpg', 'picture 39 dog=0.975 cat=0.2')]);
    await session.settled();
    const ids = await session.ids();
    await library.judge(ids, dog, 'accepted');
    const photos = await labelled(session);
    expect(photos.ids).toHaveLength(41);
    expect([...photos.scores].filter((score) => score === Math.round(0.975 * 255))).toHaveLength(2);
    expect(await session.names({ cell: { ...missedDogs, kind: 'truePositive' } })).toHaveLength(21);
  });
});
