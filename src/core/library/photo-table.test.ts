import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContentId, PhotoId } from './photo.ts';
import { rowsPerChunk } from './photo-columns.ts';
import { type PhotoRow, PhotoTable, statusName, wallClock } from './photo-table.ts';

const time = fc.integer({ min: -1e12, max: 2e12 });
const row: fc.Arbitrary<PhotoRow> = fc.record({
  status: fc.integer({ min: 1, max: 4 }),
  flags: fc.nat(3),
  capturedAt: time,
  modifiedAt: time,
  importedAt: time,
  removedAt: fc.oneof(fc.constant(0), time),
  size: fc.maxSafeNat(),
  width: fc.nat(100_000),
  height: fc.nat(100_000),
  content: fc.option(fc.nat(5) as fc.Arbitrary<ContentId>),
  model: fc.nat(65_535),
});
const id = fc.integer({ min: 1, max: 3000 }) as fc.Arbitrary<PhotoId>;
const entries = fc.array(fc.record({ id, row, name: fc.string(), path: fc.option(fc.string()) }), {
  maxLength: 60,
});

function filled(list: readonly { id: PhotoId; row: PhotoRow; name: string; path: string | null }[]) {
  const table = new PhotoTable();
  for (const { id: photo, row: values, name, path } of list) table.add(photo, values, name, path);
  return table;
}

describe('the photo table', () => {
  it('reads back from its stored chunks as it was', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const table = filled(list);
        const chunks = Array.from({ length: Math.ceil(table.end / rowsPerChunk) }, (_, i) => i);
        const copy = new PhotoTable();
        copy.load(
          chunks.map((chunk) => table.encodeColumns(chunk, new Map())),
          chunks.map((chunk) => table.encodeNames(chunk, new Map())),
        );
        expect([...copy.ids()]).toEqual([...table.ids()]);
        for (const photo of table.ids()) {
          expect(copy.row(photo)).toEqual(table.row(photo));
          expect([copy.name(photo), copy.path(photo)]).toEqual([table.name(photo), table.path(photo)]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('encodes changes without making them', () => {
    fc.assert(
      fc.property(entries, entries, fc.array(id), (list, changes, deleted) => {
        const table = filled(list);
        const before = [...table.ids()].map((photo) => table.row(photo));
        const rows = new Map<PhotoId, PhotoRow | null>();
        for (const change of changes) rows.set(change.id, change.row);
        for (const photo of deleted) rows.set(photo, null);
        const end = Math.max(table.end, ...[...rows.keys()].map((photo) => photo + 1));
        const chunks = Array.from({ length: Math.ceil(end / rowsPerChunk) }, (_, i) => i);
        const columns = chunks.map((chunk) => table.encodeColumns(chunk, rows));
        expect([...table.ids()].map((photo) => table.row(photo))).toEqual(before);
        const copy = new PhotoTable();
        copy.load(columns, []);
        for (const [photo, values] of rows) {
          if (values === null) table.delete(photo);
          else table.add(photo, values, '', null);
        }
        expect([...copy.ids()]).toEqual([...table.ids()]);
        for (const photo of table.ids()) expect(copy.row(photo)).toEqual(table.row(photo));
      }),
      { numRuns: 50 },
    );
  });

  it('knows the photos of each content', () => {
    fc.assert(
      fc.property(entries, fc.array(id), (list, deleted) => {
        const table = filled(list);
        for (const photo of deleted) if (table.has(photo)) table.delete(photo);
        for (let content = 0; content < 6; content++) {
          const expected = [...table.ids()].filter((photo) => table.contentOf(photo) === content);
          expect(table.photosOf(content as ContentId)).toEqual(expected);
        }
      }),
    );
  });

  it('refuses a chunk of another size', () => {
    const chunk = { chunk: 0, bytes: new ArrayBuffer(100) };
    expect(() => new PhotoTable().load([chunk], [])).toThrow(/100 bytes; expected 57344/);
  });
});

describe('wall-clock time', () => {
  it('shows in UTC what a local clock showed', () => {
    const instant = new Date(2024, 6, 1, 12, 30).getTime();
    expect(new Date(wallClock(instant)).toISOString()).toBe('2024-07-01T12:30:00.000Z');
  });
});

describe('status codes', () => {
  it('that are not known are a bug', () => {
    expect(statusName(2)).toBe('ready');
    expect(() => statusName(9)).toThrow(/status code 9/);
  });
});
