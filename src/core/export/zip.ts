export interface ZipEntry {
  /** Relative, with forward slashes, UTF-8. */
  readonly path: Uint8Array<ArrayBuffer>;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** 1980-01-01, the first day that the format knows: the same files give the same archive. */
const dosDate = 0x21;
const utf8Names = 0x0800;
const most16 = 0xffff;
const most32 = 0xffffffff;

/**
 * A ZIP archive of small files, not compressed (PKWARE APPNOTE 6.3, ZIP64 for 65,535 files and more), in parts that follow
 * one another.
 *
 * @throws RangeError above 4 GiB
 */
export function zipOf(entries: Iterable<ZipEntry>): Uint8Array<ArrayBuffer>[] {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  let directorySize = 0;
  for (const { path: name, content } of entries) {
    const checksum = crc32(content);
    // Shared by the header before the content and the entry of the directory.
    const common = [
      ...u16(20),
      ...u16(utf8Names),
      ...u16(0),
      ...u16(0),
      ...u16(dosDate),
      ...u32(checksum),
      ...u32(content.length),
      ...u32(content.length),
      ...u16(name.length),
      ...u16(0),
    ];
    const entry = [
      ...u32(0x02014b50),
      ...u16(20),
      ...common,
      ...u16(0),
      ...u16(0),
      ...u16(0),
      ...u32(0),
      ...u32(at),
    ];
    parts.push(Uint8Array.from([...u32(0x04034b50), ...common]), name, content);
    directory.push(Uint8Array.from(entry), name);
    at += 30 + name.length + content.length;
    directorySize += 46 + name.length;
    if (at + directorySize > most32) throw new RangeError('an archive holds 4 GiB at most');
  }
  return [...parts, ...directory, endOfDirectory(directory.length / 2, directorySize, at)];
}

function endOfDirectory(count: number, size: number, at: number): Uint8Array<ArrayBuffer> {
  const isLarge = count >= most16;
  const large = [
    ...[...u32(0x06064b50), ...u64(44), ...u16(45), ...u16(45), ...u32(0), ...u32(0)],
    ...[...u64(count), ...u64(count), ...u64(size), ...u64(at)],
    ...[...u32(0x07064b50), ...u32(0), ...u64(at + size), ...u32(1)],
  ];
  const shown = Math.min(count, most16);
  return Uint8Array.from([
    ...(isLarge ? large : []),
    ...[...u32(0x06054b50), ...u16(0), ...u16(0), ...u16(shown), ...u16(shown)],
    ...[...u32(size), ...u32(at), ...u16(0)],
  ]);
}

const u16 = (value: number) => [value & 255, (value >>> 8) & 255];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const u64 = (value: number) => [...u32(value % 2 ** 32), ...u32(Math.floor(value / 2 ** 32))];

const table = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 as in ISO 3309. */
function crc32(bytes: Uint8Array): number {
  let value = -1;
  for (const byte of bytes) value = table[(value ^ byte) & 255]! ^ (value >>> 8);
  return ~value >>> 0;
}
