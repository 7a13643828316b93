import runtimeUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';

/** Names the ONNX Runtime build (its URL carries a hash of its content) and the browser. */
export function runtimeName(): string {
  return `${runtimeUrl.slice(runtimeUrl.lastIndexOf('/') + 1)} ${navigator.userAgent}`;
}
