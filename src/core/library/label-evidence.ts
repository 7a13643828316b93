import { evidenceMap, type FeatureMap } from '../tagging/evidence-map.ts';
import type { LabelNumber } from '../tagging/label.ts';
import type { Catalogue } from './catalogue.ts';
import { type Failure, modelKeyText, type PhotoId } from './photo.ts';
import type { Embedder, EmbedLimits, FileBytes, ModelWeights } from './ports.ts';

/** Why a label: where in the picture what speaks for it, and what against. */
export interface LabelEvidence {
  /** Cells of the picture's centre square. */
  readonly height: number;
  readonly width: number;
  /** [height][width] in logits; their mean is the label's logit. */
  readonly evidence: Float32Array<ArrayBuffer>;
  /** Logit from which the label is given. */
  readonly threshold: number;
}

export interface EvidenceParts {
  readonly catalogue: Catalogue;
  readonly embedder: Embedder;
  readonly weights: ModelWeights;
  readonly limits: () => EmbedLimits;
  readonly open: (id: PhotoId) => Promise<FileBytes | Failure>;
}

/** Answers where a label comes from; the map of the photo asked about last is kept, so that labels can be gone through. */
export class Evidence {
  readonly #parts: EvidenceParts;
  #last: { readonly id: PhotoId; readonly model: string; readonly map: FeatureMap } | null = null;

  constructor(parts: EvidenceParts) {
    this.#parts = parts;
  }

  async of(id: PhotoId, label: LabelNumber): Promise<LabelEvidence | Failure> {
    const { catalogue, weights } = this.#parts;
    const found = await this.#map(id);
    if ('code' in found) return found;
    const model = catalogue.models.find(({ key }) => modelKeyText(key) === found.model);
    const head = model?.labels.indexOf(label) ?? -1;
    if (model === undefined || head === -1) return { code: 'model-unavailable' };
    const heads = await weights.heads(model.key);
    if (heads === null) return { code: 'model-unavailable' };
    const threshold = model.thresholds[head]!;
    return {
      height: found.map.height,
      width: found.map.width,
      evidence: evidenceMap(found.map, heads, head),
      threshold: Math.log(threshold / (1 - threshold)),
    };
  }

  async #map(id: PhotoId): Promise<{ readonly model: string; readonly map: FeatureMap } | Failure> {
    if (this.#last?.id === id) return this.#last;
    const { embedder, limits, open } = this.#parts;
    const bytes = await open(id);
    if ('code' in bytes) return bytes;
    const mapped = await embedder.map(bytes, limits());
    if (!mapped.ok) return mapped.failure;
    const found = { id, model: modelKeyText(mapped.model), map: mapped.map };
    this.#last = found;
    return found;
  }
}
