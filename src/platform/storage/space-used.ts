import type { SpaceKind } from '../../protocol/library.ts';
import type { Database, StoreName } from './schema.ts';

/** What is stored where; all other stores are records. */
const kinds: Partial<Record<StoreName, SpaceKind>> = {
  blobs: 'photos',
  thumbnails: 'previews',
  scores: 'figures',
  vectors: 'figures',
  signatures: 'figures',
  indexChunks: 'index',
};

/** Stores of up to so many values are read whole; of larger ones, runs of so many at some places. */
const runLength = 32;
const runs = 6;
/** Blobs tell their size without being read. */
const mostBlobs = 20_000;

/** Bytes of the library by kind, from samples where there is much: about, not exactly. */
export async function spaceUsed(database: Database): Promise<ReadonlyMap<SpaceKind, number>> {
  const used = new Map<SpaceKind, number>();
  for (const store of database.objectStoreNames) {
    const kind = kinds[store] ?? 'records';
    used.set(kind, (used.get(kind) ?? 0) + (await bytesIn(database, store)));
  }
  return used;
}

async function bytesIn(database: Database, store: StoreName): Promise<number> {
  const count = await database.count(store);
  const whole = store === 'blobs' ? mostBlobs : runs * runLength;
  const values: unknown[] =
    count <= whole ? await database.getAll(store) : await sampleOf(database, store, count);
  if (values.length === 0) return 0;
  return (values.reduce((sum: number, value) => sum + sizeOf(value), 0) / values.length) * count;
}

/** Runs of values that lie apart where keys are numbers; else the first ones. */
async function sampleOf(database: Database, store: StoreName, count: number): Promise<unknown[]> {
  const keys = await database.getAllKeys(store, undefined, 1);
  const first: unknown = keys[0];
  const sample: unknown[] = [];
  for (let run = 0; run < runs; run++) {
    const from = typeof first === 'number' ? first + Math.floor((run * count) / runs) : null;
    const range = from === null ? undefined : IDBKeyRange.lowerBound(from);
    sample.push(...(await database.getAll(store, range, from === null ? runs * runLength : runLength)));
    if (from === null) break;
  }
  return sample;
}

/** Bytes of a stored value; names of its fields included, for they are stored with it. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length * 2;
  if (typeof value !== 'object' || value === null) return 8;
  if (value instanceof Blob) return value.size;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  return Object.entries(value).reduce((sum, [name, inner]) => sum + name.length + sizeOf(inner), 8);
}
