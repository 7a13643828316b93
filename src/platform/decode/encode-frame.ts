import type { FrameRequest } from '../../protocol/encode-frame.ts';

/** A frame as a JPEG, scaled so that its longer side is at most `longest` pixels. Closes the frame. */
export async function encodeFrame({ frame, longest, quality }: FrameRequest): Promise<Blob> {
  try {
    const [width, height] =
      'displayWidth' in frame ? [frame.displayWidth, frame.displayHeight] : [frame.width, frame.height];
    const scale = Math.min(1, longest / Math.max(width, height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(width * scale)),
      Math.max(1, Math.round(height * scale)),
    );
    const context = canvas.getContext('2d', { alpha: false });
    if (context === null) throw new Error(`no 2D context for a canvas of ${canvas.width} x ${canvas.height}`);
    context.drawImage(frame, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/jpeg', quality });
  } finally {
    frame.close();
  }
}
