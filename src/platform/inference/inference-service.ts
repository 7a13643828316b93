import { wordsOf } from '../../core/error-words.ts';
import { scoresFromLogits } from '../../core/tagging/score-codec.ts';
import type {
  BackendReport,
  EmbedOptions,
  EmbedResult,
  InferenceApi,
  MapResult,
  PrepareRequest,
  PrepareResult,
} from '../../protocol/inference.ts';
import type { PreparedPhoto, PrepareOptions } from '../decode/process-photo.ts';
import { ModelStore } from './model-store.ts';
import type { PackManifest } from './pack-manifest.ts';
import { measureSession, runSelfTest } from './self-test.ts';
import { type ModelSession, startSession } from './session.ts';

export interface InferenceParts {
  readonly preparePhoto: (source: Blob, options: PrepareOptions) => Promise<PreparedPhoto>;
  readonly openStore: (packUrl: string) => Pick<ModelStore, 'essentials'>;
  readonly startSession: typeof startSession;
}

/** One worker's model: started once by `prepare`, then photos are embedded. */
export class InferenceService implements InferenceApi {
  readonly #parts: InferenceParts;
  #running: { session: ModelSession; manifest: PackManifest } | null = null;

  constructor(preparePhoto: InferenceParts['preparePhoto'], parts: Partial<InferenceParts> = {}) {
    this.#parts = { preparePhoto, openStore: (url) => new ModelStore(url), startSession, ...parts };
  }

  /** Loads the pack, starts the model on the backend asked for, compares it with the reference and, if asked, times it. */
  async prepare(request: PrepareRequest): Promise<PrepareResult> {
    const { config } = request;
    const loaded = await this.#parts.openStore(request.packUrl).essentials();
    if (!loaded.ok) return { kind: 'model-problem', problem: loaded.problem };
    const { manifest, model, golden } = loaded.value;

    const refused = (part: Pick<BackendReport, 'refusal' | 'detail'> & Partial<BackendReport>) => {
      const report = { config, ok: false, millisecondsPerPicture: null, selfTest: null, ...part };
      return { kind: 'refused', report } as const;
    };
    const started = await this.#parts.startSession(model, manifest, config, request.allowSoftwareAdapter);
    if (!started.ok) return refused(started);
    const { session, detail } = started;
    try {
      const test = await runSelfTest(session, golden);
      if (!test.passed) return refused({ refusal: 'self-test', detail: test.detail, selfTest: test.figures });
      const millisecondsPerPicture = request.measure ? await measureSession(session) : null;
      this.#running = { session, manifest };
      return {
        kind: 'ready',
        model: { id: manifest.id, version: manifest.version },
        report: { config, ok: true, refusal: null, detail, millisecondsPerPicture, selfTest: test.figures },
      };
    } catch (error) {
      return refused({ refusal: 'session', detail: wordsOf(error) });
    }
  }

  /** A file's failure is its own; `worker-crashed` says that the model failed and this worker is good for nothing more. */
  async embed(source: Blob, options: EmbedOptions): Promise<EmbedResult> {
    if (!this.#running) return { ok: false, failure: { code: 'model-unavailable' }, sha256: null };
    const { session, manifest } = this.#running;
    const photo = await this.#parts.preparePhoto(source, { ...options, inputSize: session.inputSize });
    if (!photo.ok) return photo;
    const { pixels, stages, ...rest } = photo;
    try {
      const { embedding, logits, milliseconds } = await session.run(pixels);
      return {
        ...rest,
        model: { id: manifest.id, version: manifest.version },
        embedding,
        scores: scoresFromLogits(logits),
        stages: { ...stages, inference: milliseconds },
      };
    } catch (error) {
      return {
        ok: false,
        failure: { code: 'worker-crashed', found: wordsOf(error) },
        sha256: photo.sha256,
      };
    }
  }

  /** The map of one picture; fails as `embed` does. */
  async map(source: Blob, options: EmbedOptions): Promise<MapResult> {
    if (!this.#running) return { ok: false, failure: { code: 'model-unavailable' }, sha256: null };
    const { session, manifest } = this.#running;
    const photo = await this.#parts.preparePhoto(source, { ...options, inputSize: session.inputSize });
    if (!photo.ok) return photo;
    try {
      const map = await session.map(photo.pixels);
      return { ok: true, model: { id: manifest.id, version: manifest.version }, map };
    } catch (error) {
      return { ok: false, failure: { code: 'worker-crashed', found: wordsOf(error) }, sha256: photo.sha256 };
    }
  }
}
