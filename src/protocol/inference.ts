import type { Embedded, EmbedLimits, Mapped } from '../core/library/model-ports.ts';
import type { ModelKey } from '../core/library/photo.ts';

/** What an inference worker is asked to run on. `threads` counts WASM threads; ignored for WebGPU. */
export interface BackendConfig {
  readonly backend: 'webgpu' | 'wasm';
  readonly threads: number;
}

export interface PrepareRequest {
  /** Absolute URL of the pack folder, with a final slash. */
  readonly packUrl: string;
  readonly config: BackendConfig;
  /** Use a software WebGPU adapter (slow; for tests and diagnosis). */
  readonly allowSoftwareAdapter: boolean;
  /** Time this backend (a few runs) after the self-test. */
  readonly measure: boolean;
}

export type BackendRefusalCode =
  | 'no-adapter' // the browser has no WebGPU adapter
  | 'software-adapter' // only a software adapter, not allowed
  | 'not-isolated' // threads asked for without cross-origin isolation
  | 'self-test' // golden vectors differ; detail has the figures
  | 'session' // ORT could not create or run the session; detail has its words
  | 'slower'; // works, but another one is faster

export type ModelProblemCode =
  | 'missing' // a file of the pack cannot be fetched
  | 'damaged' // length or SHA-256 differs
  | 'invalid' // pack.json or labels.json does not say what it must
  | 'unknown-format'; // made for a newer Picsift

export interface ModelProblem {
  readonly code: ModelProblemCode;
  readonly file: string;
  readonly found: string;
  readonly expected: string;
}

/** A backend and how it did. */
export interface BackendReport {
  readonly config: BackendConfig;
  readonly ok: boolean;
  readonly refusal: BackendRefusalCode | null;
  readonly detail: string;
  /** Median milliseconds of one picture on one worker; null if not measured. */
  readonly millisecondsPerPicture: number | null;
  /** Least cosine and greatest score difference over the golden pictures; null if not run. */
  readonly selfTest: { readonly cosine: number; readonly scoreDifference: number } | null;
}

export type PrepareResult =
  | { readonly kind: 'ready'; readonly report: BackendReport; readonly model: ModelKey }
  | { readonly kind: 'refused'; readonly report: BackendReport }
  | { readonly kind: 'model-problem'; readonly problem: ModelProblem };

// What one photo gives is defined by the core that stores it.
export type {
  Embedded as EmbedResult,
  EmbedLimits as EmbedOptions,
  Mapped as MapResult,
  StageTimes,
} from '../core/library/model-ports.ts';
export type { StoredThumbnail as Thumbnail } from '../core/library/stored-rows.ts';

/**
 * What an inference worker answers, over the MessagePort that joins it with the library worker (Comlink).
 * `embed` calls may overlap: files are read and decoded side by side, the model runs one picture at a time.
 */
export interface InferenceApi {
  prepare(request: PrepareRequest): Promise<PrepareResult>;
  embed(source: Blob, options: EmbedLimits): Promise<Embedded>;
  /** The model's map of one picture. */
  map(source: Blob, options: EmbedLimits): Promise<Mapped>;
}

/**
 * What the page offers to the library worker: it alone can make workers. A worker that ends by itself (crash) is told
 * by `lost`, given to `spawn`.
 */
export interface InferenceHost {
  /** Starts an inference worker; resolves with the port that leads to it. */
  spawn(lost: (workerId: number, why: string) => void): Promise<{ workerId: number; port: MessagePort }>;
  kill(workerId: number): Promise<void>;
}
