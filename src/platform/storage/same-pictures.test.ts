import { beforeEach, expect, it } from 'vitest';
import type { PartWeights } from '../../core/image/part-scores.ts';
import type { SameResult } from '../../core/library/match-result.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';
import type { TestHandle } from './test-files.ts';

let session: TestSession;

type Found = Extract<SameResult, { kind: 'same' }>;

beforeEach(newBrowser);
// Looks 103 are looks 3 mirrored.
beforeEach(async () => {
  session = await browser.started();
  await session.add([
    file('original', 'picture looks=3 v=1,0'),
    file('mirrored', 'picture looks=103 v=0,1'),
    file('other', 'picture looks=4 v=1,0'),
    file('another', 'picture looks=5 v=0.6,0.8'),
  ]);
});

async function found(name: string): Promise<{ result: Found; names: string[] }> {
  const ids = await session.ids();
  const names = session.library.reading.cells(ids).map((cell) => cell!.name);
  const result = await session.library.finding.samePictures.find({
    photo: ids[names.indexOf(name)]!,
    bytes: null,
    region: null,
    filter: null,
  });
  if (result.kind !== 'same') throw new Error(result.kind);
  return { result, names: result.hits.map(({ id }) => names[ids.indexOf(id)]!) };
}

it('finds a mirrored copy by its hash, although its vector lies far off, and says what was done', async () => {
  const { result, names } = await found('original');
  expect(names).toEqual(['mirrored']);
  expect(result.hits[0]!.match).toMatchObject({ verdict: 'edited', mirrored: true });
  expect(result.searched).toBe(3);
});

it('a part of a photo, or a file, is embedded once for all questions about it', async () => {
  const [id] = await session.ids();
  const { samePictures, productPhotos } = session.library.finding;
  const region = { x: 0, y: 0, width: 0.5, height: 1 };
  const part = { photo: id!, bytes: null, region, filter: null };
  const outside = {
    photo: null,
    bytes: new Blob(['picture looks=9 v=0,1']),
    key: 'file 1',
    region: null,
    filter: null,
  };
  for (const query of [part, outside]) {
    await samePictures.find(query);
    const before = browser.embedder.calls;
    await productPhotos.find(query, 'counts', 5);
    expect(browser.embedder.calls).toBe(before);
  }
});

it('finds nothing where nothing is the same', async () => {
  const { result, names } = await found('another');
  expect(names).toEqual([]);
  expect(result.looked).toBeGreaterThan(0);
});

it('finds other photos of the same bytes, and photos that a file outside of the library shows', async () => {
  await session.add([file('again', 'picture looks=4 v=1,0')]);
  expect((await found('other')).names).toEqual(['again']);
  const outside = new Blob(['picture looks=103 v=0,1 outside']);
  const result = await session.library.finding.samePictures.find({
    photo: null,
    bytes: outside,
    region: null,
    filter: null,
  });
  expect(result.kind === 'same' && result.hits.length).toBe(2);
  expect(result.kind === 'same' && result.hits[0]!.match.verdict).toBe('same');
});

it('a photo of the very same bytes is the same picture, however plain it is, also as a file from outside', async () => {
  const plain = 'picture looks=99 v=1,0';
  await session.add([file('blank', plain), file('blank again', plain)]);
  expect((await found('blank')).names).toEqual(['blank again']);
  const { samePictures } = session.library.finding;
  const outside = { photo: null, bytes: new Blob([plain]), region: null, filter: null };
  expect(await samePictures.find(outside, true)).toMatchObject({
    hits: [
      { match: { verdict: 'same', agreement: 1 }, pixels: { same: true } },
      { match: { verdict: 'same' }, pixels: { same: true } },
    ],
  });
});

it('photos whose previews were deleted are compared by their files; a photo that never was is said to be missing', async () => {
  // One content in two files; the first is gone when they are compared.
  const onDisk = (entry: string): ReturnType<typeof file> => {
    const bytes = new Blob(['picture looks=103 v=0,1 disk']);
    browser.files.disk.set(entry, { bytes, modifiedAt: 1000 });
    const handle: TestHandle = { kind: 'file', name: entry, entry };
    return { candidate: { name: entry, path: null, modifiedAt: 1000, bytes, handle, root: null } };
  };
  await session.add([onDisk('first'), onDisk('second')]);
  await session.library.previews.evict();
  // Things, mixes and parts need neither previews nor files of photos that are known.
  const before = browser.embedder.calls;
  const [known] = await session.ids();
  const about = { photo: known!, bytes: null, region: null, filter: null };
  const { finding } = session.library;
  const { productPhotos, mixedPhotos } = finding;
  expect((await productPhotos.find(about, 'counts', 5)).kind).toBe('products');
  expect((await mixedPhotos.find(about, { content: 1, type: 1, colour: 1, layout: 1 }, 5)).kind).toBe(
    'mixed',
  );
  expect([...(await finding.photoParts(about, [known!]))!.subarray(1)]).toEqual([100, 100]);
  expect(browser.embedder.calls).toBe(before);
  browser.files.disk.delete('first');
  expect((await found('original')).names.sort()).toEqual(['first', 'mirrored', 'second']);
  for (const photo of [400, 2_000_000_000]) {
    const query = { photo: photo as PhotoId, bytes: null, region: null, filter: null };
    const result = await session.library.finding.samePictures.find(query);
    expect(result).toEqual({ kind: 'failed', failure: { code: 'file-missing' } });
  }
});

it('the newest question wins', async () => {
  const [id] = await session.ids();
  const query = { photo: id!, bytes: null, region: null, filter: null };
  const first = session.library.finding.samePictures.find(query);
  const second = session.library.finding.samePictures.find(query);
  expect((await first).kind).toBe('superseded');
  expect((await second).kind).toBe('same');
});

it('compares pixels where that is asked for', async () => {
  const ids = await session.ids();
  const query = { photo: ids.at(-1)!, bytes: null, region: null, filter: null };
  const strict = await session.library.finding.samePictures.find(query, true);
  expect(strict.kind === 'same' && strict.hits.map(({ pixels }) => pixels?.same)).toEqual([true]);
  const usual = await session.library.finding.samePictures.find(query);
  expect(usual.kind === 'same' && usual.hits.map(({ pixels }) => pixels)).toEqual([null]);
});

it('finds what is alike in colours and layout, although its vector is among the farthest', async () => {
  const ids = await session.ids();
  const names = session.library.reading.cells(ids).map((cell) => cell!.name);
  const ask = async (weights: PartWeights) => {
    const photo = ids[names.indexOf('original')]!;
    const query = { photo, bytes: null, region: null, filter: null };
    const result = await session.library.finding.mixedPhotos.find(query, weights, 10);
    if (result.kind !== 'mixed') throw new Error(result.kind);
    return result.hits.map(({ id, parts }) => ({ name: names[ids.indexOf(id)], parts }));
  };
  // By content 'other' is the same; by colours the mirror image is.
  const [byContent] = await ask({ content: 100, type: 0, colour: 0, layout: 0 });
  expect(byContent!.name).toBe('other');
  const [byColour, second] = await ask({ content: 20, type: 0, colour: 80, layout: 0 });
  expect(byColour!.name).toBe('mirrored');
  expect(byColour!.parts.colour).toBeGreaterThan(95);
  expect(byColour!.parts.content).toBeLessThan(5);
  expect(second).toBeDefined();
});

it('tells kinds apart by the scores of labels, also after a restart', async () => {
  const kinds = async () => {
    const ids = await session.ids();
    const names = session.library.reading.cells(ids).map((cell) => cell!.name);
    const query = { photo: ids[names.indexOf('dog')]!, bytes: null, region: null, filter: null };
    const parts = await session.library.finding.photoParts(query, ids);
    return Object.fromEntries(names.map((name, n) => [name, parts![n * 3]]));
  };
  // All three carry the tag.
  await session.add([
    file('dog', 'picture looks=6 v=1,0 dog=0.9'),
    file('surely', 'picture looks=7 v=1,0 dog=0.85'),
    file('perhaps', 'picture looks=8 v=1,0 dog=0.55 cat=0.2'),
  ]);
  const found = await kinds();
  expect(found).toMatchObject({ dog: 100, surely: 94, other: 0 });
  expect(found.perhaps).toBe(Math.round((100 * 140) / (230 + 51)));
  session.kill();
  session = await browser.started();
  expect(await kinds()).toEqual(found);
});
