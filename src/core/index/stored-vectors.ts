import type { VectorSource } from './trained-index.ts';

/**
 * [Note: Vectors at rest]
 * The only full copy of a vector is a record of `recordBytes(dim)` bytes in storage: a float32 scale, then one int8 per
 * component, `value = int8 x scale`. A quarter of the floats' bytes; the largest component loses 1/254 of itself at most,
 * and the cosine to the original stays above 0.9999 for embeddings.
 */
export function recordBytes(dim: number): number {
  return 4 + ((dim + 3) & ~3);
}

/** @throws RangeError when a component is not finite */
export function writeVector(vector: Float32Array, to: Uint8Array<ArrayBuffer>, at: number): void {
  let greatest = 0;
  for (const x of vector) {
    if (!Number.isFinite(x)) throw new RangeError(`a vector with ${x}; values must be finite`);
    greatest = Math.max(greatest, Math.abs(x));
  }
  const scale = Math.fround(greatest / 127);
  new DataView(to.buffer, to.byteOffset + at).setFloat32(0, scale, true);
  const bytes = new Int8Array(to.buffer, to.byteOffset + at + 4, vector.length);
  // The scale, rounded to 32 bits, may be a little small: 128 would wrap around.
  for (let i = 0; i < vector.length; i++) {
    bytes[i] = scale === 0 ? 0 : Math.max(-127, Math.min(127, Math.round(vector[i]! / scale)));
  }
}

export function readVector(from: Uint8Array, at: number, dim: number, out: Float32Array, start = 0): void {
  const scale = new DataView(from.buffer, from.byteOffset + at).getFloat32(0, true);
  const bytes = new Int8Array(from.buffer, from.byteOffset + at + 4, dim);
  for (let i = 0; i < dim; i++) out[start + i] = bytes[i]! * scale;
}

/** As `readVector`, brought back to length 1, which rounding has changed a little: products are cosines then. Zeros stay zeros. */
export function readUnitVector(
  from: Uint8Array,
  at: number,
  dim: number,
  out: Float32Array,
  start = 0,
): void {
  const bytes = new Int8Array(from.buffer, from.byteOffset + at + 4, dim);
  let squared = 0;
  for (let i = 0; i < dim; i++) squared += bytes[i]! * bytes[i]!;
  const scale = squared === 0 ? 0 : 1 / Math.sqrt(squared);
  for (let i = 0; i < dim; i++) out[start + i] = bytes[i]! * scale;
}

/** Whether no vector was ever written there (or one of zeros). */
export function isBlank(from: Uint8Array, at: number): boolean {
  return from[at] === 0 && from[at + 1] === 0 && from[at + 2] === 0 && from[at + 3] === 0;
}

/** What a unit vector becomes by being stored and read again. @throws RangeError as `writeVector` does */
export function atRest(vector: Float32Array): Float32Array<ArrayBuffer> {
  const record = new Uint8Array(recordBytes(vector.length));
  writeVector(vector, record, 0);
  const read = new Float32Array(vector.length);
  readUnitVector(record, 0, vector.length, read);
  return read;
}

/**
 * Records as what a build reads, vectors of length 1.
 *
 * @param ids [count], which vector each record holds
 * @param records [count][recordBytes(dim)]
 */
export function recordSource(ids: Uint32Array, dim: number, records: Uint8Array): VectorSource {
  const size = recordBytes(dim);
  return {
    count: ids.length,
    id: (n) => ids[n]!,
    read: (first, count, out) => {
      for (let n = 0; n < count; n++) readUnitVector(records, (first + n) * size, dim, out, n * dim);
    },
  };
}
