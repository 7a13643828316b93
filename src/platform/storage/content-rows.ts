import { isBlank, readUnitVector, recordBytes, writeVector } from '../../core/index/stored-vectors.ts';
import type { ContentId } from '../../core/library/photo.ts';
import { modelKeyText } from '../../core/library/photo.ts';
import type { ContentRow } from '../../core/library/stored-rows.ts';
import {
  type LibrarySchema,
  type ScoreChunkRecord,
  scoreRows,
  type VectorChunkRecord,
  vectorRows,
} from './schema.ts';
import { rowsByChunk } from './stored-chunks.ts';
import type { WriteTransaction } from './write-changes.ts';

/** A copy of one content's scores; null if the chunk does not reach so far. */
export function scoresIn({ scores, labels }: ScoreChunkRecord, row: number): Uint8Array<ArrayBuffer> | null {
  const start = row * labels;
  return start + labels <= scores.length ? scores.slice(start, start + labels) : null;
}

/** One content's unit vector; null if there is none. */
export function vectorIn(
  { records, dim, rows }: VectorChunkRecord,
  row: number,
): Float32Array<ArrayBuffer> | null {
  const at = row * recordBytes(dim);
  if (row >= rows || isBlank(records, at)) return null;
  const vector = new Float32Array(dim);
  readUnitVector(records, at, dim, vector);
  return vector;
}

/** Writes scores and vectors of contents into their chunks. */
export async function putContentRows(
  transaction: WriteTransaction,
  rows: readonly ContentRow[],
): Promise<void> {
  for (const group of grouped(rows, scoreRows)) await putScores(transaction, group);
  for (const group of grouped(rows, vectorRows)) await putVectors(transaction, group);
}

interface Group {
  readonly model: string;
  readonly chunk: number;
  readonly rows: ContentRow[];
}

/** Rows by model and chunk. */
function grouped(rows: readonly ContentRow[], rowsPerChunk: number): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const model = modelKeyText(row.model);
    const chunk = Math.floor(row.content / rowsPerChunk);
    const key = `${chunk} ${model}`;
    const group = groups.get(key) ?? { model, chunk, rows: [] };
    groups.set(key, group);
    group.rows.push(row);
  }
  return groups.values();
}

async function putScores(transaction: WriteTransaction, { model, chunk, rows }: Group): Promise<void> {
  const store = transaction.objectStore('scores');
  const before: ScoreChunkRecord | undefined = await store.get([model, chunk]);
  const labels = rows[0]!.scores.length;
  const count = Math.max(before?.rows ?? 0, ...rows.map(({ content }) => (content % scoreRows) + 1));
  const scores = new Uint8Array(count * labels);
  if (before?.labels === labels) scores.set(before.scores);
  for (const row of rows) scores.set(row.scores, (row.content % scoreRows) * labels);
  await store.put({ model, chunk, rows: count, labels, scores });
}

async function putVectors(transaction: WriteTransaction, { model, chunk, rows }: Group): Promise<void> {
  const store = transaction.objectStore('vectors');
  const before: VectorChunkRecord | undefined = await store.get([model, chunk]);
  const dim = rows[0]!.embedding.length;
  const count = Math.max(before?.rows ?? 0, ...rows.map(({ content }) => (content % vectorRows) + 1));
  const size = recordBytes(dim);
  const records = new Uint8Array(count * size);
  if (before?.dim === dim) records.set(before.records);
  for (const { embedding, content } of rows) {
    const at = (content % vectorRows) * size;
    // A model that went wrong over a picture made no vector.
    if (embedding.every(Number.isFinite)) writeVector(embedding, records, at);
    else records.fill(0, at, at + size);
  }
  await store.put({ model, chunk, rows: count, dim, records });
}

/** Overwrites rows with zeros, in the chunks of every model: what is deleted for good is not kept. */
export async function clearContentRows(
  transaction: WriteTransaction,
  contents: readonly ContentId[],
): Promise<void> {
  const models: LibrarySchema['models']['value'][] = await transaction.objectStore('models').getAll();
  const scores = transaction.objectStore('scores');
  const vectors = transaction.objectStore('vectors');
  for (const { key } of models) {
    const model = modelKeyText(key);
    for (const [chunk, rows] of rowsByChunk(contents, scoreRows)) {
      const scored = await scores.get([model, chunk]);
      if (scored === undefined) continue;
      for (const row of rows) scored.scores.fill(0, row * scored.labels, (row + 1) * scored.labels);
      await scores.put(scored);
    }
    for (const [chunk, rows] of rowsByChunk(contents, vectorRows)) {
      const embedded = await vectors.get([model, chunk]);
      if (embedded === undefined) continue;
      const size = recordBytes(embedded.dim);
      for (const row of rows) embedded.records.fill(0, row * size, (row + 1) * size);
      await vectors.put(embedded);
    }
  }
}
