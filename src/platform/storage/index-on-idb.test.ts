import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clusteredVectors } from '../../core/index/clustered-vectors.ts';
import type { IndexChange } from '../../core/library/index-ports.ts';
import type { ContentId } from '../../core/library/photo.ts';
import { PhotoIndex } from '../../core/library/photo-index.ts';
import type { ContentRow, WriteResult } from '../../core/library/ports.ts';
import { dot } from '../../core/vector/dot.ts';
import { IdbPhotoStore } from './idb-photo-store.ts';
import { openDatabase } from './open-database.ts';
import type { Database, IndexChunkRecord } from './schema.ts';
import { TestIndexBuilder, testClock, until as within } from './test-browser.ts';

// Some seconds of training and coding each, more on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const dim = 16;
const model = { number: 1, key: { id: 'test', version: '1' }, labels: [], thresholds: [] };
const count = 5000;
const vectors = clusteredVectors({ count: 2 * count, dims: dim, seed: 3 });
const vectorOf = (content: number) => vectors.slice(content * dim, (content + 1) * dim);

const until = (condition: () => boolean) => within(condition, 30_000);

const row = (content: number): ContentRow => ({
  model: model.key,
  content: content as ContentId,
  scores: new Uint8Array(1),
  embedding: vectorOf(content),
});

/** One tab's index over the browser's database. */
class Tab {
  readonly store: IdbPhotoStore;
  readonly index: PhotoIndex;
  readonly contents: Set<number>;
  readonly crashes: unknown[] = [];
  #killed = false;
  /** What becomes of changes of the index. */
  write: (changes: readonly IndexChange[]) => Promise<WriteResult>;

  constructor(store: IdbPhotoStore, builder: TestIndexBuilder, contents: Set<number>) {
    this.store = store;
    this.contents = contents;
    this.write = (indexes) => store.write({ indexes }, 'relaxed');
    this.index = new PhotoIndex({
      model,
      store,
      contents: () => [...contents] as ContentId[],
      has: (content) => contents.has(content),
      write: (changes) => this.write(changes),
      builder,
      clock: testClock,
      changed: () => {},
      crash: (error) => {
        if (!this.#killed) this.crashes.push(error);
      },
    });
  }

  get status() {
    return this.index.status(null);
  }

  /** Results are stored, then found. */
  async add(from: number, to: number): Promise<void> {
    const rows = Array.from({ length: to - from }, (_, n) => row(from + n));
    expect(await this.store.write({ rows }, 'relaxed')).toBe('written');
    for (let content = from; content < to; content++) this.contents.add(content);
    this.index.add(rows);
  }

  async purge(content: number): Promise<void> {
    await this.store.write({ clearedRows: [content as ContentId], models: [model] }, 'relaxed');
    this.contents.delete(content);
    this.index.remove(content as ContentId);
  }

  async built(): Promise<void> {
    await until(() => this.status.factory !== null && this.status.build === null);
    await until(() => this.status.tail < 1024);
  }

  async search(content: number, k = 10) {
    const allowed = new Uint32Array(1 + (2 * count) / 32).fill(0xffffffff);
    const query = await this.index.vectorOf(content as ContentId);
    return this.index.search(query!, k, { allowed, probes: null });
  }

  /** The tab is gone: nothing that was under way comes to an end. */
  kill(): void {
    this.#killed = true;
    this.write = () => new Promise(() => {});
    this.store.close();
  }
}

let builder: TestIndexBuilder;
let contents: Set<number>;
const tabs: Tab[] = [];
const databases: Database[] = [];

async function tab(): Promise<Tab> {
  const opened = await openDatabase(() => {});
  if (opened.kind !== 'open') throw new Error(opened.kind);
  databases.push(opened.database);
  const made = new Tab(await IdbPhotoStore.own(opened.database, crypto.randomUUID()), builder, contents);
  tabs.push(made);
  return made;
}

/** A tab with so many pictures in the store. */
async function libraryOf(pictures: number): Promise<Tab> {
  const made = await tab();
  await made.add(0, pictures);
  return made;
}

/** The `k` nearest of all, by brute force over the vectors as they are stored. */
async function nearest({ store, contents: all }: Tab, content: number, k = 10) {
  const ids = [...all] as ContentId[];
  const stored = await store.vectors(model.key, ids);
  const query = stored[ids.indexOf(content as ContentId)]!;
  return ids
    .map((id, n) => ({ content: id, score: Math.min(1, dot(query, stored[n]!, dim)) }))
    .sort((a, b) => b.score - a.score || a.content - b.content)
    .slice(0, k);
}

/** Every score is the exact one, and nearly all of the nearest are found. */
async function expectGood(searched: Tab, contentsAsked = [1, 777, 2345, 4444]): Promise<void> {
  let found = 0;
  for (const content of contentsAsked) {
    const hits = await searched.search(content);
    const expected = await nearest(searched, content, searched.contents.size);
    const scores = new Map(expected.map((hit) => [hit.content, hit.score]));
    for (const hit of hits) expect(hit.score).toBeCloseTo(scores.get(hit.content)!, 5);
    const best = new Set(expected.slice(0, 10).map((hit) => hit.content));
    found += hits.filter((hit) => best.has(hit.content)).length;
    expect(hits[0]).toMatchObject({ content });
  }
  // Seen: 40 of 40.
  expect(found).toBeGreaterThanOrEqual(contentsAsked.length * 9);
}

async function stored(store: 'indexLists' | 'indexChunks') {
  const opened = await openDatabase(() => {});
  if (opened.kind !== 'open') throw new Error(opened.kind);
  const keys = await opened.database.getAllKeys(store);
  opened.database.close();
  return keys;
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  builder = new TestIndexBuilder();
  contents = new Set();
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const one of tabs.splice(0)) {
    one.kill();
    expect(one.crashes).toEqual([]);
  }
  for (const database of databases.splice(0)) database.close();
});

describe('the index of a small library', () => {
  it('is exact and nothing is built or stored', async () => {
    const small = await libraryOf(500);
    await small.index.load();
    expect(await small.search(7)).toEqual(await nearest(small, 7));
    expect(small.status).toMatchObject({ loaded: true, factory: null, pictures: 500, tail: 500, lists: 0 });
    await small.index.close();
    expect(builder.tasks).toEqual([]);
    expect(await stored('indexLists')).toEqual([]);
  });

  it('gives the same scores before and after a restart', async () => {
    const first = await tab();
    await first.index.load();
    await first.add(0, 100);
    const before = await first.search(5);
    await first.index.close();
    first.kill();
    const second = await tab();
    await second.index.load();
    expect(await second.search(5)).toEqual(before);
  });
});

describe('the index of a large library', () => {
  it('is built while searches go on, then answers nearly as exact ones do, with exact scores', async () => {
    const large = await libraryOf(count);
    let asked = 0;
    builder.afterKept = async () => {
      asked++;
      expect(large.status.build).not.toBeNull();
      expect(await large.search(7)).toEqual(await nearest(large, 7));
      await large.add(count, count + 3);
      expect((await large.search(count + 1))[0]).toMatchObject({ content: count + 1 });
    };
    await large.index.load();
    await large.built();
    expect(asked).toBe(1);
    const { factory, pictures, tail, bytes, buildMilliseconds } = large.status;
    expect(factory).toMatch(/^IVF128,PQ16c,Refine\(SQ\d\)$/);
    // What came during the build stays exact until there is more of it.
    expect([pictures, tail]).toEqual([count + 3, 3]);
    expect(bytes).toBeGreaterThan(count * dim);
    expect(buildMilliseconds).toBeGreaterThan(0);
    await expectGood(large);
    await large.index.close();
    expect(await stored('indexLists')).toEqual([['test@1', 'live']]);
  });

  it('is opened at the next start: only what it lacks is read, what was deleted is gone', async () => {
    const first = await libraryOf(count);
    await first.index.load();
    await first.built();
    await first.index.close();
    // Stored results that the stored index does not know.
    const rows = [row(count), row(count + 1)];
    await first.store.write({ rows }, 'relaxed');
    contents.add(count).add(count + 1);
    await first.store.write({ clearedRows: [777 as ContentId], models: [model] }, 'relaxed');
    contents.delete(777);
    first.kill();

    const second = await tab();
    const read = vi.spyOn(second.store, 'vectors');
    await second.index.load();
    expect(read.mock.calls.map(([, asked]) => asked)).toEqual([[count, count + 1]]);
    expect(second.status).toMatchObject({ pictures: count + 1, tail: 2, refused: null });
    expect((await second.search(count))[0]).toMatchObject({ content: count });
    await expectGood(second, [1, 2345]);
    expect(await second.index.vectorOf(777 as ContentId)).toBeNull();
    expect(builder.tasks).toHaveLength(1);
  });

  it('takes new pictures in piece by piece, and what is stored grows by little', async () => {
    const large = await libraryOf(count);
    await large.index.load();
    await large.built();
    const before = new Set((await stored('indexChunks')).map(String));
    await large.add(count, count + 1100);
    await until(() => large.status.tail === 0);
    await large.index.close();
    const opened = await openDatabase(() => {});
    if (opened.kind !== 'open') throw new Error(opened.kind);
    let [written, whole] = [0, 0];
    for (const { model: of, key, bytes } of await opened.database.getAll('indexChunks')) {
      whole += bytes.length;
      if (!before.has(String([of, key]))) written += bytes.length;
    }
    opened.database.close();
    // Seen: 0.24; header, who is alive, and the new pictures.
    expect(written / whole).toBeLessThan(0.35);
    expect(large.status).toMatchObject({ pictures: count + 1100, tail: 0 });
    await expectGood(large, [1, count + 1000]);
    large.kill();
    const second = await tab();
    await second.index.load();
    expect(second.status).toMatchObject({ pictures: count + 1100, tail: 0 });
  });

  it('is built anew when the person wants it, and given up when the person does not', async () => {
    const large = await libraryOf(count);
    await large.index.load();
    await large.built();
    large.index.upkeep.rebuild();
    await until(() => builder.tasks.length === 2);
    expect(builder.tasks[1]).toMatchObject({ resume: null });
    await large.built();

    builder.afterKept = () => new Promise(() => {});
    large.index.upkeep.rebuild();
    await until(() => builder.tasks.length === 3);
    await until(() => large.status.build?.phase === 'encode');
    large.index.upkeep.cancel();
    await until(() => large.status.build === null);
    await expectGood(large, [1, 2345]);
    await until(() => large.status.problem === null);
    expect(builder.tasks).toHaveLength(3);
    await large.index.close();
    expect(await stored('indexLists')).toEqual([['test@1', 'live']]);
  });

  it('is tried again once when the builder fails, then left to the person; searches are exact meanwhile', async () => {
    builder.failNext = 'first';
    const large = await libraryOf(count);
    await large.index.load();
    await large.built();
    expect(builder.tasks).toHaveLength(2);

    const start = vi.spyOn(builder, 'start').mockImplementation((task) => {
      builder.tasks.push(task);
      return { done: Promise.resolve({ kind: 'failed', why: 'no memory' }), cancel: () => {} };
    });
    large.index.upkeep.rebuild();
    await until(() => large.status.problem !== null && large.status.build === null);
    expect(large.status.problem).toEqual({ code: 'build-failed', found: 'no memory' });
    start.mockRestore();
    await expectGood(large, [1]);
  });

  it('works when storage is full, and says that it is not kept', async () => {
    const large = await libraryOf(count);
    large.write = async () => 'storage-full';
    await large.index.load();
    await large.built();
    expect(large.status.problem).toEqual({ code: 'storage-full' });
    await expectGood(large, [1]);
  });
});

describe('killed', () => {
  it('in the middle of a build: the next start goes on from what was finished', async () => {
    const first = await libraryOf(count);
    const kept = new Promise<void>((resolve) => {
      builder.afterKept = () => {
        resolve();
        return new Promise(() => {});
      };
    });
    await first.index.load();
    await kept;
    await until(() => first.status.build?.phase === 'encode');
    first.kill();
    expect(await stored('indexLists')).toEqual([['test@1', 'build']]);

    builder.afterKept = () => {};
    // More came and one went before the build goes on.
    const second = await tab();
    await second.add(count, count + 2);
    await second.purge(5);
    await second.index.load();
    expect(await second.search(7)).toEqual(await nearest(second, 7));
    await second.built();
    expect(builder.tasks).toHaveLength(2);
    expect(builder.tasks[1]!.resume).not.toBeNull();
    expect(second.status).toMatchObject({ pictures: count + 1, tail: 2, build: null });
    await expectGood(second, [1, 2345, count + 1]);
    expect(await stored('indexLists')).toEqual([['test@1', 'live']]);
  });

  it('while the first index is written: nothing of it is there, and the build goes on', async () => {
    const first = await libraryOf(count);
    const put = IDBObjectStore.prototype.put;
    const torn = new Promise<void>((resolve) => {
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
        this: IDBObjectStore,
        value,
        key,
      ) {
        if (this.name === 'indexLists' && value.slot === 'live') {
          // The process ends between the chunks and their list.
          this.transaction.abort();
          resolve();
        }
        return put.call(this, value, key);
      });
    });
    const { write } = first;
    first.write = (changes) => write(changes).catch(() => new Promise(() => {}));
    await first.index.load();
    await torn;
    first.kill();
    vi.restoreAllMocks();
    expect(await stored('indexLists')).toEqual([['test@1', 'build']]);
    const second = await tab();
    await second.index.load();
    await second.built();
    expect(builder.tasks[1]!.resume).not.toBeNull();
    await expectGood(second);
  });

  it('while a changed index is written: the one before is opened, and what it lacks is read', async () => {
    const first = await libraryOf(count);
    await first.index.load();
    await first.built();
    await first.add(count, count + 1100);
    await until(() => first.status.tail === 0);
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      const request = put.call(this, value, key);
      if (this.name === 'indexChunks') this.transaction.abort();
      return request;
    });
    await expect(first.index.close()).rejects.toThrow();
    vi.restoreAllMocks();
    first.kill();
    const second = await tab();
    const read = vi.spyOn(second.store, 'vectors');
    await second.index.load();
    expect(read.mock.calls.flatMap(([, asked]) => asked).length).toBe(1100);
    expect(second.status).toMatchObject({ pictures: count + 1100, refused: null });
    await expectGood(second, [1, count + 500]);
  });

  it('between the swap in memory and on disk: the next start is right, with the old index or the rest of the build', async () => {
    const first = await libraryOf(count);
    const { write } = first;
    const swapping = new Promise<void>((resolve) => {
      first.write = (changes) => {
        if (!changes.some(({ slot }) => slot === 'live')) return write(changes);
        resolve();
        return new Promise(() => {});
      };
    });
    await first.index.load();
    await swapping;
    expect(first.status.factory).not.toBeNull();
    await expectGood(first, [1]);
    first.kill();
    const second = await tab();
    await second.index.load();
    await expectGood(second, [1, 2345]);
    await second.built();
    expect(builder.tasks[1]!.resume).not.toBeNull();
    await expectGood(second);
  });
});

describe('closing', () => {
  it('while stored vectors are being read ends the reading', async () => {
    const closing = await libraryOf(count);
    const read = vi.spyOn(closing.store, 'vectors');
    const again = await tab();
    vi.spyOn(again.store, 'vectors').mockImplementation(closing.store.vectors.bind(closing.store));
    const loading = again.index.load();
    await until(() => read.mock.calls.length > 0);
    await again.index.close();
    const calls = read.mock.calls.length;
    again.store.close();
    await loading;
    expect(calls).toBeLessThan(4);
    expect(read.mock.calls.length).toBe(calls);
    expect(again.status.loaded).toBe(false);
  });
});

describe('when another tab takes the library over', () => {
  it('a build here ends, and nothing more is built or written', async () => {
    const first = await libraryOf(count);
    let heir: Promise<Tab> | null = null;
    // Just before the training would be stored.
    const { write } = first;
    first.write = async (changes) => {
      heir ??= tab();
      await heir;
      return write(changes);
    };
    await first.index.load();
    await until(() => heir !== null);
    const other = await heir!;
    await until(() => first.status.build === null);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(builder.tasks).toHaveLength(1);
    expect(await stored('indexLists')).toEqual([]);
    expect(await first.search(7)).toEqual(await nearest(first, 7));
    first.kill();
    await other.index.load();
    await other.built();
    await expectGood(other, [1]);
  });
});

describe('a stored index', () => {
  async function builtThen(
    change: (chunks: IndexChunkRecord[]) => readonly IndexChunkRecord[],
  ): Promise<Tab> {
    const first = await libraryOf(count);
    await first.index.load();
    await first.built();
    await first.index.close();
    first.kill();
    const opened = await openDatabase(() => {});
    if (opened.kind !== 'open') throw new Error(opened.kind);
    const { database } = opened;
    const chunks = await database.getAll('indexChunks');
    await database.clear('indexChunks');
    for (const chunk of change(chunks)) await database.put('indexChunks', chunk);
    database.close();
    const second = await tab();
    await second.index.load();
    return second;
  }

  async function expectRebuilt(second: Tab): Promise<void> {
    expect(second.status).toMatchObject({ pictures: count });
    await second.built();
    expect(builder.tasks).toHaveLength(2);
    await expectGood(second, [1, 2345]);
  }

  it('that is damaged is refused with what was found and expected, and built again', async () => {
    const second = await builtThen((chunks) => {
      const largest = chunks.reduce((a, b) => (a.bytes.length > b.bytes.length ? a : b));
      largest.bytes[1000]! ^= 1;
      return chunks;
    });
    expect(second.status.refused).toMatchObject({ code: 'damaged' });
    expect(second.status.refused!.message).toMatch(/checksum \d+; expected \d+/);
    await expectRebuilt(second);
  });

  it('that lost a chunk is refused, and built again', async () => {
    const second = await builtThen((chunks) => chunks.slice(1));
    expect(second.status.refused?.message).toMatch(/chunk .* is missing/);
    await expectRebuilt(second);
  });

  it('of a newer Picsift is refused, and built again', async () => {
    const magic = [0x50, 0x53, 0x49, 0x46];
    const second = await builtThen((chunks) => {
      const first = chunks.find(({ bytes }) => magic.every((byte, i) => bytes[i] === byte))!;
      new DataView(first.bytes.buffer).setUint32(8, 9, true);
      return chunks;
    });
    expect(second.status.refused).toMatchObject({ code: 'newer' });
    await expectRebuilt(second);
  });
});
