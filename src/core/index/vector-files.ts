/** Files that other vector databases import: .npy, .fvecs, and JSON lines with ids and tags beside them. */

/**
 * The first bytes of a .npy file of float32 in row-major order: [count][dim] floats, little-endian, follow.
 *
 * @returns a multiple of 64 bytes
 */
export function npyHeader(count: number, dim: number): Uint8Array<ArrayBuffer> {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${count}, ${dim}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const header = `\x93NUMPY\x01\x00${String.fromCharCode((length - 10) & 255, (length - 10) >> 8)}${text.padEnd(length - 11)}\n`;
  return Uint8Array.from(header, (c) => c.charCodeAt(0));
}

/** A whole .npy file. @param vectors [count][dim] */
export function writeNpy(vectors: Float32Array, dim: number): Uint8Array<ArrayBuffer> {
  const header = npyHeader(vectors.length / dim, dim);
  const bytes = new Uint8Array(header.length + vectors.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength), header.length);
  return bytes;
}

/** A file that is not what its name says, or of a kind that is not read. */
export class VectorFileError extends Error {
  override readonly name = 'VectorFileError';
}

export interface VectorFile {
  readonly count: number;
  readonly dim: number;
  /** [count][dim] */
  readonly vectors: Float32Array<ArrayBuffer>;
}

/** Reads .npy files of float32, two-dimensional, row-major. @throws VectorFileError */
export function readNpy(bytes: Uint8Array): VectorFile {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes.length < 12 || text(0, 6) !== '\x93NUMPY') {
    throw new VectorFileError(`it starts with "${text(0, Math.min(6, bytes.length))}"; expected a .npy file`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [start, length] = bytes[6] === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  if (length > 65536 || start + length > bytes.length) {
    throw new VectorFileError(`a header of ${length} bytes in a file of ${bytes.length}`);
  }
  const header = text(start, start + length);
  const shape = /'shape': *\((\d+), *(\d+)\)/.exec(header);
  if (!header.includes("'<f4'") || header.includes("'fortran_order': True") || shape === null) {
    throw new VectorFileError(`${header.trim()}; expected '<f4', row-major, two dimensions`);
  }
  const [count, dim] = [Number(shape[1]), Number(shape[2])];
  const body = bytes.length - start - length;
  if (body !== count * dim * 4)
    throw new VectorFileError(`${body} bytes of values; expected ${count} x ${dim} x 4`);
  return { count, dim, vectors: new Float32Array(bytes.slice(start + length).buffer) };
}

/** .fvecs: every vector is its dimension as int32, then its floats. @param vectors [count][dim] */
export function writeFvecs(vectors: Float32Array, dim: number): Uint8Array<ArrayBuffer> {
  const count = vectors.length / dim;
  const words = new Int32Array(count * (dim + 1));
  const floats = new Float32Array(words.buffer);
  for (let n = 0; n < count; n++) {
    words[n * (dim + 1)] = dim;
    floats.set(vectors.subarray(n * dim, (n + 1) * dim), n * (dim + 1) + 1);
  }
  return new Uint8Array(words.buffer);
}

/** @throws VectorFileError */
export function readFvecs(bytes: Uint8Array): VectorFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dim = bytes.length >= 4 ? view.getInt32(0, true) : 0;
  const record = 4 * (dim + 1);
  if (dim < 1 || dim > 65536 || bytes.length % record !== 0) {
    throw new VectorFileError(`${bytes.length} bytes whose first vector has ${dim} components`);
  }
  const count = bytes.length / record;
  const vectors = new Float32Array(count * dim);
  for (let n = 0; n < count; n++) {
    const found = view.getInt32(n * record, true);
    if (found !== dim) throw new VectorFileError(`vector ${n} has ${found} components; expected ${dim}`);
    for (let i = 0; i < dim; i++) vectors[n * dim + i] = view.getFloat32(n * record + 4 * (i + 1), true);
  }
  return { count, dim, vectors };
}

/** What a line of the file beside the vectors says about one of them. */
export interface VectorLine {
  readonly id: number;
  readonly name: string;
  readonly tags: readonly string[];
}

/** One JSON object per line, in the order of the vectors. */
export function jsonLines(lines: Iterable<VectorLine>): string {
  let text = '';
  for (const { id, name, tags } of lines) text += `${JSON.stringify({ id, name, tags })}\n`;
  return text;
}
