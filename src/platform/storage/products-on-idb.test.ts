import { beforeEach, expect, it, vi } from 'vitest';
import type { ColourRule } from '../../core/image/product-score.ts';
import type { Region } from '../../core/image/region.ts';
import type { ProductResult } from '../../core/library/match-result.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';

let session: TestSession;

beforeEach(newBrowser);
beforeEach(async () => {
  session = await browser.started();
  await session.add([
    file('kettle-1.jpg', 'picture looks=3 v=1,0'),
    file('kettle-2.jpg', 'picture looks=103 v=0.97,0.243'),
    file('pot.jpg', 'picture looks=204 v=0.96,0.28'),
    file('fan.jpg', 'picture looks=5 v=0,1', 'shop/fan.jpg'),
    file('query.jpg', 'picture looks=3 v=0.98,0.199'),
  ]);
});

type Found = Extract<ProductResult, { kind: 'products' }>;

async function found(rule: ColourRule = 'counts', bytes: Blob | null = null) {
  const ids = await session.ids();
  const names = session.library.reading.cells(ids).map((cell) => cell!.name);
  const photo = bytes === null ? ids[names.indexOf('query.jpg')]! : null;
  const result = await session.library.finding.productPhotos.find(
    { photo, bytes, region: null, filter: null },
    rule,
    10,
  );
  if (result.kind !== 'products') throw new Error(result.kind);
  const hits = result.hits.map(({ ids: own }) => own.map((id) => names[ids.indexOf(id)]!));
  return { answer: (result as Found).answer, hits, scores: result.hits.map(({ score }) => score) };
}

const csv =
  'File;Name;Price\r\nkettle-1.jpg;Red kettle;12\r\nKETTLE-2.JPG;Red kettle;12\r\npot.jpg;"Pot; large";30\r\n';

it('colour decides between things of one shape, unless it is ignored', async () => {
  const counted = await found();
  expect(counted.answer).toBeNull();
  // The two photos of the kettle can hardly be told apart: one result.
  expect(counted.hits[0]).toEqual(expect.arrayContaining(['kettle-1.jpg', 'kettle-2.jpg']));
  const ignored = await found('ignored');
  expect(ignored.scores[0]!).toBeGreaterThan(0.98);
  expect(ignored.hits.flat()).toContain('pot.jpg');
  const required = await found('required');
  expect(required.hits.flat()).not.toContain('pot.jpg');
});

it('a part of a photo or of a file is compared as what it is, in each way to match, and embedded once', async () => {
  const text = 'picture looks=204 v=-1,0 part looks=3 v=1,0';
  await session.add([file('scene.jpg', text)]);
  const { productPhotos, mixedPhotos, samePictures } = session.library.finding;
  const ids = await session.ids();
  const named = (name: string) =>
    ids[session.library.reading.cells(ids).findIndex((cell) => cell!.name === name)]!;
  const kettle = named('kettle-1.jpg');
  const embeds = vi.spyOn(browser.embedder, 'embed');
  const region = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 };
  for (const subject of [
    { photo: named('scene.jpg'), bytes: null },
    { photo: null, bytes: new Blob([text]), key: 'scene' },
  ]) {
    embeds.mockClear();
    const query = { ...subject, region, filter: null };
    const things = (await productPhotos.find(query, 'required', 10)) as Found;
    expect(things.hits[0]!.ids).toContain(kettle);
    const weights = { content: 0, type: 0, colour: 1, layout: 1 };
    expect(await mixedPhotos.find(query, weights, 1)).toMatchObject({
      hits: [{ id: kettle, parts: { colour: 100, layout: 100 } }],
    });
    const parts = await session.library.finding.photoParts(query, [kettle]);
    expect([...parts!.subarray(1)]).toEqual([100, 100]);
    expect(embeds).toHaveBeenCalledTimes(1);
    // Once is enough: it looks at all candidates closely.
    if (subject.photo === null) continue;
    const same = await samePictures.find(query);
    expect(same.kind === 'same' && same.hits.map(({ id }) => id)).toContain(kettle);
  }
});

it('a photo that no library has is said to be gone', async () => {
  const { productPhotos, mixedPhotos, samePictures } = session.library.finding;
  const gone = { kind: 'failed', failure: { code: 'file-missing' } };
  for (const id of [99, 5000, 2_000_000_000]) {
    const query = { photo: id as PhotoId, bytes: null, region: null, filter: null };
    expect(await samePictures.find(query)).toEqual(gone);
    expect(await productPhotos.find(query, 'counts', 10)).toEqual(gone);
    expect(await mixedPhotos.find(query, { content: 1, type: 0, colour: 0, layout: 0 }, 10)).toEqual(gone);
  }
});

it('names photos from a CSV, wrong rows aside, answers with the name and its columns, and lists the items', async () => {
  const wrong = `${csv}nowhere.jpg;Ghost;1\r\nfan.jpg;;9\r\n;Nameless;1\r\n`;
  const plan = await session.library.finding.itemNames.plan(wrong);
  expect(plan).toEqual({
    kind: 'plan',
    photos: 3,
    items: 2,
    columns: ['Price'],
    examples: expect.arrayContaining([{ file: 'KETTLE-2.JPG', name: 'Red kettle' }]),
    unread: [],
    cut: 0,
    wrong: [
      { line: 5, file: 'nowhere.jpg', why: 'no-photo' },
      { line: 6, file: 'fan.jpg', why: 'no-name' },
      { line: 7, file: '', why: 'no-file' },
    ],
  });
  expect(await session.library.finding.itemNames.items()).toEqual([]);
  await session.library.finding.itemNames.take(wrong);
  const { answer, hits } = await found();
  expect(answer).toMatchObject({ kind: 'named', name: 'Red kettle', votes: 2, columns: [['Price', '12']] });
  expect(hits[0]!.sort()).toEqual(['kettle-1.jpg', 'kettle-2.jpg']);
  // A photo is what it is named, a part of it what that is like.
  const [photo] = await session.ids({ text: 'pot' });
  const { productPhotos } = session.library.finding;
  const ofPot = async (region: Region | null) =>
    (await productPhotos.find({ photo: photo!, bytes: null, region, filter: null }, 'ignored', 10)) as Found;
  expect((await ofPot(null)).answer).toMatchObject({ name: 'Pot; large', of: 1 });
  expect((await ofPot({ x: 0, y: 0, width: 0.5, height: 0.5 })).answer).toMatchObject({ name: 'Red kettle' });
  expect((await found('counts', new Blob(['picture looks=9 v=-1,0']))).answer).toEqual({ kind: 'unknown' });

  // They outlive the session, and go with their photos.
  session.kill();
  session = await browser.started();
  expect(
    (await session.library.finding.itemNames.items()).map(({ name, photos }) => [name, photos.length]),
  ).toEqual([
    ['Pot; large', 1],
    ['Red kettle', 2],
  ]);
  const ids = await session.ids();
  const pot = session.library.reading.cells(ids).findIndex((cell) => cell!.name === 'pot.jpg');
  await session.library.deciding.remove([ids[pot]!]);
  await session.library.deciding.purge();
  expect((await session.library.finding.itemNames.items()).map(({ name }) => name)).toEqual(['Red kettle']);
  expect((await session.store.itemNames()).length).toBe(2);
});

it('an import of names can be undone; details of photos tell the name', async () => {
  const { itemNames } = session.library.finding;
  const kettle = (await session.ids({ text: 'kettle-1' }))[0]!;
  const pot = (await session.ids({ text: 'pot' }))[0]!;
  const nameOf = async (id: PhotoId) => (await session.library.reading.photo(id))!.item;
  expect(await nameOf(pot)).toBeNull();
  await itemNames.take('file,name\npot.jpg,Pan\n');
  const before = await itemNames.items();
  const revision = session.library.state().contentRevision;
  const taken = await itemNames.take(csv);
  expect([await nameOf(pot), await nameOf(kettle)]).toEqual(['Pot; large', 'Red kettle']);
  expect(session.library.state().contentRevision).toBeGreaterThan(revision);
  await itemNames.takeBack(taken);
  expect(await itemNames.items()).toEqual(before);
  expect([await nameOf(pot), await nameOf(kettle)]).toEqual(['Pan', null]);
  expect((await session.store.itemNames()).map(({ name }) => name)).toEqual(['Pan']);

  // Typed, a name finds its photos; it is changed by hand, too, and joins the thing that is called so.
  await itemNames.take(csv);
  const called = async (text: string) => (await session.ids({ text })).length;
  expect([await called('red KETTLE'), await called('"red kettle" -price')]).toEqual([2, 2]);
  expect(await itemNames.matching('KETT', 5)).toMatchObject([{ name: 'Red kettle' }]);
  const byHand = await itemNames.call([pot], ' Red  kettle ');
  const stored = (await session.store.itemNames()).find(({ photo }) => photo === pot);
  expect(stored).toMatchObject({ name: 'Red kettle', columns: [['Price', '12']] });
  expect([await called('"red kettle"'), await called('pot large')]).toEqual([3, 0]);
  await itemNames.takeBack(byHand);
  expect([await called('"red kettle"'), await called('pot large')]).toEqual([2, 1]);
  await itemNames.call([pot], '');
  expect([await nameOf(pot), await called('pot large')]).toEqual([null, 0]);
  session.kill();
  session = await browser.started();
  expect(await called('"red kettle"')).toBe(2);
});

it('gives names back that were taken away, but for photos that are gone or have another name by now', async () => {
  const { itemNames } = session.library.finding;
  await itemNames.take(csv);
  const before = await itemNames.items();
  const forgotten = await itemNames.forget();
  expect(await itemNames.items()).toEqual([]);
  expect(await session.store.itemNames()).toEqual([]);
  await itemNames.giveBack(forgotten);
  expect(await itemNames.items()).toEqual(before);
  await itemNames.forget();
  await itemNames.take('file,name\npot.jpg,Pan\n');
  await itemNames.giveBack(forgotten);
  expect((await itemNames.items()).map(({ name }) => name)).toEqual(['Pan', 'Red kettle']);
  expect((await session.store.itemNames()).length).toBe(3);
});

it('finds photos by path, tells those of one name apart, and refuses what is no list of names', async () => {
  await session.add([file('fan.jpg', 'picture looks=6 v=0,1', 'home/fan.jpg')]);
  const { itemNames } = session.library.finding;
  expect(await itemNames.plan('file,name\nshop\\fan.jpg,Fan\nfan.jpg,Fan\n')).toMatchObject({
    photos: 1,
    wrong: [{ line: 3, file: 'fan.jpg', why: 'several-photos' }],
  });
  // Accents however a disk composes them, the ends of paths, doubled quotes, and a second name for a photo.
  await session.add([
    file('Cafe\u0301.jpg', 'picture looks=7 v=0,1'),
    file('Caf\u00e9 2.jpg', 'picture looks=8 v=0,1', 'img/a/Caf\u00e9 2.jpg'),
  ]);
  const pan = '"Pan ""\u00d6"""';
  const rows = [
    'Caf\u00e9.jpg,Cup',
    'a/CAF\u00c9 2.jpg,Cup',
    `else/pot.jpg,${pan}`,
    'pot.jpg,Pot',
    `pot.jpg,${pan}`,
  ];
  expect(await itemNames.plan(`\ufefffile,name\n${rows.join('\n')}\n`)).toMatchObject({
    photos: 3,
    items: 2,
    examples: [{ name: 'Cup' }, { name: 'Cup' }, { name: 'Pan "\u00d6"' }],
    wrong: [{ line: 5, file: 'pot.jpg', why: 'named-before' }],
  });
  const many = Array.from({ length: 22 }, (_, n) => `c${n}`);
  expect(await itemNames.plan(`file,name,${many}\npot.jpg,Pot,${'x'.repeat(401)}\n`)).toMatchObject({
    unread: ['c20', 'c21'],
    cut: 1,
  });
  // Of several columns that would do, the plainest.
  expect(await itemNames.plan('Item,Photo,File,Name\n7,x,pot.jpg,Pot\n')).toMatchObject({
    columns: ['Item', 'Photo'],
    examples: [{ file: 'pot.jpg', name: 'Pot' }],
  });
  expect(await itemNames.plan('图片,商品名称\npot.jpg,锅\n')).toMatchObject({ photos: 1 });
  expect(await itemNames.plan('a,b\n1,2\n')).toEqual({ kind: 'refused', why: 'headings' });
  expect(await itemNames.plan('file,name\n"x,y\n')).toEqual({ kind: 'refused', why: 'broken' });
});
