import { signatureBytes } from '../image/signature.ts';
import { type GroupTruth, PRESENT, RULED_OUT, UNKNOWN } from '../learning/truth.ts';
import { columnGroups, type LabelSet, sideOf } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import { labelledPhotos, truthReader } from './label-figures.ts';
import type { ContentId, PhotoId } from './photo.ts';
import type { SignatureSource } from './signatures.ts';
import type { StoredModel } from './stored-rows.ts';
import type { NothingToTeach } from './teaching-answers.ts';

/** Contents whose vectors are read at once. */
const contentsPerRead = 512;

/** The labelled photos of a set that a model has seen, and what is known of them. */
export interface GatheredLesson {
  /** Ascending. */
  readonly photos: readonly PhotoId[];
  /** [photos][dims], row-major. */
  readonly embeddings: Float32Array<ArrayBuffer>;
  readonly dims: number;
  /** Labels by number, as texts; groups that have nothing to tell apart are left out. */
  readonly groups: readonly GroupTruth[];
  readonly contents: Uint32Array<ArrayBuffer>;
  /** [photos][signatureBytes], zeros where there is none (yet); see [Note: Photo signature]. */
  readonly signatures: Uint8Array<ArrayBuffer>;
  /** [photos]: 1 where a photo judges; null: the person has not split the photos. */
  readonly validation: Uint8Array<ArrayBuffer> | null;
}

/** Null: no labelled photo has a vector of the model. */
export async function gatherLesson(
  catalogue: Catalogue,
  set: LabelSet,
  model: StoredModel,
  looks: SignatureSource,
): Promise<GatheredLesson | null> {
  const { table } = catalogue;
  const columns = columnGroups(set);
  const read = truthReader(catalogue, set.id, columns);
  const outputs = columns.reduce((sum, { labels }) => sum + labels.length, 0);
  const own = new Int8Array(outputs);
  const candidates = labelledPhotos(catalogue, set.id).flatMap((photo) => {
    const content = table.contentOf(photo);
    const seen = content !== null && table.columns.model[photo] === model.number;
    return seen && read(photo, own) ? [{ photo, content }] : [];
  });
  const vectors = await vectorsOf(
    catalogue,
    model,
    candidates.map(({ content }) => content),
  );
  await looks.load();
  const known = candidates.filter(({ content, photo }) => vectors.has(content) && table.has(photo));
  const dims = vectors.values().next().value?.length ?? 0;
  if (known.length === 0) return null;
  const embeddings = new Float32Array(known.length * dims);
  const signatures = new Uint8Array(known.length * signatureBytes);
  const truth = new Int8Array(known.length * outputs);
  known.forEach(({ photo, content }, row) => {
    const own = looks.of(content);
    if (own !== null) signatures.set(own, row * signatureBytes);
    embeddings.set(vectors.get(content)!, row * dims);
    read(photo, truth.subarray(row * outputs, (row + 1) * outputs));
  });
  let first = 0;
  const groups = columns.flatMap(({ name, exclusive, labels }): GroupTruth[] => {
    const start = first;
    first += labels.length;
    if (labels.length === 0 || (exclusive && labels.length < 2)) return [];
    const at = (row: number, c: number) => truth[row * outputs + start + c];
    const value = (row: number) => {
      if (exclusive) return labels.findIndex((_, c) => at(row, c) === 1);
      return at(row, 0) === 1 ? PRESENT : at(row, 0) === 0 ? RULED_OUT : UNKNOWN;
    };
    return [
      {
        name,
        activation: exclusive ? 'softmax' : 'sigmoid',
        labels: labels.map(String),
        values: Int16Array.from(known, (_, row) => value(row)),
      },
    ];
  });
  const sides = known.map(({ photo }) => sideOf(catalogue.marks.get(set.id, photo)));
  const isSplit = sides.includes('validation');
  return {
    photos: known.map(({ photo }) => photo),
    embeddings,
    dims,
    groups,
    contents: Uint32Array.from(known, ({ content }) => content),
    signatures,
    validation: isSplit ? Uint8Array.from(sides, (side) => (side === 'validation' ? 1 : 0)) : null,
  };
}

/** Unit vectors of contents, those that there are. */
export async function vectorsOf(
  { store }: Catalogue,
  model: StoredModel,
  contents: readonly ContentId[],
): Promise<Map<ContentId, Float32Array>> {
  const wanted = [...new Set(contents)];
  const vectors = new Map<ContentId, Float32Array>();
  for (let start = 0; start < wanted.length; start += contentsPerRead) {
    const part = wanted.slice(start, start + contentsPerRead);
    const found = await store.vectors(model.key, part);
    part.forEach((content, i) => {
      const vector = found[i];
      if (vector) vectors.set(content, vector);
    });
  }
  return vectors;
}

/** Why there is nothing to teach; null: there is. @param labelled photos of which anything is said */
export function lackingIn(lesson: GatheredLesson | null, labelled: number): NothingToTeach | null {
  if (lesson === null) return labelled > 0 ? 'not-processed' : 'nothing-labelled';
  if (lesson.groups.length === 0) return 'one-label';
  return lesson.validation?.every((judges) => judges === 1) === true ? 'all-judge' : null;
}
