import { expect, it } from 'vitest';
import type { Catalogue } from './catalogue.ts';
import type { DecidedDuplicates } from './decided-duplicates.ts';
import { exactGroups, placesOf, presentPhotosOf } from './duplicate-groups.ts';
import type { ScopeTest } from './duplicate-scope.ts';
import { type ContentId, type PhotoId, photoStatusCodes } from './photo.ts';
import { type PhotoRow, PhotoTable } from './photo-table.ts';

const row: PhotoRow = {
  status: photoStatusCodes.ready,
  flags: 0,
  capturedAt: 0,
  modifiedAt: 0,
  importedAt: 0,
  removedAt: 0,
  size: 1,
  width: 1,
  height: 1,
  content: 7 as ContentId,
  model: 1,
};

it('equal files are by number, whichever was processed first', () => {
  const table = new PhotoTable();
  for (const id of [2, 3, 1] as PhotoId[]) table.add(id, row, 'a.jpg', null);
  const catalogue = { table } as unknown as Catalogue;
  expect(presentPhotosOf(catalogue, row.content!)).toEqual([1, 2, 3]);
  expect([...placesOf(catalogue, row.content!).keys()]).toEqual([1, 2, 3]);
});

it('thousands of equal files are a group, within folders one each', () => {
  const ids = Array.from({ length: 6001 }, (_, n) => (n + 1) as PhotoId);
  const table = new PhotoTable();
  for (const id of ids) table.add(id, row, `${id}.jpg`, null);
  const groupsWhere = (meetingPlace: ScopeTest['meetingPlace']) =>
    exactGroups(
      { table } as unknown as Catalogue,
      { hashOf: new Map() } as unknown as DecidedDuplicates,
      { includes: () => true, isWanted: () => true, meetingPlace } as unknown as ScopeTest,
    );
  expect(groupsWhere(() => '')).toEqual([ids]);
  // The last one is alone in its folder.
  const folderOf = (id: PhotoId) => (id === 6001 ? '2' : `${id % 2}`);
  expect(groupsWhere(folderOf)).toEqual([
    ids.filter((id) => folderOf(id) === '1'),
    ids.filter((id) => folderOf(id) === '0'),
  ]);
});
