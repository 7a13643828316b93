import type { ContentId } from '../../core/library/photo.ts';
import { modelKeyText } from '../../core/library/photo.ts';
import type { ContentRow } from '../../core/library/ports.ts';
import {
  type LibrarySchema,
  type ScoreChunkRecord,
  scoreRows,
  type VectorChunkRecord,
  vectorRows,
} from './schema.ts';
import type { WriteTransaction } from './write-changes.ts';

type Packed = Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** A copy of one row of a packed chunk; null if the chunk does not reach so far. */
export function readContentRow<Row extends Packed>(packed: Row, row: number, width: number): Row | null {
  const start = row * width;
  return start + width <= packed.length ? (packed.slice(start, start + width) as Row) : null;
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
  const vectors = new Float32Array(count * dim);
  if (before?.dim === dim) vectors.set(before.vectors);
  for (const row of rows) vectors.set(row.embedding, (row.content % vectorRows) * dim);
  await store.put({ model, chunk, rows: count, dim, vectors });
}

/** Overwrites rows with zeros, in the chunks of every model: what is deleted for good is not kept. */
export async function clearContentRows(
  transaction: WriteTransaction,
  contents: readonly ContentId[],
): Promise<void> {
  const models: LibrarySchema['models']['value'][] = await transaction.objectStore('models').getAll();
  for (const { key } of models) {
    const model = modelKeyText(key);
    for (const content of contents) {
      const scores = transaction.objectStore('scores');
      const scored = await scores.get([model, Math.floor(content / scoreRows)]);
      if (scored !== undefined) {
        const start = (content % scoreRows) * scored.labels;
        scored.scores.fill(0, start, start + scored.labels);
        await scores.put(scored);
      }
      const vectors = transaction.objectStore('vectors');
      const embedded = await vectors.get([model, Math.floor(content / vectorRows)]);
      if (embedded !== undefined) {
        const start = (content % vectorRows) * embedded.dim;
        embedded.vectors.fill(0, start, start + embedded.dim);
        await vectors.put(embedded);
      }
    }
  }
}
