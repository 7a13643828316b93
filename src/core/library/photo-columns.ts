/** Photos per stored chunk: a chunk of columns stays below 64 KiB, which browsers store in line. */
export const rowsPerChunk = 1024;

export function chunkOf(id: number): number {
  return Math.floor(id / rowsPerChunk);
}

/** Columns of so many photos in memory, all zero. */
export function allocateColumns(rows: number) {
  return {
    capturedAt: new Float64Array(rows),
    modifiedAt: new Float64Array(rows),
    importedAt: new Float64Array(rows),
    removedAt: new Float64Array(rows),
    size: new Float64Array(rows),
    width: new Uint32Array(rows),
    height: new Uint32Array(rows),
    /** Content number + 1; 0: none. */
    content: new Uint32Array(rows),
    model: new Uint16Array(rows),
    status: new Uint8Array(rows),
    flags: new Uint8Array(rows),
  };
}

export type PhotoColumns = ReturnType<typeof allocateColumns>;
type ColumnName = keyof PhotoColumns;
/** The stored order: widest first, so that every column is aligned. Append only. */
export const columnNames = Object.keys(allocateColumns(0)) as ColumnName[];

const bytesPerRow = columnNames.reduce((sum, name) => sum + allocateColumns(0)[name].BYTES_PER_ELEMENT, 0);
const chunkBytes = bytesPerRow * rowsPerChunk;

/** @returns bytes of a stored chunk, all zero */
export function emptyChunk(): ArrayBuffer {
  return new ArrayBuffer(chunkBytes);
}

/**
 * Views of a stored chunk: the columns of `allocateColumns` one after the other, [rowsPerChunk] each, in the byte order of
 * every machine that runs browsers (little-endian).
 */
export function columnsIn(bytes: ArrayBuffer): PhotoColumns {
  if (bytes.byteLength !== chunkBytes) {
    throw new Error(`column chunk of ${bytes.byteLength} bytes; expected ${chunkBytes}`);
  }
  const template = allocateColumns(0);
  const views: Record<string, ArrayBufferView> = {};
  let offset = 0;
  for (const name of columnNames) {
    const column = template[name];
    const Column = column.constructor as new (
      bytes: ArrayBuffer,
      offset: number,
      length: number,
    ) => ArrayBufferView;
    views[name] = new Column(bytes, offset, rowsPerChunk);
    offset += column.BYTES_PER_ELEMENT * rowsPerChunk;
  }
  return views as unknown as PhotoColumns;
}
