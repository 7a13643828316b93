import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../core/index/random.ts';
import type { ContentId } from '../../core/library/photo.ts';
import { cosine } from '../../core/vector/dot.ts';
import { IdbPhotoStore } from './idb-photo-store.ts';
import { openDatabase } from './open-database.ts';
import { databaseName } from './schema.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const dim = 24;
const rowsPerChunk = 32;
const key = { id: 'model', version: '1' };

/** Unit vectors, [count x dim]. */
function unitVectors(count: number): Float32Array<ArrayBuffer> {
  const random = seededRandom(5);
  const vectors = new Float32Array(count * dim);
  for (let n = 0; n < count; n++) {
    const vector = vectors.subarray(n * dim, (n + 1) * dim);
    for (let i = 0; i < dim; i++) vector[i] = random.gaussian();
    const length = Math.hypot(...vector);
    for (let i = 0; i < dim; i++) vector[i] = vector[i]! / length;
  }
  return vectors;
}

/** A database of version 1, as the first release made it. */
async function oldDatabase(chunks: readonly unknown[]): Promise<void> {
  const old = await openDB(databaseName, 1, {
    upgrade(database) {
      for (const name of ['meta', 'blobs', 'thumbnails']) database.createObjectStore(name);
      const keyed = {
        photoColumns: 'chunk',
        photoNames: 'chunk',
        photoRecords: 'id',
        contents: 'sha256',
        folders: 'number',
        scores: ['model', 'chunk'],
        vectors: ['model', 'chunk'],
        verdicts: 'chunk',
        labels: 'number',
        models: 'number',
      };
      for (const [name, keyPath] of Object.entries(keyed)) database.createObjectStore(name, { keyPath });
    },
  });
  for (const chunk of chunks) await old.put('vectors', chunk);
  await old.put('thumbnails', { bytes: new ArrayBuffer(3) }, 7);
  old.close();
}

async function store(): Promise<IdbPhotoStore> {
  const opened = await openDatabase(() => {});
  if (opened.kind !== 'open') throw new Error(JSON.stringify(opened));
  return IdbPhotoStore.own(opened.database, 'owner');
}

describe('vectors of a library of version 1', () => {
  it('are all there after the update, in a quarter of the bytes', async () => {
    // More chunks than are converted at once, the last one not full.
    const count = 40 * rowsPerChunk + 5;
    const vectors = unitVectors(count);
    const chunks = Array.from({ length: Math.ceil(count / rowsPerChunk) }, (_, chunk) => {
      const rows = Math.min(rowsPerChunk, count - chunk * rowsPerChunk);
      const first = chunk * rowsPerChunk * dim;
      return { model: 'model@1', chunk, rows, dim, vectors: vectors.slice(first, first + rows * dim) };
    });
    // Another model's, and one with rows that were never written or hold no numbers.
    const odd = Float32Array.from({ length: 3 * dim }, (_, n) =>
      n < dim ? vectors[n]! : n < 2 * dim ? 0 : Number.NaN,
    );
    await oldDatabase([...chunks, { model: 'other@2', chunk: 3, rows: 3, dim, vectors: odd }]);
    const updated = await store();
    const contents = Array.from({ length: count }, (_, n) => n as ContentId);
    const found = await updated.vectors(key, contents);
    for (let n = 0; n < count; n++) {
      expect(cosine(found[n]!, vectors.subarray(n * dim, (n + 1) * dim))).toBeGreaterThan(0.9998);
    }
    let bytes = 0;
    let rows = 0;
    await updated.eachVectorChunk(key, async (chunk) => {
      bytes += chunk.records.byteLength;
      rows += chunk.rows;
      return true;
    });
    expect([rows, bytes]).toEqual([count, count * (dim + 4)]);
    const first = 3 * rowsPerChunk;
    const others = await updated.vectors(
      { id: 'other', version: '2' },
      [first, first + 1, first + 2, first + 3].map((content) => content as ContentId),
    );
    expect(cosine(others[0]!, vectors.subarray(0, dim))).toBeGreaterThan(0.9998);
    expect(others.slice(1)).toEqual([null, null, null]);
    expect(await updated.thumbnails([7 as ContentId])).toMatchObject([{ bytes: expect.anything() }]);
  });

  it('without any photo has nothing to convert', async () => {
    await oldDatabase([]);
    expect(await (await store()).vectors(key, [0 as ContentId])).toEqual([null]);
  });
});
