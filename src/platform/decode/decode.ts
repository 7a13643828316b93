import { wordsOf } from '../../core/error-words.ts';
import type { Failure } from '../../core/library/photo.ts';
import { decodeHeic } from './heic-decoder.ts';
import { mimeTypes, type PictureFormat } from './image-header.ts';
import { canDecodeScaled, decodeScaled, type OrientedFrame, scaledSize } from './scaled-decoder.ts';

/** A picture decoded no larger than needed; `close` it when done. */
export interface DecodedPicture {
  readonly ok: true;
  /** Of the whole picture, pixels, orientation applied. */
  readonly width: number;
  readonly height: number;
  /** [smallHeight, smallWidth, 4], upright, on white. */
  readonly rgba: Uint8Array | Uint8ClampedArray;
  readonly smallWidth: number;
  readonly smallHeight: number;
  /** The same small picture, to draw from. */
  readonly drawable: VideoFrame | OffscreenCanvas;
  close(): void;
}

export interface DecodeRequest {
  readonly format: PictureFormat;
  /** From the header, before orientation. */
  readonly width: number;
  readonly height: number;
  /** The decoded picture is at least so long on its shorter and on its longer side, where the file is. */
  readonly shorterSide: number;
  readonly longerSide: number;
}

/** Longest side of a canvas that all browsers draw, pixels. */
const longestCanvas = 16_384;

/**
 * Decodes the (first) picture of a file: orientation applied, white behind transparency, JPEGs at reduced size where
 * the browser can ([Note: Scaled decoding]). A file that the browser's decoder refuses gives a `Failure`.
 */
export async function decodePicture(
  bytes: ArrayBuffer,
  request: DecodeRequest,
): Promise<DecodedPicture | { readonly ok: false; readonly failure: Failure }> {
  if (request.format === 'jpeg' && (await canDecodeScaled())) {
    const desired = scaledSize(request.width, request.height, leastScale(request));
    const frame = await decodeScaled(bytes, desired).catch(() => null);
    // Refused or decoded smaller than asked for: the plain path has the last word.
    if (frame !== null) {
      if (Math.min(frame.displayWidth, frame.displayHeight) >= Math.min(desired.width, desired.height)) {
        return fromFrame(frame, request);
      }
      frame.close();
    }
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes], { type: mimeTypes[request.format] }), {
      imageOrientation: 'from-image',
    });
  } catch (error) {
    const found = wordsOf(error);
    // See [Note: HEIC].
    const pixels = request.format === 'heic' ? await decodeHeic(bytes) : null;
    if (pixels === null) return { ok: false, failure: { code: 'broken', found } };
    bitmap = await createImageBitmap(pixels);
  }
  try {
    return fromBitmap(bitmap, request);
  } finally {
    bitmap.close();
  }
}

/** The scale at which a picture is needed, at most 1. */
function leastScale({ width, height, shorterSide, longerSide }: DecodeRequest): number {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  return Math.min(1, Math.max(shorterSide / shorter, longerSide / longer));
}

async function fromFrame(frame: OrientedFrame, request: DecodeRequest): Promise<DecodedPicture> {
  let kept = false;
  try {
    const turned = frame.rotation % 180 !== 0;
    const size = {
      ok: true as const,
      width: turned ? request.height : request.width,
      height: turned ? request.width : request.height,
      smallWidth: frame.displayWidth,
      smallHeight: frame.displayHeight,
    };
    if (frame.rotation !== 0 || frame.flip) {
      const { canvas, rgba } = drawSmall(frame, size.smallWidth, size.smallHeight);
      return { ...size, rgba, drawable: canvas, close: () => undefined };
    }
    // Cheaper than by way of a canvas, but knows no orientation.
    const rgba = new Uint8Array(frame.allocationSize({ format: 'RGBA' }));
    await frame.copyTo(rgba, { format: 'RGBA' });
    kept = true;
    return { ...size, rgba, drawable: frame, close: () => frame.close() };
  } finally {
    if (!kept) frame.close();
  }
}

function fromBitmap(bitmap: ImageBitmap, request: DecodeRequest): DecodedPicture {
  const { width, height } = bitmap;
  const wanted = leastScale({ ...request, width, height });
  // As with scaled decoding, a picture not twice as large as needed stays whole.
  const scale = Math.min(wanted > 0.5 ? 1 : wanted, longestCanvas / Math.max(width, height));
  const smallWidth = Math.max(1, Math.round(width * scale));
  const smallHeight = Math.max(1, Math.round(height * scale));
  const { canvas, rgba } = drawSmall(bitmap, smallWidth, smallHeight);
  return { ok: true, width, height, rgba, smallWidth, smallHeight, drawable: canvas, close: () => undefined };
}

function drawSmall(
  picture: VideoFrame | ImageBitmap,
  width: number,
  height: number,
): { canvas: OffscreenCanvas; rgba: Uint8ClampedArray } {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error(`no 2D context for a canvas of ${width} x ${height}`);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return { canvas, rgba: context.getImageData(0, 0, width, height).data };
}
