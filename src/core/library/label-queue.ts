import { isBlank, readUnitVector, recordBytes } from '../index/stored-vectors.ts';
import { seededUniform } from '../learning/random.ts';
import type { GroupTruth } from '../learning/truth.ts';
import { PRESENT, RULED_OUT, UNKNOWN } from '../learning/truth.ts';
import { diversePhotos, likelyWrong, mostUseful, uncertainty } from '../learning/useful-photos.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { columnGroups, type LabelSet } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { outputLabels, standIns } from './head-labels.ts';
import { eachScored } from './head-tags.ts';
import { labelledPhotos, truthReader } from './label-figures.ts';
import type { LabelMatrix } from './label-matrix.ts';
import { vectorsOf } from './lesson.ts';
import type { ContentId, PhotoId } from './photo.ts';
import type { StoredModel } from './stored-rows.ts';
import type { StoredHead } from './teaching-ports.ts';

/**
 * Which photos to ask about next: those that the head knows least about, such that also differ from each other and from
 * what is labelled, or those whose labels are likely wrong.
 */
export type QueueOrder = 'uncertain' | 'diverse' | 'wrong';

/** Of the most uncertain ones, so many are looked at for differing ones. */
const mostCandidates = 2000;
const mostLabelled = 300;
const chunksPerBreath = 32;

/** Photos that still have something to be said in the set, with how little is known of each, 0..1. */
interface Open {
  readonly photo: PhotoId;
  readonly content: ContentId;
  readonly worth: number;
}

/** Most useful first; empty: nothing is left to ask. */
export async function labelQueue(
  catalogue: Catalogue,
  clock: Clock,
  set: LabelSet,
  model: StoredModel,
  head: StoredHead | null,
  order: 'uncertain' | 'diverse',
  count: number,
): Promise<Uint32Array<ArrayBuffer>> {
  const open = await openPhotos(catalogue, clock, set, model, head);
  const worths = Float64Array.from(open, ({ worth }) => worth);
  const best = Array.from(mostUseful(worths, order === 'diverse' ? mostCandidates : count), (n) => open[n]!);
  if (order === 'uncertain') return Uint32Array.from(best, ({ photo }) => photo);
  const labelled = labelledContents(catalogue, set);
  const vectors = await vectorsOf(catalogue, model, [...best.map(({ content }) => content), ...labelled]);
  const candidates = best.filter(({ content }) => vectors.has(content));
  const contents = [
    ...candidates.map(({ content }) => content),
    ...labelled.filter((content) => vectors.has(content)),
  ];
  const dims = vectors.values().next().value?.length ?? 0;
  const embeddings = new Float32Array(contents.length * dims);
  contents.forEach((content, n) => {
    embeddings.set(vectors.get(content)!, n * dims);
  });
  const rows = Uint32Array.from(contents, (_, n) => n);
  const chosen = diversePhotos(
    embeddings,
    dims,
    Float64Array.from(contents, (_, n) => candidates[n]?.worth ?? 0),
    rows.subarray(0, candidates.length),
    rows.subarray(candidates.length),
    count,
  );
  return Uint32Array.from(chosen, (n) => candidates[n]!.photo);
}

/** Of photos of which something is said in the set, the latest ones. */
function labelledContents(catalogue: Catalogue, set: LabelSet): ContentId[] {
  const read = truthReader(catalogue, set.id, columnGroups(set));
  const truth = new Int8Array(set.labels.length);
  return labelledPhotos(catalogue, set.id)
    .filter((photo) => read(photo, truth))
    .slice(-mostLabelled)
    .flatMap((photo) => catalogue.table.contentOf(photo) ?? []);
}

/** Photos whose labels a head that never saw them doubts most. */
export function doubtfulPhotos(matrix: LabelMatrix, count: number): Uint32Array<ArrayBuffer> {
  const { groups, photos, truth, scores, heldOut, labels } = matrix;
  let first = 0;
  const said = groups.map(({ name, exclusive, labels: own }): GroupTruth => {
    const start = first;
    first += own.length;
    const at = (row: number, c: number) => truth[row * labels.length + start + c];
    const value = (row: number) => {
      if (heldOut[row] !== 1) return UNKNOWN;
      if (exclusive) return own.findIndex((_, c) => at(row, c) === 1);
      return at(row, 0) === 1 ? PRESENT : at(row, 0) === 0 ? RULED_OUT : UNKNOWN;
    };
    const values = Int16Array.from(photos, (_, row) => value(row));
    return { name, activation: exclusive ? 'softmax' : 'sigmoid', labels: own.map(String), values };
  });
  return Uint32Array.from(mostUseful(likelyWrong(said, Float64Array.from(scores)), count), (n) => photos[n]!);
}

async function openPhotos(
  catalogue: Catalogue,
  clock: Clock,
  set: LabelSet,
  model: StoredModel,
  head: StoredHead | null,
): Promise<Open[]> {
  const { store, table } = catalogue;
  const groups = columnGroups(set);
  const read = truthReader(catalogue, set.id, groups);
  const truth = new Int8Array(set.labels.length);
  const columns = groups.flatMap(({ labels }) => labels);
  /** Columns of the set's groups, and of the head's: a label that is gone is none. */
  const own = groups.map(({ labels }) => labels.map((label) => columns.indexOf(label)));
  const into = head === null ? null : standIns(catalogue, set, outputLabels(head.head));
  const asked = (head?.head.groups ?? []).map(({ labels }) =>
    labels.flatMap((label) => {
      const there = into!.get(Number(label) as LabelNumber);
      return there === undefined ? [] : [columns.indexOf(there)];
    }),
  );
  /** Nothing is left to say where one of several is there, or of each is known that it is not. */
  const isKnown = (group: readonly number[]) =>
    group.some((c) => truth[c] === 1) || group.every((c) => truth[c] === 0);
  const isOpen = (photo: PhotoId) => {
    if (table.columns.removedAt[photo] !== 0) return false;
    read(photo, truth);
    return !own.every(isKnown);
  };
  const random = seededUniform(set.id);
  const open: Open[] = [];
  let chunks = 0;
  await store.eachVectorChunk(model.key, async ({ firstContent, rows, dim, records }) => {
    const size = recordBytes(dim);
    const found: { photo: PhotoId; content: ContentId; row: number }[] = [];
    for (let row = 0; row < rows; row++) {
      if (isBlank(records, row * size)) continue;
      const content = (firstContent + row) as ContentId;
      const photo = table.photosOf(content).find((id) => table.columns.model[id] === model.number);
      if (photo !== undefined && isOpen(photo)) found.push({ photo, content, row });
    }
    const embeddings = new Float32Array(found.length * dim);
    found.forEach(({ row }, n) => {
      readUnitVector(records, row * size, dim, embeddings, n * dim);
    });
    if (head === null) {
      // Nothing is known of any: in an order of its own, always the same.
      for (const { photo, content } of found) open.push({ photo, content, worth: 0.5 + random() / 2 });
    } else if (found.length > 0) {
      eachScored(head.head, embeddings, (n, probabilities) => {
        const { photo, content } = found[n]!;
        read(photo, truth);
        const worth = uncertainty(head.head.groups, probabilities, 0, (g) => isKnown(asked[g]!));
        open.push({ photo, content, worth: Math.max(1e-6, worth) });
      });
    }
    if (++chunks % chunksPerBreath === 0) await clock.breathe();
    return true;
  });
  return open;
}
