import { jpegSegments, startsWith } from '../metadata/jpeg-segments.ts';
import { withoutMetadataIsobmff } from './strip-isobmff.ts';

/**
 * A picture's file without what camera and programs wrote into it: place, time, device, owner, words, previews, and whatever
 * lies behind the picture. Pixels stay byte for byte as they are, colour profile and orientation are kept.
 *
 * @param orientation 1 to 8 as in the EXIF standard
 * @returns parts that follow one another; null: not a format of which this is known (JPEG, PNG, WebP, GIF, BMP, HEIC and
 * AVIF are), or damaged
 */
export function withoutMetadata(
  bytes: Uint8Array<ArrayBuffer>,
  orientation: number,
): Uint8Array<ArrayBuffer>[] | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpeg(bytes, orientation);
  if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) return png(bytes, orientation);
  if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) return webp(bytes, orientation);
  if (startsWith(bytes, 0, 'GIF8')) return gif(bytes);
  if (startsWith(bytes, 4, 'ftyp')) {
    const copy = withoutMetadataIsobmff(bytes);
    return copy && [copy];
  }
  return startsWith(bytes, 0, 'BM') ? [bytes] : null;
}

/** A TIFF file of one entry: the orientation. */
function orientationTiff(orientation: number): number[] {
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  return [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0];
}

function jpeg(bytes: Uint8Array<ArrayBuffer>, orientation: number): Uint8Array<ArrayBuffer>[] | null {
  const segments = jpegSegments(bytes);
  const scan = segments.at(-1);
  if (scan?.marker !== 0xda) return null; // damaged before the first scan
  const parts = [bytes.subarray(0, 2)];
  const kept = segments.slice(0, -1).filter(({ marker, data }) => isOfPicture(bytes, marker, data));
  const first = kept[0]?.marker === 0xe0 ? kept.shift() : undefined; // JFIF wants to be the first
  if (first !== undefined) parts.push(bytes.subarray(first.from, first.to));
  if (orientation !== 1) {
    const tiff = [0x45, 0x78, 0x69, 0x66, 0, 0, ...orientationTiff(orientation)];
    parts.push(Uint8Array.from([0xff, 0xe1, 0, tiff.length + 2, ...tiff]));
  }
  for (const { from, to } of kept) parts.push(bytes.subarray(from, to));
  parts.push(...scans(bytes, scan.from));
  return parts;
}

/** Tables and frames; of the application segments JFIF, colour profile and Adobe's colour transform. */
function isOfPicture(bytes: Uint8Array, marker: number, data: number): boolean {
  if (marker === 0xe2) return startsWith(bytes, data, 'ICC_PROFILE\0');
  if (marker === 0xe0 || marker === 0xee) return true;
  return (marker < 0xe0 || marker > 0xef) && marker !== 0xfe;
}

/** From the first scan to the end of the picture; comments and the like between scans are left out. */
function scans(bytes: Uint8Array<ArrayBuffer>, start: number): Uint8Array<ArrayBuffer>[] {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let from = start;
  let at = start + 2;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) {
      parts.push(bytes.subarray(from)); // cut off: what there is of it
      return parts;
    }
    const marker = bytes[at + 1]!;
    if (marker === 0xd9) {
      parts.push(bytes.subarray(from, at + 2));
      return parts;
    }
    // Stuffed bytes, fill bytes and restart markers belong to the scan.
    if (marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const to = at + 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
    if (at + 4 > bytes.length || to > bytes.length) {
      parts.push(bytes.subarray(from));
      return parts;
    }
    if (!isOfPicture(bytes, marker, at + 4)) {
      parts.push(bytes.subarray(from, at));
      from = to;
    }
    at = to;
  }
}

const pngWords = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);

function png(bytes: Uint8Array<ArrayBuffer>, orientation: number): Uint8Array<ArrayBuffer>[] | null {
  const parts = [bytes.subarray(0, 8)];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const to = at + 12 + view.getUint32(at);
    if (to > bytes.length) return null;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    // Private chunks are words of whoever made them.
    const isKept = !pngWords.has(type) && (bytes[at + 5]! & 0x20) === 0;
    if (isKept) parts.push(bytes.subarray(at, to));
    if (type === 'IHDR' && orientation !== 1) parts.push(pngChunk('eXIf', orientationTiff(orientation)));
    if (type === 'IEND') return parts;
    at = to;
  }
  return null;
}

function pngChunk(type: string, data: readonly number[]): Uint8Array<ArrayBuffer> {
  const chunk = Uint8Array.from([
    0,
    0,
    0,
    data.length,
    ...Array.from(type, (c) => c.charCodeAt(0)),
    ...data,
    0,
    0,
    0,
    0,
  ]);
  let sum = -1;
  for (const byte of chunk.subarray(4, -4)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  new DataView(chunk.buffer).setUint32(chunk.length - 4, ~sum >>> 0);
  return chunk;
}

const webpPicture = new Set(['VP8 ', 'VP8L', 'VP8X', 'ICCP', 'ALPH', 'ANIM', 'ANMF']);

function webp(bytes: Uint8Array<ArrayBuffer>, orientation: number): Uint8Array<ArrayBuffer>[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(bytes.length, 8 + view.getUint32(4, true));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let isExtended = false;
  for (let at = 12; at + 8 <= end; ) {
    const length = view.getUint32(at + 4, true);
    const to = at + 8 + length + (length & 1);
    if (at + 8 + length > bytes.length) return null;
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    if (type === 'VP8X') {
      isExtended = true;
      const chunk = bytes.slice(at, to);
      // Bits of EXIF and XMP.
      chunk[8] = (chunk[8]! & ~0x0c) | (orientation === 1 ? 0 : 0x08);
      chunks.push(chunk);
    } else if (webpPicture.has(type)) {
      chunks.push(bytes.subarray(at, Math.min(to, bytes.length)));
    }
    at = to;
  }
  // Only extended files can have an orientation at all.
  if (isExtended && orientation !== 1) {
    const tiff = orientationTiff(orientation);
    chunks.push(Uint8Array.from([0x45, 0x58, 0x49, 0x46, tiff.length, 0, 0, 0, ...tiff]));
  }
  const header = bytes.slice(0, 12);
  const size = 4 + chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  new DataView(header.buffer).setUint32(4, size, true);
  return [header, ...chunks];
}

/** Pictures and how they follow one another; comments, texts and programs' own blocks go. */
function gif(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] | null {
  const table = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1));
  let at = 13 + table(bytes[10] ?? 0);
  const parts = [bytes.subarray(0, at)];
  /** Behind the sub-blocks that begin at `from`. */
  const behind = (from: number) => {
    let end = from;
    while (end < bytes.length && bytes[end] !== 0) end += 1 + bytes[end]!;
    return end + 1;
  };
  while (at < bytes.length) {
    const kind = bytes[at]!;
    if (kind === 0x3b) return [...parts, bytes.subarray(at, at + 1)];
    let to: number;
    let isKept = true;
    if (kind === 0x2c) {
      to = behind(at + 11 + table(bytes[at + 9] ?? 0));
    } else if (kind === 0x21) {
      to = behind(at + 2);
      const isLoop = bytes[at + 1] === 0xff && startsWith(bytes, at + 3, 'NETSCAPE2.0');
      isKept = bytes[at + 1] === 0xf9 || isLoop;
    } else {
      return null;
    }
    if (to > bytes.length) return null;
    if (isKept) parts.push(bytes.subarray(at, to));
    at = to;
  }
  return null;
}
