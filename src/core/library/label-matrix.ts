import { outputsOf } from '../learning/head.ts';
import { isFar } from '../learning/refusal.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { builtInSet, type LabelColumnGroup, sideOf } from '../tagging/label-set.ts';
import { byteToScore } from '../tagging/score-codec.ts';
import type { Catalogue } from './catalogue.ts';
import { headLabels, scoreOf } from './head-labels.ts';
import { eachScored } from './head-tags.ts';
import { groupsOfSet, labelledPhotos, truthReader } from './label-figures.ts';
import { vectorsOf } from './lesson.ts';
import type { NearTaught } from './near-taught.ts';
import type { ContentId, PhotoId } from './photo.ts';
import type { StoredModel } from './stored-rows.ts';
import { rowOfPhoto, type StoredHead } from './teaching-ports.ts';

/**
 * All that is known of the photos of a set, and what is guessed of them: rows are photos of which anything is said,
 * columns the labels of `groups`, one after another.
 */
export interface LabelMatrix {
  readonly set: number;
  readonly groups: readonly LabelColumnGroup[];
  /** [columns] */
  readonly labels: readonly LabelNumber[];
  /** [rows]: photo ids, ascending. */
  readonly photos: Uint32Array<ArrayBuffer>;
  /** [rows][columns], row-major: 1 there, 0 known not to be there, -1 nobody has said. */
  readonly truth: Int8Array<ArrayBuffer>;
  /** [rows][columns], row-major: 0..1; NaN where there is none. */
  readonly scores: Float32Array<ArrayBuffer>;
  /**
   * [rows]: 1 where the scores are by a model that was not taught on the photo: the built-in one, or out of fold. A label that
   * no other fold could teach has NaN there.
   */
  readonly heldOut: Uint8Array<ArrayBuffer>;
  /** [rows]: 0 no side of the person's split, 1 train, 2 validation. */
  readonly sides: Uint8Array<ArrayBuffer>;
  /** [columns]: from which score on the label counts as there; NaN: none (of a group the highest counts). */
  readonly thresholds: Float32Array<ArrayBuffer>;
  /** Below it the likeliest label of a group is refused ("none of these"); 0: never. */
  readonly leastProbability: number;
  /** [rows]: 1 where the head refuses the photo whatever the probability, being far from all that it was taught. */
  readonly far: Uint8Array<ArrayBuffer>;
}

/**
 * @param head of the set, by that model; null: it is not taught
 * @param near tells which of the photos that were labelled since it has as good as seen
 * @returns null where there is no such set
 */
export async function labelMatrix(
  catalogue: Catalogue,
  set: number,
  model: StoredModel | null,
  head: StoredHead | null,
  near: Pick<NearTaught, 'among'>,
): Promise<LabelMatrix | null> {
  const groups = groupsOfSet(catalogue, set);
  if (groups === null) return null;
  const labels = groups.flatMap((group) => group.labels);
  const read = truthReader(catalogue, set, groups);
  const one = new Int8Array(labels.length);
  const photos = labelledPhotos(catalogue, set).filter((photo) => read(photo, one));
  const truth = new Int8Array(photos.length * labels.length);
  photos.forEach((photo, row) => {
    read(photo, truth.subarray(row * labels.length, (row + 1) * labels.length));
  });
  const thresholds = labels.map((label) => catalogue.labels.get(label)?.threshold ?? Number.NaN);
  const matrix: LabelMatrix = {
    set,
    groups,
    labels,
    photos: Uint32Array.from(photos),
    truth,
    scores: new Float32Array(photos.length * labels.length).fill(Number.NaN),
    heldOut: new Uint8Array(photos.length),
    sides: Uint8Array.from(photos, (photo) => {
      const side = sideOf(catalogue.marks.get(set, photo));
      return side === null ? 0 : side === 'train' ? 1 : 2;
    }),
    thresholds: Float32Array.from(thresholds),
    leastProbability: head?.head.refusal?.minimumProbability ?? 0,
    far: new Uint8Array(photos.length),
  };
  if (head !== null && model !== null) await fillHeadScores(catalogue, matrix, photos, model, head, near);
  if (set === builtInSet && model !== null) await fillModelScores(catalogue, matrix, photos, model);
  return matrix;
}

/** Scores of a head: those of models that never saw the photo where there are such, else the head's own. */
async function fillHeadScores(
  catalogue: Catalogue,
  { labels, scores, heldOut, far }: LabelMatrix,
  photos: readonly PhotoId[],
  model: StoredModel,
  stored: StoredHead,
  near: Pick<NearTaught, 'among'>,
): Promise<void> {
  const { head } = stored;
  const { refusal } = head;
  const width = outputsOf(head.groups);
  const own = headLabels(catalogue, catalogue.labelSet(stored.set)!, head);
  const columns = own.map(({ label }) => labels.indexOf(label));
  const fill = (row: number, from: ArrayLike<number>) => {
    for (const [n, column] of columns.entries())
      scores[row * labels.length + column] = scoreOf(own[n]!, head, from);
  };
  const rest: { row: number; content: ContentId }[] = [];
  const taughtOn: { row: number; content: ContentId }[] = [];
  photos.forEach((photo, row) => {
    const content = catalogue.table.contentOf(photo);
    const taught = rowOfPhoto(stored, photo);
    const heldOutScores = taught < 0 ? null : stored.heldOut.subarray(taught * width, (taught + 1) * width);
    if (heldOutScores?.some((score) => !Number.isNaN(score))) {
      fill(row, heldOutScores);
      heldOut[row] = 1;
      if (refusal !== null && content !== null) taughtOn.push({ row, content });
      return;
    }
    if (content !== null && catalogue.table.columns.model[photo] === model.number)
      rest.push({ row, content });
  });
  const vectors = await vectorsOf(
    catalogue,
    model,
    [...rest, ...taughtOn].map(({ content }) => content),
  );
  if (refusal !== null) {
    for (const [photos, isOwn] of [
      [rest, false],
      [taughtOn, true],
    ] as const) {
      for (const { row, content } of photos) {
        const vector = vectors.get(content);
        if (vector !== undefined && isFar(refusal, vector, isOwn)) far[row] = 1;
      }
    }
  }
  const known = rest.filter(({ content }) => vectors.has(content));
  const embeddings = new Float32Array(known.length * head.dims);
  known.forEach(({ content }, n) => {
    embeddings.set(vectors.get(content)!, n * head.dims);
  });
  const seen = new Set(Array.from(stored.photos, (photo) => contentIn(catalogue, photo)));
  // It was not taught on what was said later, unless that is a copy of what it was taught on, or nearly one.
  const late = known.filter(({ row, content }) => rowOfPhoto(stored, photos[row]!) < 0 && !seen.has(content));
  const alike = await near.among(
    stored,
    model,
    late.map(({ content }) => content),
  );
  for (const { row, content } of late) if (!alike.has(content)) heldOut[row] = 1;
  eachScored(head, embeddings, (n, probabilities) => fill(known[n]!.row, probabilities));
}

const contentIn = ({ table }: Catalogue, photo: number) =>
  table.has(photo) ? table.contentOf(photo as PhotoId) : null;

/** Stored scores of a model, a byte each. */
async function fillModelScores(
  { store, table }: Catalogue,
  { labels, scores, heldOut }: LabelMatrix,
  photos: readonly PhotoId[],
  model: StoredModel,
): Promise<void> {
  const rows = new Map<ContentId, number[]>();
  photos.forEach((photo, row) => {
    const content = table.contentOf(photo);
    if (content === null || table.columns.model[photo] !== model.number) return;
    const known = rows.get(content);
    if (known === undefined) rows.set(content, [row]);
    else known.push(row);
  });
  const position = new Map(model.labels.map((label, i) => [label, i]));
  const columns = labels.map((label) => position.get(label) ?? -1);
  const width = model.labels.length;
  await store.eachScoreChunk(model.key, async (chunk) => {
    for (let r = 0; r < chunk.rows; r++) {
      for (const row of rows.get((chunk.firstContent + r) as ContentId) ?? []) {
        heldOut[row] = 1;
        columns.forEach((from, c) => {
          if (from >= 0) scores[row * columns.length + c] = byteToScore(chunk.scores[r * width + from]!);
        });
      }
    }
    return true;
  });
}
