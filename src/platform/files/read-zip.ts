/** A file of an archive that can be read: stored or deflated, not encrypted. */
export interface ZipFile {
  /** As the archive has it. */
  readonly path: string;
  /** Bytes, as the archive says. */
  readonly size: number;
  /** Null: its bytes are not what the archive says of them. */
  read(): Promise<Uint8Array<ArrayBuffer> | null>;
}

export interface Zip {
  readonly files: readonly ZipFile[];
  /** Paths of files that are encrypted or compressed in a way that is not read here. */
  readonly unread: readonly string[];
}

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  /** Of its own header. */
  readonly at: number;
}

const endSize = 22;
const longestComment = 0xffff;
const locatorSize = 20;
const entrySize = 46;
const headerSize = 30;
const stored = 0;
const deflated = 8;
const most16 = 0xffff;
const most32 = 0xffffffff;
/** A directory of a million files has some 100 MB. */
const mostDirectory = 200_000_000;
/** Read at once, so that thousands of small files are not read one by one. */
const pieceBytes = 4_000_000;

/** Whether bytes begin as archives do: with a file, or (an empty one) with the end of its directory. */
export function isZip(start: Uint8Array): boolean {
  const [p, k, a, b] = start;
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

/**
 * The files of a ZIP archive (PKWARE APPNOTE 6.3, with ZIP64), by its directory. Nothing is unpacked before it is asked for,
 * and then never more than the archive says that there is.
 *
 * @returns null: it is no archive, or a damaged one
 */
export async function readZip(archive: Blob): Promise<Zip | null> {
  const directory = await readDirectory(archive);
  const entries = directory && entriesOf(directory.bytes, directory.count);
  if (entries === null) return null;
  const pieces = new Pieces(archive);
  const isRead = ({ method, packed, size }: Entry) =>
    (method === stored && packed === size) || method === deflated;
  return {
    files: entries.filter(isRead).map((entry) => ({
      path: entry.path,
      size: entry.size,
      read: () => contentOf(pieces, entry),
    })),
    unread: entries.filter((entry) => !isRead(entry)).map(({ path }) => path),
  };
}

async function readDirectory(
  archive: Blob,
): Promise<{ readonly bytes: Uint8Array; readonly count: number } | null> {
  const tailAt = Math.max(0, archive.size - endSize - longestComment - locatorSize);
  const tail = await bytesOf(archive, tailAt, archive.size);
  const view = viewOf(tail);
  let end = tail.length - endSize;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return null;
  let count = view.getUint16(end + 10, true);
  let size = view.getUint32(end + 12, true);
  let at = view.getUint32(end + 16, true);
  const isLarge = count === most16 || size === most32 || at === most32;
  const locator = end - locatorSize;
  if (isLarge && locator >= 0 && view.getUint32(locator, true) === 0x07064b50) {
    const large = Number(view.getBigUint64(locator + 8, true));
    const own = viewOf(await bytesOf(archive, large, large + 56));
    if (own.byteLength < 56 || own.getUint32(0, true) !== 0x06064b50) return null;
    count = Number(own.getBigUint64(32, true));
    size = Number(own.getBigUint64(40, true));
    at = Number(own.getBigUint64(48, true));
  }
  if (size > mostDirectory || at + size > archive.size) return null;
  return { bytes: await bytesOf(archive, at, at + size), count };
}

/** Null: damaged. Folders are left out. */
function entriesOf(bytes: Uint8Array, count: number): Entry[] | null {
  const view = viewOf(bytes);
  const decoder = new TextDecoder();
  const entries: Entry[] = [];
  let at = 0;
  for (let n = 0; n < count; n++) {
    if (at + entrySize > bytes.length || view.getUint32(at, true) !== 0x02014b50) return null;
    const extraAt = at + entrySize + view.getUint16(at + 28, true);
    const extraEnd = extraAt + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > bytes.length) return null;
    const path = decoder.decode(bytes.subarray(at + entrySize, extraAt));
    const isEncrypted = (view.getUint16(at + 8, true) & 1) !== 0;
    const entry = {
      path,
      method: isEncrypted ? -1 : view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    if (!path.endsWith('/')) entries.push(withLargeNumbers(entry, view, extraAt, extraEnd));
    at = next;
  }
  return entries;
}

/** Numbers that do not fit are in a field of their own (ZIP64), in this order. */
function withLargeNumbers(entry: Entry, view: DataView, from: number, to: number): Entry {
  for (let at = from; at + 4 <= to; ) {
    const [id, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    const end = Math.min(to, at + 4 + length);
    let field = at + 4;
    at = end;
    if (id !== 1) continue;
    const large = (value: number) => {
      if (value !== most32 || field + 8 > end) return value;
      field += 8;
      return Number(view.getBigUint64(field - 8, true));
    };
    const size = large(entry.size);
    const packed = large(entry.packed);
    return { ...entry, size, packed, at: large(entry.at) };
  }
  return entry;
}

async function contentOf(pieces: Pieces, entry: Entry): Promise<Uint8Array<ArrayBuffer> | null> {
  const header = await pieces.bytes(entry.at, headerSize);
  if (header.length < headerSize) return null;
  const view = viewOf(header);
  if (view.getUint32(0, true) !== 0x04034b50) return null;
  const from = entry.at + headerSize + view.getUint16(26, true) + view.getUint16(28, true);
  const packed = await pieces.bytes(from, entry.packed);
  if (packed.length < entry.packed) return null;
  return entry.method === stored ? packed.slice() : inflated(packed, entry.size);
}

/** Null: damaged, or not of that size. */
async function inflated(
  packed: Uint8Array<ArrayBuffer>,
  size: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length;
      if (length > size) {
        await reader.cancel();
        return null;
      }
      parts.push(next.value);
    }
  } catch {
    return null; // what is damaged is told by whoever asked
  }
  return length === size ? new Uint8Array(await new Blob(parts).arrayBuffer()) : null;
}

/** Parts of an archive, a larger piece at a time: files follow one another in it. */
class Pieces {
  readonly #archive: Blob;
  #from = 0;
  #piece = new Uint8Array(0);

  constructor(archive: Blob) {
    this.#archive = archive;
  }

  /** Fewer where the archive ends before. */
  async bytes(from: number, count: number): Promise<Uint8Array<ArrayBuffer>> {
    if (from < this.#from || from + count > this.#from + this.#piece.length) {
      this.#piece = await bytesOf(this.#archive, from, from + Math.max(count, pieceBytes));
      this.#from = from;
    }
    return this.#piece.subarray(from - this.#from, from - this.#from + count);
  }
}

async function bytesOf(archive: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await archive.slice(from, to).arrayBuffer());
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
