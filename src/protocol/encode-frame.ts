/** A frame of a camera, to be made a picture of; the worker closes it. */
export interface FrameRequest {
  readonly id: number;
  readonly frame: VideoFrame | ImageBitmap;
  /** Longer side of the picture at most, pixels. */
  readonly longest: number;
  /** Of the JPEG, 0..1. */
  readonly quality: number;
}

export interface EncodedFrame {
  readonly id: number;
  /** A JPEG; null: the frame could not be drawn. */
  readonly picture: Blob | null;
}
