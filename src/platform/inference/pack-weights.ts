import type { ModelWeights } from '../../core/library/model-ports.ts';
import { type ModelKey, modelKeyText } from '../../core/library/photo.ts';
import type { LinearHeads, Projection } from '../../core/tagging/evidence-map.ts';
import type { ModelStore } from './model-store.ts';
import type { PackFile, PackManifest } from './pack-manifest.ts';

interface Pack {
  readonly manifest: PackManifest;
  heads: Promise<LinearHeads | null> | null;
  projection: Promise<Projection | null> | null;
}

/** The weights of the pack in use, read when somebody asks why. */
export class PackWeights implements ModelWeights {
  readonly #store: Pick<ModelStore, 'file'>;
  #pack: Pack | null = null;

  constructor(store: Pick<ModelStore, 'file'>) {
    this.#store = store;
  }

  use(manifest: PackManifest): void {
    this.#pack = { manifest, heads: null, projection: null };
  }

  /** heads.bin: little-endian float32 W [labels][channels], then b [labels]. */
  async heads(model: ModelKey): Promise<LinearHeads | null> {
    const pack = this.#of(model);
    if (pack === null) return null;
    pack.heads ??= this.#read(pack.manifest.heads, pack.manifest.outputs.map.channels).then(
      (read) => read && { channels: read.channels, weights: read.matrix, biases: read.offset },
    );
    const heads = await pack.heads;
    // What could not be had may be there the next time.
    if (heads === null) pack.heads = null;
    return heads;
  }

  /** projection.bin: little-endian float32 P [dims][channels], then q [dims]. */
  async projection(model: ModelKey): Promise<Projection | null> {
    const pack = this.#of(model);
    if (pack === null) return null;
    pack.projection ??= this.#read(pack.manifest.projection, pack.manifest.outputs.map.channels);
    const projection = await pack.projection;
    if (projection === null) pack.projection = null;
    return projection;
  }

  #of(model: ModelKey): Pack | null {
    const pack = this.#pack;
    return pack !== null && modelKeyText(pack.manifest) === modelKeyText(model) ? pack : null;
  }

  /** A matrix of rows of `channels`, then one value for each row. */
  async #read(file: PackFile, channels: number): Promise<Projection | null> {
    const read = await this.#store.file(file);
    if (!read.ok) return null;
    const rows = file.bytes / (4 * (channels + 1));
    if (!Number.isInteger(rows)) return null;
    const values = new Float32Array(read.value);
    return {
      channels,
      matrix: values.subarray(0, rows * channels),
      offset: values.subarray(rows * channels),
    };
  }
}
