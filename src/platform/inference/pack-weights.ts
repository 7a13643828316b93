import { type ModelKey, modelKeyText } from '../../core/library/photo.ts';
import type { ModelWeights } from '../../core/library/ports.ts';
import type { LinearHeads } from '../../core/tagging/evidence-map.ts';
import type { ModelStore } from './model-store.ts';
import type { PackManifest } from './pack-manifest.ts';

/** The weights of the pack in use, read when somebody asks why. */
export class PackWeights implements ModelWeights {
  readonly #store: Pick<ModelStore, 'file'>;
  #pack: { readonly manifest: PackManifest; heads: Promise<LinearHeads | null> | null } | null = null;

  constructor(store: Pick<ModelStore, 'file'>) {
    this.#store = store;
  }

  use(manifest: PackManifest): void {
    this.#pack = { manifest, heads: null };
  }

  async heads(model: ModelKey): Promise<LinearHeads | null> {
    const pack = this.#pack;
    if (pack === null || modelKeyText(pack.manifest) !== modelKeyText(model)) return null;
    pack.heads ??= this.#read(pack.manifest);
    const heads = await pack.heads;
    // What could not be had may be there the next time.
    if (heads === null) pack.heads = null;
    return heads;
  }

  /** heads.bin: little-endian float32 W [labels][channels], then b [labels]. */
  async #read({ heads, outputs }: PackManifest): Promise<LinearHeads | null> {
    const file = await this.#store.file(heads);
    if (!file.ok) return null;
    const { channels } = outputs.map;
    const labels = heads.bytes / (4 * (channels + 1));
    if (!Number.isInteger(labels)) return null;
    const values = new Float32Array(file.value);
    return {
      channels,
      weights: values.subarray(0, labels * channels),
      biases: values.subarray(labels * channels),
    };
  }
}
