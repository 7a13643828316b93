import { CoarseQuantiser } from './coarse-quantiser.ts';
import { parseFactory } from './factory-string.ts';
import { layoutSections, type Refusal, RefusedSnapshot, readSections } from './snapshot-layout.ts';
import {
  asciiJson,
  isTransformShape,
  SectionReader,
  SectionWriter,
  sectionKinds,
  type TransformShape,
  transformShape,
} from './snapshot-sections.ts';
import type { TrainedSoFar, TrainOptions } from './train-index.ts';

/** What a training is made of: one that is alike in all of this finds the same. */
export interface TrainingIdentity {
  readonly factory: string;
  /** Which model made the vectors. */
  readonly model: string;
  readonly dims: number;
  readonly options: TrainOptions;
  readonly vectors: { readonly count: number; readonly checksum: number };
}

/** The training section, as JSON. */
interface TrainingParameters {
  readonly identity: TrainingIdentity;
  readonly transform: TransformShape | null;
  readonly lists: boolean;
}

/** What finished phases of a training have found, in the container of a snapshot (FORMAT.md). */
export function writeTraining(soFar: TrainedSoFar, identity: TrainingIdentity): ArrayBuffer {
  const { transform, coarse } = soFar;
  const parameters: TrainingParameters = {
    identity,
    transform: transformShape(transform),
    lists: coarse !== null,
  };
  const sections = new SectionWriter();
  sections.put(sectionKinds.training, asciiJson(parameters));
  sections.put(sectionKinds.transformMatrix, transform?.matrix.packed);
  sections.put(sectionKinds.transformBias, transform?.bias);
  sections.put(sectionKinds.centroids, coarse?.centroids);
  return layoutSections(sections.sections);
}

export type OpenedTraining =
  | { readonly kind: 'opened'; readonly training: TrainedSoFar }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * The inverse of `writeTraining`. What is damaged, or belongs to a training of anything else (another description, model,
 * options or vectors), is refused.
 */
export function openTraining(buffer: ArrayBuffer, identity: TrainingIdentity): OpenedTraining {
  try {
    return { kind: 'opened', training: readTraining(new SectionReader(readSections(buffer)), identity) };
  } catch (error) {
    if (error instanceof RefusedSnapshot) return { kind: 'refused', refusal: error.refusal };
    throw error;
  }
}

function readTraining(sections: SectionReader, identity: TrainingIdentity): TrainedSoFar {
  const { text, value } = sections.json(sectionKinds.training);
  const p = value as Partial<TrainingParameters> | null;
  const found = JSON.stringify(p?.identity ?? null);
  const expected = JSON.stringify(identity);
  if (found !== expected) {
    throw new RefusedSnapshot('other-training', `a training of ${found}; expected ${expected}`);
  }
  const { transform, lists } = p!;
  const spec = parseFactory(identity.factory);
  const fits =
    (transform === null || (isTransformShape(transform) && transform.outDims === spec.transform?.dims)) &&
    (lists === false ||
      (lists === true && spec.lists > 0 && (transform !== null) === (spec.transform !== null)));
  if (!fits) throw new RefusedSnapshot('damaged', `a training that does not fit: ${text.slice(0, 200)}`);
  const axes = transform === null ? null : sections.transform(transform!, identity.dims);
  const inner = spec.transform?.dims ?? identity.dims;
  const coarse = lists
    ? new CoarseQuantiser(
        sections.floats(sectionKinds.centroids, spec.lists * inner),
        spec.lists,
        inner,
        'distance',
      )
    : null;
  return { transform: axes, coarse };
}
