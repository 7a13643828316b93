/**
 * The container of a snapshot: header, section table, sections. FORMAT.md has the byte table. It knows nothing of what the
 * sections mean.
 */
import { xxh32 } from './checksum.ts';

/** "PSIFTIDX" */
const magic = Uint8Array.of(0x50, 0x53, 0x49, 0x46, 0x54, 0x49, 0x44, 0x58);
export const snapshotVersion = 1;
const byteOrderMark = 0x01020304;
const headerBytes = 64;
const entryBytes = 32;
/** Sections start at multiples of this: any typed array can be laid over them, and cache lines are whole. */
const alignment = 64;
/** More sections than any index has: a bound on what a damaged header can make us read. */
const mostSections = 4096;

export interface Section {
  /** What it holds: see `sectionKinds` in snapshot.ts. */
  readonly kind: number;
  /** Which segment it belongs to; 0 for what belongs to all. */
  readonly segment: number;
  readonly bytes: Uint8Array;
}

export type RefusalCode = 'foreign' | 'newer' | 'truncated' | 'damaged' | 'other-model' | 'other-training';

/** Why a snapshot is not opened; the index is then built anew from the stored vectors. */
export interface Refusal {
  readonly code: RefusalCode;
  /** Found and expected, in words. */
  readonly message: string;
}

export class RefusedSnapshot extends Error {
  override readonly name = 'RefusedSnapshot';
  readonly refusal: Refusal;
  constructor(code: RefusalCode, message: string) {
    super(message);
    this.refusal = { code, message };
  }
}

/** Where a section of `layoutSections` lies. */
export interface PlacedSection extends Section {
  readonly offset: number;
}

/** Writes header, table and sections, in the order given, into one buffer. */
export function layoutSections(sections: readonly Section[]): ArrayBuffer {
  let offset = align(headerBytes + sections.length * entryBytes);
  const placed = sections.map((section): PlacedSection => {
    const here = { ...section, offset };
    offset = align(offset + section.bytes.byteLength);
    return here;
  });
  const buffer = new ArrayBuffer(offset);
  const all = new Uint8Array(buffer);
  const view = new DataView(buffer);
  all.set(magic);
  view.setUint32(8, snapshotVersion, true);
  view.setUint32(12, byteOrderMark, true);
  view.setBigUint64(16, BigInt(offset), true);
  view.setUint32(24, sections.length, true);
  placed.forEach((section, n) => {
    const at = headerBytes + n * entryBytes;
    all.set(section.bytes, section.offset);
    view.setUint32(at, section.kind, true);
    view.setUint32(at + 4, section.segment, true);
    view.setBigUint64(at + 8, BigInt(section.offset), true);
    view.setBigUint64(at + 16, BigInt(section.bytes.byteLength), true);
    view.setUint32(at + 24, xxh32(section.bytes), true);
  });
  view.setUint32(28, tableChecksum(all, sections.length), true);
  return buffer;
}

/**
 * The sections of a buffer, as views over it, after everything about the container has been checked.
 *
 * @throws RefusedSnapshot
 */
export function readSections(buffer: ArrayBuffer): PlacedSection[] {
  if (buffer.byteLength < headerBytes) {
    throw new RefusedSnapshot('truncated', `${buffer.byteLength} bytes; a header alone has ${headerBytes}`);
  }
  const all = new Uint8Array(buffer);
  const view = new DataView(buffer);
  if (!magic.every((byte, i) => all[i] === byte)) {
    const found = [...all.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new RefusedSnapshot('foreign', `it starts with ${found}; expected "PSIFTIDX"`);
  }
  const version = view.getUint32(8, true);
  if (version !== snapshotVersion) {
    const code = version > snapshotVersion ? 'newer' : 'damaged';
    throw new RefusedSnapshot(code, `format version ${version}; this program reads ${snapshotVersion}`);
  }
  const order = view.getUint32(12, true);
  if (order !== byteOrderMark || new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1) {
    throw new RefusedSnapshot(
      'foreign',
      `byte order mark ${order.toString(16)}; expected little-endian 1020304`,
    );
  }
  const total = view.getBigUint64(16, true);
  if (total !== BigInt(buffer.byteLength)) {
    const code = total > BigInt(buffer.byteLength) ? 'truncated' : 'damaged';
    throw new RefusedSnapshot(code, `${buffer.byteLength} bytes; the header says ${total}`);
  }
  const count = view.getUint32(24, true);
  if (count > mostSections || headerBytes + count * entryBytes > buffer.byteLength) {
    throw new RefusedSnapshot('damaged', `${count} sections in ${buffer.byteLength} bytes`);
  }
  const checksum = view.getUint32(28, true);
  const found = tableChecksum(all, count);
  if (checksum !== found) {
    throw new RefusedSnapshot('damaged', `the section table's checksum is ${found}; expected ${checksum}`);
  }
  let end = align(headerBytes + count * entryBytes);
  return Array.from({ length: count }, (_, n): PlacedSection => {
    const at = headerBytes + n * entryBytes;
    const kind = view.getUint32(at, true);
    const offset = Number(view.getBigUint64(at + 8, true));
    const length = Number(view.getBigUint64(at + 16, true));
    if (offset !== end || offset + length > buffer.byteLength) {
      throw new RefusedSnapshot(
        'damaged',
        `section ${n} (kind ${kind}) lies at ${offset}, ${length} bytes; expected at ${end}, within ${buffer.byteLength}`,
      );
    }
    end = align(offset + length);
    const bytes = new Uint8Array(buffer, offset, length);
    const expected = view.getUint32(at + 24, true);
    const sum = xxh32(bytes);
    if (sum !== expected) {
      throw new RefusedSnapshot(
        'damaged',
        `section ${n} (kind ${kind}) has checksum ${sum}; expected ${expected}`,
      );
    }
    return { kind, segment: view.getUint32(at + 4, true), offset, bytes };
  });
}

/** Over header and table, the checksum's own four bytes taken as zero. */
function tableChecksum(all: Uint8Array, sections: number): number {
  const copy = all.slice(0, headerBytes + sections * entryBytes);
  copy.fill(0, 28, 32);
  return xxh32(copy);
}

function align(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
