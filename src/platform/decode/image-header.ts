import { ascii } from './ascii.ts';
import { foreignFormat } from './foreign-format.ts';
import { isobmffHeader } from './isobmff-header.ts';

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic' | 'gif' | 'bmp';

export type ImageHeader =
  | {
      readonly kind: 'picture';
      readonly format: PictureFormat;
      /** Pixels as stored, before any orientation; 0 where the file says so. */
      readonly width: number;
      readonly height: number;
    }
  /** Not a format that Picsift takes; `found` is what it is, null if not recognised. */
  | { readonly kind: 'unsupported'; readonly found: string | null }
  /** Starts as a picture but its header cannot be read; `found` says what is wrong. */
  | { readonly kind: 'broken'; readonly format: PictureFormat; readonly found: string };

export const mimeTypes = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  heic: 'image/heic',
  gif: 'image/gif',
  bmp: 'image/bmp',
} as const satisfies Record<PictureFormat, string>;

/** Tells a picture's format and size from its bytes, without decoding. The name and declared type of a file play no part. */
export function readImageHeader(bytes: Uint8Array): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return jpegHeader(view);
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return pngHeader(view);
  if (ascii(view, 0, 4) === 'RIFF' && ascii(view, 8, 4) === 'WEBP') return webpHeader(view);
  if (/^GIF8[79]a$/.test(ascii(view, 0, 6))) return gifHeader(view);
  if (isBmp(view)) return bmpHeader(view);
  if (ascii(view, 4, 4) === 'ftyp') return isobmffHeader(view);
  return { kind: 'unsupported', found: foreignFormat(bytes) };
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);
}

function broken(format: PictureFormat, found: string): ImageHeader {
  return { kind: 'broken', format, found };
}

function cutShort(format: PictureFormat): ImageHeader {
  return broken(format, 'the file ends within its header');
}

/** Walks over the segments to the frame header (SOFn), however large the segments before it. */
function jpegHeader(view: DataView): ImageHeader {
  let at = 2;
  while (at + 4 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) {
      // Stray bytes between segments: decoders skip them.
      at++;
      continue;
    }
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
    } else if (marker === 0x00 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
    } else if (marker === 0xd9 || marker === 0xda) {
      return broken('jpeg', 'the picture data begins without a frame header');
    } else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (at + 9 > view.byteLength) return cutShort('jpeg');
      return {
        kind: 'picture',
        format: 'jpeg',
        width: view.getUint16(at + 7),
        height: view.getUint16(at + 5),
      };
    } else {
      at += 2 + Math.max(2, view.getUint16(at + 2));
    }
  }
  return cutShort('jpeg');
}

function pngHeader(view: DataView): ImageHeader {
  if (view.byteLength < 24) return cutShort('png');
  // Apple's `CgBI` chunk may come first; browsers refuse such files.
  if (ascii(view, 12, 4) !== 'IHDR')
    return broken('png', `first chunk ${printable(ascii(view, 12, 4))}, not IHDR`);
  return { kind: 'picture', format: 'png', width: view.getUint32(16), height: view.getUint32(20) };
}

function gifHeader(view: DataView): ImageHeader {
  if (view.byteLength < 10) return cutShort('gif');
  return { kind: 'picture', format: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

function isBmp(view: DataView): boolean {
  if (ascii(view, 0, 2) !== 'BM') return false;
  if (view.byteLength < 18) return view.byteLength >= 14;
  // The second letter pair of many texts is also 'BM': the size of the information header decides.
  return [12, 16, 40, 52, 56, 64, 108, 124].includes(view.getUint32(14, true));
}

function bmpHeader(view: DataView): ImageHeader {
  if (view.byteLength < 26) return cutShort('bmp');
  if (view.getUint32(14, true) === 12) {
    return {
      kind: 'picture',
      format: 'bmp',
      width: view.getUint16(18, true),
      height: view.getUint16(20, true),
    };
  }
  const width = view.getInt32(18, true);
  if (width < 0) return broken('bmp', `width ${width}`);
  // A negative height means rows from top to bottom.
  return { kind: 'picture', format: 'bmp', width, height: Math.abs(view.getInt32(22, true)) };
}

function webpHeader(view: DataView): ImageHeader {
  if (view.byteLength < 30) return cutShort('webp');
  const chunk = ascii(view, 12, 4);
  if (chunk === 'VP8X') {
    return { kind: 'picture', format: 'webp', width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
  }
  if (chunk === 'VP8L') {
    if (view.getUint8(20) !== 0x2f) return broken('webp', 'lossless data without its signature');
    const bits = view.getUint32(21, true);
    return {
      kind: 'picture',
      format: 'webp',
      width: (bits & 0x3fff) + 1,
      height: ((bits >>> 14) & 0x3fff) + 1,
    };
  }
  if (chunk === 'VP8 ') {
    if (uint24(view, 23) !== 0x2a019d) return broken('webp', 'lossy data without its start code');
    const width = view.getUint16(26, true) & 0x3fff;
    return { kind: 'picture', format: 'webp', width, height: view.getUint16(28, true) & 0x3fff };
  }
  return broken('webp', `first chunk ${printable(chunk)}`);
}

function uint24(view: DataView, at: number): number {
  return view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
}

function printable(text: string): string {
  return JSON.stringify(text);
}
