import { wordsOf } from '../../core/error-words.ts';
import { Lifeline } from '../../core/lifeline.ts';
import type { FeatureMap } from '../../core/tagging/evidence-map.ts';
import type { BackendConfig, BackendRefusalCode } from '../../protocol/inference.ts';
import { loadRuntime, type Ort, type OrtSession } from './ort-runtime.ts';
import type { PackManifest } from './pack-manifest.ts';
import { judgeAdapter } from './webgpu-adapter.ts';

/** What the model says of one picture. */
export interface ModelOutput {
  /** Unit vector, [dim]. */
  readonly embedding: Float32Array<ArrayBuffer>;
  /** [labels], before the sigmoid. */
  readonly logits: Float32Array<ArrayBuffer>;
  /** What the run took, waiting for others not counted. */
  readonly milliseconds: number;
}

/** A model that is ready to run. */
export interface ModelSession {
  /** Side of the input, pixels. */
  readonly inputSize: number;
  /**
   * Runs the model on one picture; calls wait for each other.
   *
   * @param pixels RGB planes [3, inputSize, inputSize], 0..255
   * @returns rejects when the runtime fails or its device is lost: the session is then good for nothing more
   */
  run(pixels: Float32Array<ArrayBuffer>): Promise<ModelOutput>;
  /** The model's map of one picture, likewise. */
  map(pixels: Float32Array<ArrayBuffer>): Promise<FeatureMap>;
}

export type SessionResult =
  | { readonly ok: true; readonly session: ModelSession; readonly detail: string }
  | { readonly ok: false; readonly refusal: BackendRefusalCode; readonly detail: string };

/**
 * Starts the model on a backend.
 *
 * @param model bytes of the ONNX file, verified; left as they are
 */
export async function startSession(
  model: ArrayBuffer,
  manifest: PackManifest,
  config: BackendConfig,
  allowSoftwareAdapter: boolean,
): Promise<SessionResult> {
  let detail = `${config.threads} ${config.threads === 1 ? 'thread' : 'threads'}`;
  if (config.backend === 'webgpu') {
    const verdict = await judgeAdapter(navigator.gpu, allowSoftwareAdapter);
    if (!verdict.ok) return verdict;
    detail = verdict.name;
  } else if (config.threads > 1 && !crossOriginIsolated) {
    return { ok: false, refusal: 'not-isolated', detail: 'Threads need a cross-origin isolated page.' };
  }
  try {
    const ort = await loadRuntime(config);
    const session = await ort.InferenceSession.create(new Uint8Array(model), {
      executionProviders: [config.backend],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
    const life = new Lifeline();
    if (config.backend === 'webgpu') endWithDevice(life, await ort.env.webgpu.device);
    return { ok: true, session: new QueuedSession(ort, session, manifest, life), detail };
  } catch (error) {
    return { ok: false, refusal: 'session', detail: wordsOf(error) };
  }
}

function endWithDevice(life: Lifeline, device: GPUDevice): void {
  void device.lost.then(({ reason, message }) =>
    life.end(new Error(`WebGPU device lost (${reason}): ${message}`)),
  );
}

class QueuedSession implements ModelSession {
  readonly inputSize: number;
  readonly #ort: Ort;
  readonly #session: OrtSession;
  readonly #manifest: PackManifest;
  /** Ends with the device. */
  readonly #life: Lifeline;
  /** The run before, failed or not: it never rejects. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(ort: Ort, session: OrtSession, manifest: PackManifest, life: Lifeline) {
    this.#ort = ort;
    this.#session = session;
    this.#manifest = manifest;
    this.#life = life;
    this.inputSize = manifest.input.size;
  }

  run(pixels: Float32Array<ArrayBuffer>): Promise<ModelOutput> {
    const { embedding, labels } = this.#manifest.outputs;
    return this.#next(async () => {
      const start = performance.now();
      const [vector, logits] = await this.#outputs(pixels, [embedding.name, labels.name]);
      const milliseconds = performance.now() - start;
      return { embedding: vector!.values, logits: logits!.values, milliseconds };
    });
  }

  map(pixels: Float32Array<ArrayBuffer>): Promise<FeatureMap> {
    return this.#next(async () => {
      const [map] = await this.#outputs(pixels, [this.#manifest.outputs.map.name]);
      const { values, sizes } = map!;
      const [, channels = 0, height = 0, width = 0] = sizes;
      return { channels, height, width, values };
    });
  }

  /** Runs when those before are through; rejects as well when the device is lost. */
  #next<Result>(run: () => Promise<Result>): Promise<Result> {
    const result = this.#tail.then(() => this.#life.hold(run()));
    this.#tail = result.catch(() => {});
    return result;
  }

  async #outputs(
    pixels: Float32Array<ArrayBuffer>,
    names: readonly string[],
  ): Promise<{ readonly values: Float32Array<ArrayBuffer>; readonly sizes: readonly number[] }[]> {
    const { input } = this.#manifest;
    const tensor = new this.#ort.Tensor('float32', pixels, [1, 3, input.size, input.size]);
    try {
      const results = await this.#session.run({ [input.name]: tensor }, names);
      return names.map((name) => {
        const output = results[name];
        if (!output || !(output.data instanceof Float32Array)) {
          throw new Error(`The model's output "${name}" is ${output?.type ?? 'missing'}; expected float32.`);
        }
        // A copy: the runtime may use its memory again.
        const values = new Float32Array(output.data);
        const sizes = [...output.dims];
        output.dispose();
        return { values, sizes };
      });
    } finally {
      tensor.dispose();
    }
  }
}
