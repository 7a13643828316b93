import { wordsOf } from '../../core/error-words.ts';
import type { BackendRefusalCode } from '../../protocol/inference.ts';

export type AdapterVerdict =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly refusal: BackendRefusalCode; readonly detail: string };

/** What an adapter tells about itself, as far as we ask. */
export type AdapterFacts = Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'> & {
  readonly isFallbackAdapter?: boolean;
};

const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bwarp\b|\bcpu\b/i;

/** Emulations on the CPU: they work, but always slower than WASM. */
export function isSoftware(adapter: AdapterFacts): boolean {
  return adapter.isFallbackAdapter === true || softwareNames.test(nameOf(adapter));
}

export function nameOf(adapter: AdapterFacts): string {
  const words = [adapter.vendor, adapter.architecture, adapter.device, adapter.description];
  return words.filter((word) => word !== '').join(' ') || 'unnamed adapter';
}

/** Looks whether there is an adapter that is worth running on. */
export async function judgeAdapter(gpu: GPU | undefined, allowSoftware: boolean): Promise<AdapterVerdict> {
  const refused = (refusal: BackendRefusalCode, detail: string): AdapterVerdict => ({
    ok: false,
    refusal,
    detail,
  });
  if (!gpu) return refused('no-adapter', 'This browser has no WebGPU.');
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return refused('no-adapter', 'The browser offers no WebGPU adapter.');
    const name = nameOf(adapter.info);
    if (!allowSoftware && isSoftware(adapter.info)) return refused('software-adapter', name);
    return { ok: true, name };
  } catch (error) {
    return refused('no-adapter', wordsOf(error));
  }
}
