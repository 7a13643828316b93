import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, vi } from 'vitest';
import { clusteredVectors } from '../../core/index/clustered-vectors.ts';
import type { IndexChange } from '../../core/library/index-ports.ts';
import type { ContentId } from '../../core/library/photo.ts';
import { PhotoIndex } from '../../core/library/photo-index.ts';
import type { WriteResult } from '../../core/library/photo-store.ts';
import type { ContentRow } from '../../core/library/stored-rows.ts';
import { dot } from '../../core/vector/dot.ts';
import { IdbPhotoStore } from './idb-photo-store.ts';
import { openDatabase } from './open-database.ts';
import type { Database } from './schema.ts';
import { TestIndexBuilder } from './test-builders.ts';
import { testClock, until } from './test-clock.ts';

export const dim = 8;
export const model = { number: 1, key: { id: 'test', version: '1' }, labels: [], thresholds: [] };
export const count = 5000;
const vectors = clusteredVectors({ count: 2 * count, dims: dim, seed: 3 });
const vectorOf = (content: number) => vectors.slice(content * dim, (content + 1) * dim);

export const row = (content: number): ContentRow => ({
  model: model.key,
  content: content as ContentId,
  scores: new Uint8Array(1),
  embedding: vectorOf(content),
});

/** One tab's index over the browser's database. */
export class Tab {
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

export let builder: TestIndexBuilder;
export let contents: Set<number>;
const tabs: Tab[] = [];
const databases: Database[] = [];

export async function tab(): Promise<Tab> {
  const opened = await openDatabase(() => {});
  if (opened.kind !== 'open') throw new Error(opened.kind);
  databases.push(opened.database);
  const made = new Tab(await IdbPhotoStore.own(opened.database, crypto.randomUUID()), builder, contents);
  tabs.push(made);
  return made;
}

/** A tab with so many pictures in the store. */
export async function libraryOf(pictures: number): Promise<Tab> {
  const made = await tab();
  await made.add(0, pictures);
  return made;
}

/** The `k` nearest of all, by brute force over the vectors as they are stored. */
export async function nearest({ store, contents: all }: Tab, content: number, k = 10) {
  const ids = [...all] as ContentId[];
  const stored = await store.vectors(model.key, ids);
  const query = stored[ids.indexOf(content as ContentId)]!;
  return ids
    .map((id, n) => ({ content: id, score: Math.min(1, dot(query, stored[n]!, dim)) }))
    .sort((a, b) => b.score - a.score || a.content - b.content)
    .slice(0, k);
}

/** Every score is the exact one, and nearly all of the nearest are found. */
export async function expectGood(searched: Tab, contentsAsked = [1, 777, 2345, 4444]): Promise<void> {
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

export async function stored(store: 'indexLists' | 'indexChunks') {
  const opened = await openDatabase(() => {});
  if (opened.kind !== 'open') throw new Error(opened.kind);
  const keys = await opened.database.getAllKeys(store);
  opened.database.close();
  return keys;
}

/** An empty browser. */
export function begin(): void {
  globalThis.indexedDB = new IDBFactory();
  builder = new TestIndexBuilder();
  contents = new Set();
}

/** Ends all tabs; none of them may have crashed. */
export function end(): void {
  vi.restoreAllMocks();
  for (const one of tabs.splice(0)) {
    one.kill();
    expect(one.crashes).toEqual([]);
  }
  for (const database of databases.splice(0)) database.close();
}
