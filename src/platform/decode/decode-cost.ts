import type { Failure } from '../../core/library/photo.ts';
import type { PictureFormat } from './image-header.ts';

/** What decoding a picture may take. */
export interface DecodeCost {
  /** Most memory held at one time, bytes; the file's own bytes included. */
  readonly memory: number;
  /** After so many milliseconds it counts as hanging. */
  readonly patience: number;
}

/**
 * Most bytes that a decoder holds for each pixel of the whole picture, the RGBA copy (4) included. JPEG: 16-bit
 * coefficients of three planes, where it is progressive, and no whole RGBA. PNG: 16 bits per channel. WebP: YUV and RGBA.
 * AVIF: three planes of 16 bits and RGBA; HEIC: one RGBA more, as it comes out of WebAssembly. GIF: the canvas and the frame before.
 */
const bytesPerPixel: Readonly<Record<PictureFormat, number>> = {
  jpeg: 6,
  png: 8,
  webp: 6,
  avif: 10,
  heic: 14,
  gif: 8,
  bmp: 8,
};

/** A phone's slow core decodes a megapixel in about 100 ms, and others may want that core, too. */
const patienceAtLeast = 10_000;
const patiencePerMegapixel = 200;
const patiencePerMegabyte = 200;

/** From above, so that what it says is there is enough. `width`, `height`: of the whole picture, pixels. `size`: of the file, bytes. */
export function decodeCost(format: PictureFormat, width: number, height: number, size: number): DecodeCost {
  const pixels = width * height;
  return {
    // The file twice: as it was read, and as it is handed to the decoder.
    memory: pixels * bytesPerPixel[format] + 2 * size,
    patience: patienceAtLeast + (pixels / 1e6) * patiencePerMegapixel + (size / 1e6) * patiencePerMegabyte,
  };
}

/** Memory that one picture may take, bytes: a quarter of the device's. Browsers that do not tell it count as 4 GiB. */
export function memoryLimit(deviceGibibytes: number | undefined): number {
  return ((deviceGibibytes ?? 4) / 4) * 2 ** 30;
}

/** Why a picture is not decoded for want of memory; null if it may be. Figures are megabytes. */
export function memoryFailure({ memory }: DecodeCost, limit: number): Failure | null {
  if (memory <= limit) return null;
  return {
    code: 'too-much-memory',
    found: `${Math.ceil(memory / 1e6)}`,
    limit: `${Math.floor(limit / 1e6)}`,
  };
}
