/** The index in a worker of a page, for `--browser`: stores a snapshot in IndexedDB, opens it, answers queries. */
import { type IDBPDatabase, openDB } from 'idb';
import { CodedSearch, type CodedSearchOptions } from '../../../../src/core/index/coded-search.ts';
import type { SealedPart } from '../../../../src/core/index/sealed-part.ts';
import { openSnapshot } from '../../../../src/core/index/snapshot.ts';
import { type ChunkList, snapshotChunks } from '../../../../src/core/index/snapshot-chunks.ts';

export type Request =
  /** Stores the snapshot at `url`. */
  | { readonly kind: 'store'; readonly url: string }
  /** Opens what is stored and answers one query, [dims]. */
  | { readonly kind: 'open'; readonly query: readonly number[] }
  /** Answers all queries, float32 at `url`, one after the other. */
  | ({ readonly kind: 'measure'; readonly url: string; readonly dims: number; readonly k: number } & Pick<
      CodedSearchOptions,
      'nprobe' | 'rerank'
    >);

/** Milliseconds: one per query; of `open`: from the opening of the database to the first answer, and the parts of that. */
export interface Answer {
  readonly ms: number[];
}

let opened: { part: SealedPart; search: CodedSearch } | null = null;
let queries: Float32Array<ArrayBuffer> | null = null;

function openDatabase(): Promise<IDBPDatabase> {
  return openDB('index-bench', 1, { upgrade: (database) => void database.createObjectStore('chunks') });
}

async function store(url: string): Promise<void> {
  const snapshot = await (await fetch(url)).arrayBuffer();
  const { list, chunks } = snapshotChunks(snapshot);
  const database = await openDatabase();
  const transaction = database.transaction('chunks', 'readwrite');
  for (const { key, bytes } of chunks) await transaction.store.put(new Blob([bytes]), key);
  await transaction.store.put(list, 'list');
  await transaction.done;
  database.close();
}

async function open(): Promise<{ part: SealedPart; search: CodedSearch; parts: number[] }> {
  const start = performance.now();
  const database = await openDatabase();
  const transaction = database.transaction('chunks', 'readonly');
  const list = (await transaction.store.get('list')) as ChunkList;
  const chunks: Blob[] = await Promise.all(list.chunks.map(({ key }) => transaction.store.get(key)));
  // As in src/platform/storage/index-records.ts.
  const snapshot = await new Blob(chunks).arrayBuffer();
  database.close();
  const read = performance.now();
  const result = openSnapshot(snapshot, 'bench');
  if (result.kind === 'refused') throw new Error(result.refusal.message);
  const search = new CodedSearch(result.part.trained);
  const parts = [read - start, performance.now() - read];
  return { part: result.part, search, parts };
}

function answer(
  { part, search }: { part: SealedPart; search: CodedSearch },
  query: Float32Array,
  k: number,
  nprobe: number,
  rerank: number,
): void {
  search.search(part.segments, query, {
    k,
    nprobe,
    rerank,
    allowed: null,
    minimumScore: Number.NEGATIVE_INFINITY,
  });
}

async function handle(request: Request): Promise<Answer> {
  if (request.kind === 'store') {
    await store(request.url);
    return { ms: [] };
  }
  if (request.kind === 'open') {
    const start = performance.now();
    const { parts, ...index } = await open();
    opened = index;
    const laid = performance.now();
    answer(opened, Float32Array.from(request.query), 10, 32, 100);
    const end = performance.now();
    return { ms: [end - start, ...parts, end - laid] };
  }
  opened ??= await open();
  queries ??= new Float32Array(await (await fetch(request.url)).arrayBuffer());
  const { dims, k, nprobe, rerank } = request;
  const ms: number[] = [];
  for (let at = 0; at < queries.length; at += dims) {
    const start = performance.now();
    answer(opened, queries.subarray(at, at + dims), k, nprobe, rerank);
    ms.push(performance.now() - start);
  }
  return { ms };
}

self.onmessage = async ({ data }: MessageEvent<Request>) => {
  try {
    self.postMessage(await handle(data));
  } catch (error) {
    // A rejection alone would never reach the page.
    reportError(error);
  }
};
