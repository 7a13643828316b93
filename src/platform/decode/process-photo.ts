import type { Exif, Failure } from '../../core/library/photo.ts';
import type { EmbedOptions, StageTimes, Thumbnail } from '../../protocol/inference.ts';

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
      readonly exif: Exif | null;
      /** The model's input: RGB planes [3, inputSize, inputSize], 0..255. */
      readonly pixels: Float32Array<ArrayBuffer>;
      readonly stages: Omit<StageTimes, 'inference'>;
    }
  | { readonly ok: false; readonly failure: Failure; readonly sha256: string | null };

/** Reads a file once and makes of it all that the model and the library need. Never rejects on account of the file. */
export async function preparePhoto(source: Blob, options: PrepareOptions): Promise<PreparedPhoto> {
  void source;
  void options;
  return { ok: false, failure: { code: 'unreadable', found: 'not written yet' }, sha256: null };
}
