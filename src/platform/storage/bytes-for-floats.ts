import { recordBytes, writeVector } from '../../core/index/stored-vectors.ts';
import type { Upgrade, VectorChunkRecord } from './schema.ts';

/** A record of the store `vectors` up to version 1 of the database: 32-bit floats, [rows x dim]. */
interface FloatChunkRecord {
  readonly model: string;
  readonly chunk: number;
  readonly rows: number;
  readonly dim: number;
  readonly vectors: Float32Array<ArrayBuffer>;
}

/** Chunks converted at a time: a megabyte of floats. */
const chunksAtOnce = 32;

/** Version 1 to 2: vectors are kept in a byte per component, see [Note: Vectors at rest]. */
export async function bytesForFloats(transaction: Upgrade): Promise<void> {
  const store = transaction.objectStore('vectors');
  let after: IDBKeyRange | null = null;
  for (;;) {
    const chunks = (await store.getAll(after, chunksAtOnce)) as unknown as FloatChunkRecord[];
    await Promise.all(chunks.map((chunk) => store.put(converted(chunk))));
    const last = chunks.at(-1);
    if (last === undefined) return;
    after = IDBKeyRange.lowerBound([last.model, last.chunk], true);
  }
}

function converted({ model, chunk, rows, dim, vectors }: FloatChunkRecord): VectorChunkRecord {
  const records = new Uint8Array(rows * recordBytes(dim));
  for (let row = 0; row < rows; row++) {
    const vector = vectors.subarray(row * dim, (row + 1) * dim);
    // What is not finite was never found by anybody; it stays blank.
    if (vector.every(Number.isFinite)) writeVector(vector, records, row * recordBytes(dim));
  }
  return { model, chunk, rows, dim, records };
}
