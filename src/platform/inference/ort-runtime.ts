import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { BackendConfig } from '../../protocol/inference.ts';

/** The parts of onnxruntime-web in use; both entry points have them. */
export interface Ort {
  readonly InferenceSession: typeof import('onnxruntime-web/wasm').InferenceSession;
  readonly Tensor: typeof Tensor;
  readonly env: typeof import('onnxruntime-web/wasm').env;
}
export type OrtSession = InferenceSession;

/** Milliseconds that the runtime may take to arrive and compile before we give it up. */
const initTimeout = 240_000;

/**
 * Imports the runtime of a backend, self-hosted, and sets it up; nothing of the other one is fetched. A worker can have
 * one runtime with one number of threads: another configuration takes another worker.
 */
export async function loadRuntime(config: BackendConfig): Promise<Ort> {
  const [ort, mjs, wasm] = await (config.backend === 'webgpu'
    ? Promise.all([
        import('onnxruntime-web/webgpu'),
        import('onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url'),
        import('onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'),
      ])
    : Promise.all([
        import('onnxruntime-web/wasm'),
        import('onnxruntime-web/ort-wasm-simd-threaded.mjs?url'),
        import('onnxruntime-web/ort-wasm-simd-threaded.wasm?url'),
      ]));
  ort.env.wasm.wasmPaths = {
    mjs: new URL(mjs.default, import.meta.url).href,
    wasm: new URL(wasm.default, import.meta.url).href,
  };
  ort.env.wasm.numThreads = config.backend === 'wasm' ? config.threads : 1;
  ort.env.wasm.initTimeout = initTimeout;
  // Warnings, too, arrive at console error level, and "some nodes were not assigned" comes in normal work.
  ort.env.logLevel = 'error';
  return ort;
}
