import { carriedTags, type TaggedPhoto } from '../export/tagged-photo.ts';
import { faissFromSealed, sealedFromFaiss } from '../index/faiss-bridge.ts';
import { FaissFileError } from '../index/faiss-bytes.ts';
import type { LiveIndex } from '../index/live-index.ts';
import { readFaiss } from '../index/read-faiss.ts';
import type { SealedPart } from '../index/sealed-part.ts';
import { readUnitVector, recordBytes } from '../index/stored-vectors.ts';
import { jsonLines, npyHeader, writeFvecs } from '../index/vector-files.ts';
import { wholePart } from '../index/whole-part.ts';
import { writeFaiss } from '../index/write-faiss.ts';
import type { Clock } from './clock.ts';
import type { ContentId, ModelKey } from './photo.ts';
import type { PhotoStore } from './photo-store.ts';

/**
 * What carries a library elsewhere (INTEROP.md): an index that Faiss opens, the vectors, and what each of them is. The ids
 * in the index and in the lines are those of contents; vectors and lines come in the order of the ids.
 */
export type IndexFileKind = 'faiss' | 'npy' | 'fvecs' | 'lines';

export type OpenedFaiss =
  /** `pictures`: in the file; those that the library does not have are left out, those that it lacks are added. */
  | { readonly kind: 'opened'; readonly pictures: number }
  /** `why`: what was found and what was expected. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'building' | 'nothing' };

/** The index in a file of Faiss. @throws FaissFileError when it is none, or not one of vectors of `dim` components */
export function faissPart(bytes: Uint8Array, dim: number): SealedPart {
  const part = sealedFromFaiss(readFaiss(bytes));
  const { dims, metric } = part.trained;
  if (dims !== dim || metric !== 'product') {
    throw new FaissFileError(`vectors of ${dims} components by ${metric}; expected ${dim} by product`);
  }
  return part;
}

/** Lists that Faiss visits unless it is told otherwise. */
const faissProbes = 32;

/** @returns the pieces of the file; null when there are no vectors */
export async function indexFile(
  kind: 'faiss' | 'npy' | 'fvecs',
  live: LiveIndex,
  contents: readonly ContentId[],
  model: ModelKey,
  store: Pick<PhotoStore, 'eachVectorChunk'>,
  clock: Clock,
): Promise<Uint8Array<ArrayBuffer>[] | null> {
  if (contents.length === 0) return null;
  if (kind === 'faiss') {
    const steps = wholePart(live);
    for (;;) {
      const step = steps.next();
      if (step.done)
        return step.value === null ? null : [writeFaiss(faissFromSealed(step.value, faissProbes))];
      await clock.breathe();
    }
  }
  const { dim } = live;
  const pieces = kind === 'npy' ? [npyHeader(contents.length, dim)] : [];
  const put = (vectors: Float32Array<ArrayBuffer>) =>
    pieces.push(
      kind === 'npy'
        ? new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength)
        : writeFvecs(vectors, dim),
    );
  let next = 0;
  await store.eachVectorChunk(model, async ({ firstContent, rows, dim: found, records }) => {
    if (found !== dim) return true;
    let end = next;
    while (end < contents.length && contents[end]! < firstContent + rows) end++;
    const vectors = new Float32Array((end - next) * dim);
    for (let n = next; n < end; n++) {
      // A vector that was lost stays zeros: the order is that of the lines.
      const row = contents[n]! - firstContent;
      if (row >= 0) readUnitVector(records, row * recordBytes(dim), dim, vectors, (n - next) * dim);
    }
    next = end;
    if (vectors.length > 0) put(vectors);
    await clock.breathe();
    return true;
  });
  if (next < contents.length) put(new Float32Array((contents.length - next) * dim));
  return pieces;
}

/** A line for each content: the photos of one picture share it, and go by the name of the first. */
export function* indexLines(
  contents: readonly ContentId[],
  photosOf: (content: ContentId) => readonly TaggedPhoto[],
): Generator<string> {
  for (const content of contents) {
    const photos = photosOf(content);
    const tags = new Set(photos.flatMap((photo) => carriedTags(photo).map(({ name }) => name)));
    const name = photos[0]?.path ?? photos[0]?.name ?? '';
    yield jsonLines([{ id: content, name, tags: [...tags] }]);
  }
}
