import { probePicture } from './probe-picture.ts';

/**
 * [Note: Scaled decoding]
 * A JPEG can be decoded at n/8 of its size for a fraction of the cost (a 12-megapixel one: about 30 ms instead of 80).
 * `ImageDecoder` does so where asked for `desiredWidth`/`desiredHeight`, which count before orientation. Where it is
 * missing, ignores the wish, or turns pictures wrongly, the plain path (`createImageBitmap`) is taken: a probe picture
 * decides once per worker.
 */

let supported: Promise<boolean> | null = null;

/** A frame that tells how it is turned: `flip` (left to right) after `rotation` degrees clockwise. Drawing it applies both. */
export type OrientedFrame = VideoFrame & {
  readonly rotation: 0 | 90 | 180 | 270;
  readonly flip: boolean;
};

/** Whether this browser decodes JPEGs at reduced size and turns them rightly. */
export function canDecodeScaled(): Promise<boolean> {
  supported ??= probe();
  return supported;
}

/**
 * What to ask the decoder for: the least n/8 of a size that reaches `scale` of it. Above 4/8 the whole picture is asked
 * for: decoders are no faster between 5/8 and 7/8, and the picture is softer.
 */
export function scaledSize(width: number, height: number, scale: number): { width: number; height: number } {
  // The slack keeps a scale such as 320/2560, which is 1/8 but for rounding, at 1/8.
  const least = Math.max(1, Math.ceil(scale * 8 - 1e-9));
  const eighths = least > 4 ? 8 : least;
  return { width: Math.ceil((width * eighths) / 8), height: Math.ceil((height * eighths) / 8) };
}

/**
 * Decodes a JPEG at `desired` size (before orientation). The frame knows its orientation; the caller closes it.
 * Rejects as `ImageDecoder` does where the file is broken.
 */
export async function decodeScaled(
  bytes: ArrayBuffer | Uint8Array<ArrayBuffer>,
  desired: { width: number; height: number },
): Promise<OrientedFrame> {
  const decoder = new ImageDecoder({
    data: bytes,
    type: 'image/jpeg',
    desiredWidth: desired.width,
    desiredHeight: desired.height,
  });
  try {
    return (await decoder.decode()).image as OrientedFrame;
  } finally {
    decoder.close();
  }
}

async function probe(): Promise<boolean> {
  if (typeof ImageDecoder === 'undefined' || typeof OffscreenCanvas === 'undefined') return false;
  try {
    const frame = await decodeScaled(probePicture(), { width: 32, height: 16 });
    try {
      if (frame.displayWidth !== 16 || frame.displayHeight !== 32) return false;
      if (frame.rotation % 180 !== 90 || !frame.flip) return false;
      const context = new OffscreenCanvas(16, 32).getContext('2d', { willReadFrequently: true });
      if (context === null) return false;
      context.drawImage(frame, 0, 0);
      const quarters = [
        [4, 8],
        [12, 8],
        [4, 24],
        [12, 24],
      ] as const;
      return quarters.map(([x, y]) => colourName(context.getImageData(x, y, 1, 1).data)).join('') === 'WGBR';
    } finally {
      frame.close();
    }
  } catch {
    // Whatever the reason, the plain path serves.
    return false;
  }
}

function colourName([red = 0, green = 0, blue = 0]: Uint8ClampedArray): string {
  const name = [red > 127, green > 127, blue > 127].map(Number).join('');
  return { '111': 'W', '100': 'R', '010': 'G', '001': 'B' }[name] ?? '?';
}
