import type { ContentId } from '../../core/library/photo.ts';
import type { Database, LibrarySchema } from './schema.ts';

/** Chunks read at once when all of them are visited. */
const chunksPerRead = 32;

type ChunkOf<Name extends keyof LibrarySchema & string> = LibrarySchema[Name]['value'];

/** Keys [owner, chunk] of an owner: a model, or a set of labels. */
export function chunksOf(owner: string | number, from = 0): IDBKeyRange {
  return IDBKeyRange.bound([owner, from], [owner, Number.POSITIVE_INFINITY]);
}

/** Chunk -> the rows in it of some contents: a chunk is to be read and written once, however many of its rows change. */
export function rowsByChunk(contents: readonly ContentId[], rowsPerChunk: number): Map<number, number[]> {
  const chunks = new Map<number, number[]>();
  for (const content of contents) {
    const chunk = Math.floor(content / rowsPerChunk);
    const rows = chunks.get(chunk);
    if (rows === undefined) chunks.set(chunk, [content % rowsPerChunk]);
    else rows.push(content % rowsPerChunk);
  }
  return chunks;
}

/**
 * Rows of contents; each chunk is read once, however many of its rows are asked for.
 *
 * @param model text of its key
 * @param rowIn null: the chunk has no such row
 */
export async function rowsOf<Name extends 'scores' | 'vectors', Row>(
  database: Database,
  name: Name,
  model: string,
  contents: readonly ContentId[],
  rowsPerChunk: number,
  rowIn: (chunk: ChunkOf<Name>, row: number) => Row | null,
): Promise<(Row | null)[]> {
  const { store } = database.transaction(name);
  const numbers = [...new Set(contents.map((content) => Math.floor(content / rowsPerChunk)))];
  const chunks = await Promise.all(numbers.map((number) => store.get([model, number] as never)));
  const byNumber = new Map(numbers.map((number, n) => [number, chunks[n] as ChunkOf<Name> | undefined]));
  return contents.map((content) => {
    const chunk = byNumber.get(Math.floor(content / rowsPerChunk));
    return chunk === undefined ? null : rowIn(chunk, content % rowsPerChunk);
  });
}

/**
 * Visits chunks in the order of their numbers until `visit` answers false.
 *
 * @param rangeFrom the keys of chunks from a number on
 */
export async function eachChunk<Name extends 'scores' | 'vectors' | 'signatures'>(
  database: Database,
  name: Name,
  rangeFrom: (chunk: number) => IDBKeyRange,
  visit: (chunk: ChunkOf<Name>) => Promise<boolean>,
): Promise<void> {
  for (let from = 0; ; ) {
    const chunks: ChunkOf<Name>[] = await database.getAll(name, rangeFrom(from), chunksPerRead);
    for (const chunk of chunks) if (!(await visit(chunk))) return;
    if (chunks.length < chunksPerRead) return;
    from = chunks.at(-1)!.chunk + 1;
  }
}
