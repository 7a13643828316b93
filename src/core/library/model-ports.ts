import type { Picture } from '../image/picture.ts';
import type { Region } from '../image/region.ts';
import type { FeatureMap, LinearHeads, Projection } from '../tagging/evidence-map.ts';
import type { FileBytes } from './file-handle.ts';
import type { Exif, Failure, ModelKey } from './photo.ts';
import type { StoredThumbnail } from './stored-rows.ts';

/** Milliseconds of each stage of one photo. */
export interface StageTimes {
  readonly read: number;
  readonly hash: number;
  readonly header: number;
  readonly decode: number;
  readonly thumbnail: number;
  readonly signature: number;
  readonly preprocess: number;
  readonly inference: number;
}

export type Embedded =
  | {
      readonly ok: true;
      /** SHA-256 of the file's bytes, 64 hex digits. */
      readonly sha256: string;
      /** Pixels, EXIF orientation applied. */
      readonly width: number;
      readonly height: number;
      readonly thumbnail: StoredThumbnail;
      /** Made of the thumbnail's pixels, [signatureBytes]. */
      readonly signature: Uint8Array<ArrayBuffer>;
      readonly exif: Exif | null;
      readonly model: ModelKey;
      /** Unit vector, [dim]. */
      readonly embedding: Float32Array<ArrayBuffer>;
      /** Sigmoid scores in the model's label order, one byte each (score = byte / 255), [labels]. */
      readonly scores: Uint8Array<ArrayBuffer>;
      readonly stages: StageTimes;
    }
  | { readonly ok: false; readonly failure: Failure; readonly sha256: string | null };

/** What the model sees where in one picture. */
export type Mapped =
  | { readonly ok: true; readonly model: ModelKey; readonly map: FeatureMap }
  | { readonly ok: false; readonly failure: Failure; readonly sha256: string | null };

export interface EmbedLimits {
  readonly maxMegapixels: number;
  /** Longer side, pixels. */
  readonly thumbnailSize: number;
  /** Only that part is shown to the model, and thumbnail and signature are of it; absent: all of the picture. */
  readonly region?: Region;
}

/** Decoding and the model, somewhere else. */
export interface Embedder {
  /** How many calls of `embed` are worth having under way. */
  readonly capacity: number;
  /**
   * Never rejects; failures `worker-crashed` and `model-unavailable` are not the file's fault.
   *
   * @param urgent goes before those that wait
   */
  embed(bytes: FileBytes, limits: EmbedLimits, urgent: boolean): Promise<Embedded>;
  /** The model's map of a picture; goes before photos that wait. Fails as `embed` does. */
  map(bytes: FileBytes, limits: EmbedLimits): Promise<Mapped>;
}

/** Weights of the model that lie beside it. */
export interface ModelWeights {
  /** Of the model's labels, in its order; null when they cannot be had. */
  heads(model: ModelKey): Promise<LinearHeads | null>;
  /** From features to embeddings, likewise. */
  projection(model: ModelKey): Promise<Projection | null>;
}

/** Small pictures to pixels and back. */
export interface Pictures {
  /** Null when the browser cannot show it. */
  decode(thumbnail: StoredThumbnail): Promise<Picture | null>;
  /** A file that the embedder takes. */
  encode(picture: Picture): Promise<FileBytes>;
}

/** What a loaded model says of itself. */
export interface ModelDescription {
  readonly key: ModelKey;
  /** In the order of its scores. */
  readonly labels: readonly {
    readonly id: string;
    readonly en: string;
    readonly zh: string;
    readonly threshold: number;
  }[];
}
