import { expect, it } from 'vitest';
import { FolderNames } from './folder-names.ts';
import type { PhotoId } from './photo.ts';
import { PhotoTable } from './photo-table.ts';

const paths = [
  'Trips/Japan/1.jpg',
  'Trips/Japan/Kyoto/2.jpg',
  'Trips/Japan/Kyoto/3.jpg',
  'Trips/Spain/4.jpg',
  'Home/旅行/5.jpg',
  'Home/My trips/6.jpg',
  null,
];

function library(): { readonly names: FolderNames; readonly table: PhotoTable } {
  const table = new PhotoTable();
  for (const [n, path] of paths.entries()) {
    const id = (n + 1) as PhotoId;
    table.add(id, { ...table.row(id), status: 2 }, path?.split('/').at(-1) ?? 'loose.jpg', path);
  }
  return { table, names: new FolderNames(table, async () => {}) };
}

const found = async (part: string, limit = 9) =>
  (await library().names.matching(part, limit, 1)).map(({ path, photos }) => `${path} ${photos}`);

it('folders are found by their own name, those that begin so first, with the photos in and under them', async () => {
  expect(await found('TRI')).toEqual(['Trips 4', 'Home/My trips 1']);
  expect(await found('kyo')).toEqual(['Trips/Japan/Kyoto 2']);
  expect(await found('旅')).toEqual(['Home/旅行 1']);
  expect(await found('')).toHaveLength(7);
  expect(await found('', 2)).toEqual(['Trips 4', 'Trips/Japan 3']);
  expect(await found('jpg')).toEqual([]);
  expect(await found('sp')).toEqual(['Trips/Spain 1']);
  expect(await found(' /spain')).toEqual(['Trips/Spain 1']);
});

it('a slash asks for a path', async () => {
  expect(await found('japan/k')).toEqual(['Trips/Japan/Kyoto 2']);
  expect(await found('trips/')).toEqual(['Trips/Japan 3', 'Trips/Japan/Kyoto 2', 'Trips/Spain 1']);
});

it('they are gathered again when the library has changed', async () => {
  const { table, names } = library();
  await names.matching('kyoto', 9, 1);
  table.delete(2 as PhotoId);
  table.delete(3 as PhotoId);
  expect(await names.matching('kyoto', 9, 1)).toHaveLength(1);
  expect(await names.matching('kyoto', 9, 2)).toEqual([]);
});
