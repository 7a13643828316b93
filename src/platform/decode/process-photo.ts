import { wordsOf } from '../../core/error-words.ts';
import { preprocess } from '../../core/image/preprocess.ts';
import { leastRegion, type Region } from '../../core/image/region.ts';
import { photoSignature } from '../../core/image/signature.ts';
import type { Exif, Failure } from '../../core/library/photo.ts';
import type { EmbedOptions, StageTimes, Thumbnail } from '../../protocol/inference.ts';
import { decodePicture } from './decode.ts';
import { decodeCost, memoryFailure, memoryLimit } from './decode-cost.ts';
import { takeTurn } from './decode-turn.ts';
import { readExif } from './exif.ts';
import { type ImageHeader, readImageHeader } from './image-header.ts';
import { makeThumbnail } from './thumbnail.ts';

export interface PrepareOptions extends EmbedOptions {
  /** Side of the model's input, pixels. */
  readonly inputSize: number;
}

export type PreparedPhoto =
  | {
      readonly ok: true;
      /** SHA-256 of the file's bytes, 64 hex digits. */
      readonly sha256: string;
      /** Pixels, orientation applied. */
      readonly width: number;
      readonly height: number;
      readonly thumbnail: Thumbnail;
      /** See [Note: Photo signature]. */
      readonly signature: Uint8Array<ArrayBuffer>;
      readonly exif: Exif | null;
      /** The model's input: RGB planes [3, inputSize, inputSize], 0..255. */
      readonly pixels: Float32Array<ArrayBuffer>;
      readonly stages: Omit<StageTimes, 'inference'>;
    }
  | { readonly ok: false; readonly failure: Failure; readonly sha256: string | null };

/**
 * Reads a file once and makes of it all that the model and the library need. Never rejects on account of the file:
 * one that cannot be read or shown gives a `Failure` (with the SHA-256 where it could be read).
 */
export async function preparePhoto(source: Blob, options: PrepareOptions): Promise<PreparedPhoto> {
  const lap = stopwatch();
  let bytes: ArrayBuffer;
  try {
    bytes = await source.arrayBuffer();
  } catch (error) {
    return { ok: false, failure: readFailure(error), sha256: null };
  }
  const read = lap();
  const sha256 = hex(await crypto.subtle.digest('SHA-256', bytes));
  const hash = lap();

  const header = readImageHeader(new Uint8Array(bytes));
  const refusal = headerFailure(header, bytes.byteLength, source, options.maxMegapixels);
  if (refusal !== null || header.kind !== 'picture') {
    return { ok: false, failure: refusal ?? { code: 'unsupported-type' }, sha256 };
  }
  const cost = decodeCost(header.format, header.width, header.height, bytes.byteLength);
  const tooLarge = memoryFailure(cost, memoryLimit(deviceMemory()));
  if (tooLarge !== null) return { ok: false, failure: tooLarge, sha256 };
  const exif = await readExif(bytes);
  const headerTime = lap();

  const picture = await takeTurn(
    cost,
    () =>
      decodePicture(bytes, {
        ...header,
        shorterSide: (2 * options.inputSize) / shareShown(options.region),
        longerSide: options.thumbnailSize,
      }),
    (late) => {
      if (late.ok) late.close();
    },
  );
  if (!picture.ok) return { ...picture, sha256 };
  try {
    const decode = lap();
    const { thumbnail, pixels: pixelsOf } = await makeThumbnail(
      picture,
      options.thumbnailSize,
      options.region,
    );
    const thumbnailTime = lap();
    const signature = photoSignature(pixelsOf());
    const signatureTime = lap();
    const { rgba, smallWidth, smallHeight, width, height } = picture;
    const pixels = preprocess(rgba, smallWidth, smallHeight, options.inputSize, options.region ?? null);
    const stages = {
      read,
      hash,
      header: headerTime,
      decode,
      thumbnail: thumbnailTime,
      signature: signatureTime,
      preprocess: lap(),
    };
    return { ok: true, sha256, width, height, thumbnail, signature, exif, pixels, stages };
  } finally {
    picture.close();
  }
}

/** How much of the picture's sides the model is shown, at least: what it is decoded smaller for. */
function shareShown(region: Region | undefined): number {
  return region === undefined ? 1 : Math.max(leastRegion, Math.min(region.width, region.height));
}

/** GiB, coarse, where the browser tells it. */
function deviceMemory(): number | undefined {
  return (globalThis.navigator as { deviceMemory?: number } | undefined)?.deviceMemory;
}

/** Each call gives the milliseconds since the one before. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const passed = now - last;
    last = now;
    return passed;
  };
}

function hex(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function readFailure(error: unknown): Failure {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError') return { code: 'file-missing' };
  if (name === 'NotAllowedError' || name === 'SecurityError') return { code: 'no-permission' };
  // NotReadableError (changed or locked on disk) and whatever else a browser may say.
  return { code: 'unreadable', found: wordsOf(error) };
}

/** Why a file is refused before it is decoded; null if it is not. */
export function headerFailure(
  header: ImageHeader,
  size: number,
  source: Blob,
  maxMegapixels: number,
): Failure | null {
  if (size === 0) return { code: 'empty-file' };
  if (header.kind === 'unsupported') {
    const found = header.found ?? extension(source);
    return found === null ? { code: 'unsupported-type' } : { code: 'unsupported-type', found };
  }
  if (header.kind === 'broken') return { code: 'broken', found: header.found };
  if (header.width === 0 || header.height === 0) {
    return { code: 'zero-size', found: `${header.width} x ${header.height}` };
  }
  const megapixels = (header.width * header.height) / 1e6;
  if (megapixels > maxMegapixels) {
    // Rounded up, so that what is found never reads as equal to the limit.
    return {
      code: 'too-many-pixels',
      found: `${Math.ceil(megapixels * 10) / 10}`,
      limit: `${maxMegapixels}`,
    };
  }
  return null;
}

function extension(source: Blob): string | null {
  const match = source instanceof File ? /\.([a-z0-9]{1,10})$/i.exec(source.name) : null;
  return match === null ? null : match[1]!.toUpperCase();
}
