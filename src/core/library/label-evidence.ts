import type { TaughtHead } from '../learning/head.ts';
import { linearLabel } from '../learning/linear-label.ts';
import { nearlyCarried } from '../search/propose-region.ts';
import { evidenceMap, type FeatureMap, headLogits, headOnFeatures } from '../tagging/evidence-map.ts';
import type { LabelNumber } from '../tagging/label.ts';
import type { Catalogue } from './catalogue.ts';
import type { FileBytes } from './file-handle.ts';
import type { Embedder, EmbedLimits, ModelWeights } from './model-ports.ts';
import { type Failure, modelKeyText, type PhotoId } from './photo.ts';

/** Why a label: where in the picture what speaks for it, and what against. */
export interface LabelEvidence {
  /** Cells of the picture's centre square. */
  readonly height: number;
  readonly width: number;
  /** [height][width] in logits; their mean is the label's logit (beyond its rivals', see `linearLabel`). */
  readonly evidence: Float32Array<ArrayBuffer>;
  /** Logit from which the label is given. */
  readonly threshold: number;
}

export interface EvidenceParts {
  readonly catalogue: Catalogue;
  readonly embedder: Embedder;
  readonly weights: ModelWeights;
  /** The head of the label's set, by the model in use; null for labels that are not taught. */
  readonly taught: (label: LabelNumber) => TaughtHead | null;
  readonly limits: () => EmbedLimits;
  readonly open: (id: PhotoId) => Promise<FileBytes | Failure>;
}

const unavailable: Failure = { code: 'model-unavailable' };

/** Evidence for one of a picture's labels. */
export interface EvidenceOf extends LabelEvidence {
  readonly label: LabelNumber;
}

/** Answers where a label comes from; the map of the photo asked about last is kept, so that labels can be gone through. */
export class Evidence {
  readonly #parts: EvidenceParts;
  #last: { readonly id: PhotoId; readonly model: string; readonly map: FeatureMap } | null = null;

  constructor(parts: EvidenceParts) {
    this.#parts = parts;
  }

  async of(id: PhotoId, label: LabelNumber): Promise<LabelEvidence | Failure> {
    const { catalogue, weights, taught } = this.#parts;
    const found = await this.#map(id);
    if ('code' in found) return found;
    const { map } = found;
    const size = { height: map.height, width: map.width };
    const model = catalogue.models.find(({ key }) => modelKeyText(key) === found.model);
    if (model === undefined) return unavailable;
    const own = taught(label);
    const linear = own === null ? null : linearLabel(own, String(label));
    if (own !== null && linear !== null) {
      const projection = await weights.projection(model.key);
      if (projection === null || modelKeyText(own.backbone) !== found.model) return unavailable;
      const head = headOnFeatures(map, projection, linear.weights, linear.bias);
      return { ...size, evidence: evidenceMap(map, head, 0), threshold: linear.threshold };
    }
    const head = model.labels.indexOf(label);
    const heads = head === -1 ? null : await weights.heads(model.key);
    if (heads === null) return unavailable;
    return {
      ...size,
      evidence: evidenceMap(map, heads, head),
      threshold: logitOf(model.thresholds[head]!),
    };
  }

  /**
   * Of a picture from outside: evidence for the labels of the model that it carries, strongest first, at most `count`; of one
   * that carries none, for the few that it carries most nearly.
   */
  async strongest(bytes: FileBytes, count: number): Promise<readonly EvidenceOf[] | Failure> {
    const { catalogue, embedder, limits, weights } = this.#parts;
    const mapped = await embedder.map(bytes, limits());
    if (!mapped.ok) return mapped.failure;
    const { map } = mapped;
    const model = catalogue.modelByKey(mapped.model);
    const heads = model === null ? null : await weights.heads(model.key);
    if (model === null || heads === null) return unavailable;
    const ordered = [...headLogits(map, heads)]
      .map((logit, head) => ({ logit, head, threshold: logitOf(model.thresholds[head]!) }))
      .sort((a, b) => b.logit - a.logit);
    const carried = ordered.filter(({ logit, threshold }) => logit >= threshold);
    return (carried.length > 0 ? carried : ordered.slice(0, nearlyCarried))
      .slice(0, count)
      .map(({ head, threshold }) => ({
        label: model.labels[head]!,
        height: map.height,
        width: map.width,
        evidence: evidenceMap(map, heads, head),
        threshold,
      }));
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

function logitOf(probability: number): number {
  return Math.log(probability / (1 - probability));
}
