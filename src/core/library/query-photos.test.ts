import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, formatCell } from '../evaluation/cell.ts';
import { IdBits } from '../index/id-bits.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { PhotoTags } from '../tagging/photo-tags.ts';
import { FoundCells } from './found-cells.ts';
import { formatIds } from './id-list.ts';
import { type PhotoId, photoStatusCodes } from './photo.ts';
import { defaultQuery, type PhotoQuery } from './photo-query.ts';
import { favouriteFlag, type PhotoRow, PhotoTable, wallClock } from './photo-table.ts';
import { type Queryable, queryPhotos, queryTest, SearchText } from './query-photos.ts';
import { PhotoOrders } from './sorted-photos.ts';

interface Photo {
  readonly row: PhotoRow;
  readonly name: string;
  readonly path: string | null;
  readonly tags: readonly LabelNumber[];
}

const time = fc.integer({ min: Date.UTC(2023, 10, 20), max: Date.UTC(2024, 2, 10) });
const name = fc.oneof(
  fc.constantFrom('IMG_2.jpg', 'IMG_10.jpg', 'img_2.JPG', '照片 3.png', 'é.jpg', 'e\u0301.jpg'),
  fc.string({ maxLength: 6 }),
);
const photo: fc.Arbitrary<Photo> = fc.record({
  row: fc.record({
    status: fc.constantFrom(...Object.values(photoStatusCodes)),
    flags: fc.constantFrom(0, favouriteFlag),
    capturedAt: time,
    modifiedAt: time,
    importedAt: time,
    removedAt: fc.constantFrom(0, 0, 0, 5),
    size: fc.nat(3),
    width: fc.constantFrom(0, 300, 400),
    height: fc.constantFrom(0, 300),
    content: fc.constant(null),
    model: fc.constant(1),
  }),
  name,
  path: fc.option(fc.tuple(fc.constantFrom('Trip', 'Snow trips'), name).map((names) => names.join('/'))),
  tags: fc.uniqueArray(fc.nat(3) as fc.Arbitrary<LabelNumber>),
});
const labels = fc.uniqueArray(fc.integer({ min: -1, max: 3 }) as fc.Arbitrary<LabelNumber>, { maxLength: 2 });
const cell: Cell = { set: 'model', kind: 'falseNegative', label: 'dog', threshold: 0.5 };
const inCell = [1, 3, 4];
const selected = [2, 3, 4, 7];
/** Folders that are asked for, and which those are. */
const holds: Readonly<Record<string, string>> = {
  trip: 'Trip',
  'Trip/': 'Trip',
  'snow TRIPS': 'Snow trips',
  ' /Snow trips/': 'Snow trips',
  rip: '',
  now: '',
};
const query: fc.Arbitrary<PhotoQuery> = fc.record({
  text: fc.constantFrom('', '', 'img', ' É', 'trip/', '照', 'x', 'jpg img', '-img', '"照片 3"'),
  oneOfEach: fc.constantFrom([], [], [[]], [[0, 1] as LabelNumber[]], [[0], [2, 3]] as LabelNumber[][]),
  either: fc.constantFrom<PhotoQuery['either'][]>(
    [],
    [],
    [
      [
        { kind: 'labels', labels: [0, -1] as LabelNumber[], negated: false },
        { kind: 'times', from: Date.UTC(2024, 0), to: null, negated: true },
      ],
      [
        { kind: 'text', text: 'IMG', negated: false },
        { kind: 'folder', folder: 'trip', negated: false },
        { kind: 'favourites', negated: true },
      ],
    ],
  ),
  favourites: fc.constantFrom(false, false, true),
  folder: fc.constantFrom('', '', ...Object.keys(holds)),
  excluded: fc.record({
    folders: fc.subarray(Object.keys(holds), { maxLength: 1 }),
    times: fc.array(fc.record({ from: fc.option(time), to: fc.option(time) }), { maxLength: 1 }),
    favourites: fc.constantFrom(false, false, true),
  }),
  allOf: labels,
  anyOf: labels,
  noneOf: labels,
  only: fc.constantFrom(null, null, null, formatIds(selected)),
  cell: fc.constantFrom(null, null, null, cell),
  from: fc.option(time),
  to: fc.option(time),
  show: fc.constantFrom('present', 'failed', 'removed'),
  sort: fc.record({
    by: fc.constantFrom('captured', 'imported', 'name', 'size'),
    descending: fc.boolean(),
  }),
});

function libraryOf(photos: readonly Photo[]): Queryable {
  const table = new PhotoTable();
  const tags = new PhotoTags();
  for (const [i, { row, name: text, path, tags: carried }] of photos.entries()) {
    table.add((i + 1) as PhotoId, row, text, path);
    tags.setModelTags(i + 1, carried);
  }
  const cells = new FoundCells();
  const ids = new IdBits();
  for (const id of inCell) ids.add(id);
  cells.found(formatCell(cell), ids);
  return { table, tags, cells, orders: new PhotoOrders(table), searchText: new SearchText(table) };
}

/** The words of the queries that are more than one word. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  'jpg img': ['jpg', 'img'],
  '-img': [],
  '"照片 3"': ['照片 3'],
};

const collator = new Intl.Collator(undefined, { numeric: true });

function isIn(path: string | null, folder: string): boolean {
  return path !== null && path.slice(0, path.indexOf('/')) === holds[folder];
}

/** The same answer, told plainly. */
function plainly(photos: readonly Photo[], { sort, ...wanted }: PhotoQuery): number[] {
  const ids = photos.flatMap(({ row, name: text, path, tags }, i) => {
    const shown =
      wanted.show === 'removed'
        ? row.removedAt !== 0
        : row.removedAt === 0 && (row.status === photoStatusCodes.failed) === (wanted.show === 'failed');
    const fold = (one: string) => one.normalize('NFC').toLowerCase();
    const matches =
      shown &&
      wanted.allOf.every((label) => tags.includes(label)) &&
      (wanted.anyOf.length === 0 || wanted.anyOf.some((label) => tags.includes(label))) &&
      !wanted.noneOf.some((label) => tags.includes(label)) &&
      (wanted.only === null || selected.includes(i + 1)) &&
      (wanted.cell === null || inCell.includes(i + 1)) &&
      (wanted.from === null || row.capturedAt >= wanted.from) &&
      (wanted.to === null || row.capturedAt < wanted.to) &&
      (wordsOf[wanted.text] ?? [wanted.text.trim()]).every((word) =>
        [text, path ?? ''].some((one) => fold(one).includes(fold(word))),
      ) &&
      !(wanted.text === '-img' && [text, path ?? ''].some((one) => fold(one).includes('img'))) &&
      wanted.oneOfEach.every((set) => set.some((label) => tags.includes(label))) &&
      wanted.either.every((group) =>
        group.some((one) => {
          const isSo = {
            labels: tags.includes(0 as LabelNumber),
            times: row.capturedAt >= Date.UTC(2024, 0),
            text: [text, path ?? ''].some((name) => fold(name).includes('img')),
            folder: isIn(path, 'trip'),
            favourites: row.flags === favouriteFlag,
          }[one.kind];
          return isSo !== one.negated;
        }),
      ) &&
      (!wanted.favourites || row.flags === favouriteFlag) &&
      (wanted.folder === '' || isIn(path, wanted.folder)) &&
      !wanted.excluded.folders.some((folder) => isIn(path, folder)) &&
      !wanted.excluded.times.some(
        ({ from, to }) => (from === null || row.capturedAt >= from) && (to === null || row.capturedAt < to),
      ) &&
      !(wanted.excluded.favourites && row.flags === favouriteFlag);
    return matches ? [i + 1] : [];
  });
  const key = (id: number) => {
    const { row, name: text } = photos[id - 1]!;
    return { captured: row.capturedAt, imported: row.importedAt, size: row.size, name: text }[sort.by];
  };
  ids.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    const order = typeof x === 'string' ? collator.compare(x, y as string) : x - (y as number);
    return (order || a - b) * (sort.descending ? -1 : 1);
  });
  return ids;
}

describe('a query', () => {
  it('finds, orders and counts as plain filtering and sorting would', () => {
    fc.assert(
      fc.property(fc.array(photo, { maxLength: 30 }), query, (photos, wanted) => {
        const library = libraryOf(photos);
        const view = queryPhotos(library, wanted, 4, 7);
        const expected = plainly(photos, wanted);
        expect([...view.ids]).toEqual(expected);
        const test = queryTest(library, wanted);
        expect(photos.flatMap((_, i) => (test(i + 1) ? [i + 1] : []))).toEqual(
          expected.toSorted((a, b) => a - b),
        );
        const shown = plainly(photos, { ...defaultQuery, show: wanted.show });
        expect(view.totalShown).toBe(shown.length);
        const choosable = plainly(photos, { ...wanted, anyOf: [] });
        for (let label = 0; label < 4; label++) {
          const carriers = choosable.filter((id) => photos[id - 1]!.tags.includes(label as LabelNumber));
          expect(view.labelCounts![label]).toBe(carriers.length);
        }
        for (const [i, id] of expected.entries()) {
          const { width, height } = photos[id - 1]!.row;
          expect(view.aspects[i]).toBeCloseTo(width > 0 && height > 0 ? width / height : 4 / 3, 5);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('groups what is sorted by a date into months that follow one another and cover all', () => {
    fc.assert(
      fc.property(fc.array(photo, { maxLength: 30 }), query, (photos, wanted) => {
        const view = queryPhotos(libraryOf(photos), wanted, null, 1);
        const { by } = wanted.sort;
        if (by === 'name' || by === 'size') {
          expect(view.groups).toEqual([]);
          return;
        }
        let next = 0;
        for (const { year, month, start, count } of view.groups) {
          expect(start).toBe(next);
          expect(count).toBeGreaterThan(0);
          for (const id of view.ids.subarray(start, start + count)) {
            const { capturedAt, importedAt } = photos[id - 1]!.row;
            const shown = new Date(by === 'captured' ? capturedAt : wallClock(importedAt));
            expect([shown.getUTCFullYear(), shown.getUTCMonth() + 1]).toEqual([year, month]);
          }
          next = start + count;
        }
        expect(next).toBe(view.ids.length);
        const months = view.groups.map(({ year, month }) => year * 12 + month);
        expect(new Set(months).size).toBe(months.length);
      }),
    );
  });
});

describe('kept orders', () => {
  it('are the same as made anew, whatever changed in between', () => {
    const step = fc.record({ at: fc.nat(20), photo: fc.option(photo), ask: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(photo, { minLength: 8, maxLength: 21 }),
        fc.array(step),
        query,
        (first, steps, wanted) => {
          const library = libraryOf(first);
          const { table, orders, searchText, tags } = library;
          orders.by(wanted.sort.by);
          for (const { at, photo: change, ask } of steps) {
            const id = (at + 1) as PhotoId;
            if (change === null) {
              if (table.has(id)) table.delete(id);
            } else {
              table.add(id, change.row, change.name, change.path);
            }
            tags.setModelTags(id, change?.tags ?? []);
            orders.changed(id);
            searchText.changed(id);
            if (ask) queryPhotos(library, wanted, 4, 1);
          }
          const kept = queryPhotos(library, wanted, 4, 1);
          const anew = { ...library, orders: new PhotoOrders(table), searchText: new SearchText(table) };
          expect(kept).toEqual(queryPhotos(anew, wanted, 4, 1));
        },
      ),
    );
  });

  it('made ahead of time are right even if photos change meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(photo, { minLength: 1, maxLength: 20 }), photo, async (photos, late) => {
        const library = libraryOf(photos);
        const { table, orders } = library;
        await orders.prepareNames(async () => {
          const id = table.end as PhotoId;
          if (id > photos.length + 3) return;
          table.add(id, late.row, late.name, late.path);
          orders.changed(id);
        });
        expect(orders.by('name')).toEqual(new PhotoOrders(table).by('name'));
      }),
    );
  });

  it('take 100,000 photos', () => {
    const table = new PhotoTable();
    const tags = new PhotoTags();
    const photos = 100_000;
    for (let id = 1; id <= photos; id++) {
      const row: PhotoRow = {
        status: photoStatusCodes.ready,
        flags: 0,
        capturedAt: (id * 7919) % 1e12,
        modifiedAt: 0,
        importedAt: id,
        removedAt: 0,
        size: id,
        width: 4,
        height: 3,
        content: null,
        model: 1,
      };
      table.add(id as PhotoId, row, `IMG_${(id * 31) % photos}.jpg`, null);
      tags.setModelTags(id, [(id % 5) as LabelNumber, (5 + (id % 3)) as LabelNumber]);
    }
    const cells = new FoundCells();
    const library = { table, tags, cells, orders: new PhotoOrders(table), searchText: new SearchText(table) };
    const sort = { by: 'name', descending: false } as const;
    const wanted = { ...defaultQuery, allOf: [4 as LabelNumber], text: '9.jpg', sort };
    const view = queryPhotos(library, wanted, 8, 1);
    expect(view.totalShown).toBe(photos);
    expect(view.ids).toHaveLength(10_000);
    expect(view.labelCounts![4]).toBe(10_000);
    const names = Array.from(view.ids, (id) => table.names[id]!);
    expect(names.slice(0, 3)).toEqual(['IMG_9.jpg', 'IMG_19.jpg', 'IMG_29.jpg']);
    expect(names).toEqual(names.toSorted(collator.compare));
    const either = queryPhotos(library, { ...wanted, anyOf: [5, 6] as LabelNumber[] }, 8, 1);
    expect(either.ids).toHaveLength([...view.ids].filter((id) => id % 3 < 2).length);
    expect(either.labelCounts).toEqual(view.labelCounts);
  });
});
