import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TaggedPhoto } from '../../core/export/tagged-photo.ts';
import { FaissFileError } from '../../core/index/faiss-bytes.ts';
import { readFvecs, readNpy } from '../../core/index/vector-files.ts';
import { faissPart, indexFile, indexLines } from '../../core/library/index-files.ts';
import type { ContentId } from '../../core/library/photo.ts';
import { testClock } from './test-clock.ts';
import {
  begin,
  contents,
  count,
  dim,
  end,
  expectGood,
  libraryOf,
  model,
  type Tab,
  tab,
} from './test-index-tab.ts';

beforeEach(begin);
afterEach(end);

const ids = () => [...contents].sort((a, b) => a - b) as ContentId[];

async function fileOf(kind: 'faiss' | 'npy' | 'fvecs', { index, store }: Tab): Promise<Uint8Array> {
  const pieces = await indexFile(kind, index.live!, ids(), model.key, store, testClock);
  // A Buffer is a view over more than itself.
  return Uint8Array.from(Buffer.concat(pieces!));
}

it('a library goes out as vectors and as an index of Faiss, which can be opened in its place', async () => {
  const large = await libraryOf(count);
  await large.index.load();
  await large.built();
  await large.add(count, count + 3);
  await large.purge(777);
  expect(large.status.tail).toBe(3);

  const npy = readNpy(await fileOf('npy', large));
  expect([npy.count, npy.dim]).toEqual([count + 2, dim]);
  expect(readFvecs(await fileOf('fvecs', large))).toEqual(npy);
  const asked = [0, 776, 777, count + 1];
  const stored = await large.store.vectors(
    model.key,
    asked.map((n) => ids()[n]!),
  );
  asked.forEach((n, i) => {
    expect(npy.vectors.subarray(n * dim, (n + 1) * dim)).toEqual(stored[i]);
  });

  const faiss = await fileOf('faiss', large);
  expect(() => faissPart(faiss, dim + 1)).toThrow(FaissFileError);
  const part = faissPart(faiss, dim);
  expect([...part.segments[0]!.ids].sort((a, b) => a - b)).toEqual(ids());
  // Made of an earlier state of the library: what it lacks is added, what is gone is left out.
  await large.add(count + 3, count + 4);
  await large.purge(5);
  await large.index.upkeep.take(large.index.live!, part);
  expect(large.status).toMatchObject({ factory: 'IVF128,Flat', pictures: count + 2, tail: 1 });
  await expectGood(large, [1, 2345, 4444]);
  await large.index.close();
  large.kill();

  const second = await tab();
  await second.index.load();
  expect(second.status).toMatchObject({ factory: 'IVF128,Flat', pictures: count + 2, refused: null });
  await expectGood(second, [1, 2345, 4444]);
});

it('a library that is searched exactly goes out as floats', async () => {
  const small = await libraryOf(40);
  await small.index.load();
  const part = faissPart(await fileOf('faiss', small), dim);
  expect(part.trained.coarse).toBeNull();
  expect([...part.segments[0]!.ids].sort((a, b) => a - b)).toEqual(ids());
  contents.clear();
  expect(await indexFile('npy', small.index.live!, [], model.key, small.store, testClock)).toBeNull();
});

it('a line tells of the first of the photos of a picture, and of the tags of all', () => {
  const tag = (name: string, said: 'accepted' | 'rejected') => ({ id: name, name, set: null, said });
  const photo = (name: string, path: string | null, tags: TaggedPhoto['tags']): TaggedPhoto => ({
    name,
    path,
    capturedAt: null,
    tags,
  });
  const photos = [
    photo('a.jpg', 'trip/a.jpg', [tag('dog', 'accepted'), tag('cat', 'rejected')]),
    photo('b.jpg', null, [tag('beach', 'accepted'), tag('dog', 'accepted')]),
  ];
  const lines = [...indexLines([7, 9] as ContentId[], (content) => (content === 7 ? photos : [photos[1]!]))];
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { id: 7, name: 'trip/a.jpg', tags: ['dog', 'beach'] },
    { id: 9, name: 'b.jpg', tags: ['beach', 'dog'] },
  ]);
});
