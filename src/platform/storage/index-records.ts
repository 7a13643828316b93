import { wordsOf } from '../../core/error-words.ts';
import { type ChunkList, chunksRefused, type Joined } from '../../core/index/snapshot-chunks.ts';
import type { IndexChange, IndexSlot, StoredIndex } from '../../core/library/index-ports.ts';
import { type ModelKey, modelKeyText } from '../../core/library/photo.ts';
import type { Database, IndexChunkRecord } from './schema.ts';
import type { WriteTransaction } from './write-changes.ts';

/**
 * [Note: Index at rest]
 * An index is a list of chunks (up to 4 MB) and the chunks, under keys made of their bytes. One transaction puts the
 * chunks that are new, then the list, and deletes what no list needs any more: adding photos writes little, and an index
 * is there whole or not at all. `live` is what searches use, `build` what a build has finished so far; both may share
 * chunks. Its bytes are checked again when it is opened (snapshot-layout.ts). Chunks are Blobs: the browser hands them out
 * unread, and one Blob of all of them is then read at once to where the index will lie, without a copy in between.
 */
export async function putIndex(transaction: WriteTransaction, change: IndexChange): Promise<void> {
  const lists = transaction.objectStore('indexLists');
  const chunks = transaction.objectStore('indexChunks');
  const model = modelKeyText(change.model);
  const stored = new Set((await chunks.getAllKeys(everyChunk(model))).map(([, key]) => key));
  if (change.kind === 'drop') await lists.delete([model, change.slot]);
  else {
    for (const { key, bytes } of change.chunks) {
      if (stored.has(key)) continue;
      stored.add(key);
      await chunks.put({ model, key, bytes: new Blob([bytes]) });
    }
    const missing = change.list.chunks.find(({ key }) => !stored.has(key));
    if (missing !== undefined)
      throw new Error(`chunk ${missing.key} of an index is neither stored nor given`);
    await lists.put({ model, slot: change.slot, note: change.note, list: change.list });
  }
  const slots: readonly IndexSlot[] = ['live', 'build'];
  const needed = new Set<string>();
  for (const slot of slots) {
    for (const { key } of (await lists.get([model, slot]))?.list.chunks ?? []) needed.add(key);
  }
  for (const key of stored) if (!needed.has(key)) await chunks.delete([model, key]);
}

/** Deletes both indexes of a model. */
export async function deleteIndexes(transaction: WriteTransaction, model: string): Promise<void> {
  await transaction.objectStore('indexChunks').delete(everyChunk(model));
  for (const slot of ['live', 'build'] as const) {
    await transaction.objectStore('indexLists').delete([model, slot]);
  }
}

export async function readIndex(
  database: Database,
  key: ModelKey,
  slot: IndexSlot,
): Promise<StoredIndex | null> {
  const model = modelKeyText(key);
  const transaction = database.transaction(['indexLists', 'indexChunks']);
  const record = await transaction.objectStore('indexLists').get([model, slot]);
  if (record === undefined) return null;
  const store = transaction.objectStore('indexChunks');
  const chunks = await Promise.all(record.list.chunks.map(({ key: chunk }) => store.get([model, chunk])));
  return { note: record.note, joined: await joined(record.list, chunks) };
}

async function joined(list: ChunkList, chunks: readonly (IndexChunkRecord | undefined)[]): Promise<Joined> {
  const parts = chunks.flatMap((chunk) => chunk?.bytes ?? []);
  const sizes = chunks.map((chunk) => (chunk === undefined ? null : sizeOf(chunk.bytes)));
  const refusal = chunksRefused(list, sizes);
  if (refusal !== null) return { kind: 'refused', refusal };
  try {
    return { kind: 'joined', snapshot: await new Blob(parts).arrayBuffer() };
  } catch (error) {
    // The browser knows of the chunks, but has lost their bytes.
    const message = `its chunks cannot be read: ${wordsOf(error)}`;
    return { kind: 'refused', refusal: { code: 'damaged', message } };
  }
}

function sizeOf(bytes: IndexChunkRecord['bytes']): number {
  return bytes instanceof Blob ? bytes.size : bytes.byteLength;
}

function everyChunk(model: string): IDBKeyRange {
  return IDBKeyRange.bound([model], [model, []]);
}
