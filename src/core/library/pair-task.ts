import type { PairColumns } from '../dedup/pair-columns.ts';
import { tiersOfCopies } from '../dedup/tiers.ts';
import { signatureBytes } from '../image/signature.ts';
import { IdBits } from '../index/id-bits.ts';
import { recordBytes, writeVector } from '../index/stored-vectors.ts';
import type { MorePairs, PairTask } from './pair-ports.ts';
import type { PairSorter } from './pair-sorter.ts';
import type { ContentId, ModelKey } from './photo.ts';
import type { PhotoStore } from './photo-store.ts';
import type { PhotoTable } from './photo-table.ts';
import type { Signatures } from './signatures.ts';
import type { StoredModel } from './stored-rows.ts';

/** Contents with results of the model, ascending. */
export function contentsOfModel(table: PhotoTable, model: StoredModel): Uint32Array<ArrayBuffer> {
  const seen = new IdBits();
  const contents: number[] = [];
  for (const id of table.ids()) {
    const content = table.contentOf(id);
    if (content === null || table.columns.model[id] !== model.number || !seen.add(content)) continue;
    contents.push(content);
  }
  return Uint32Array.from(contents).sort();
}

/**
 * What a search for pairs needs to know beside vectors and pictures.
 *
 * @param contents ascending
 * @param fresh of those the ones that are to be compared with all
 * @param pairs that are known
 */
export function pairTask(
  dim: number,
  contents: Uint32Array<ArrayBuffer>,
  fresh: Uint32Array<ArrayBuffer>,
  sorter: Pick<PairSorter, 'timeOf'>,
  signatures: Pick<Signatures, 'of'>,
  pairs: PairColumns,
): PairTask {
  return {
    dim,
    contents,
    fresh,
    times: Float64Array.from(contents, (content) => sorter.timeOf(content)),
    signatures: signaturesOf(contents, signatures),
    known: copiesAmong(pairs),
  };
}

/** Of contents that came in while a search goes on what it needs to know. */
export async function morePairs(
  store: Pick<PhotoStore, 'vectors'>,
  model: ModelKey,
  dim: number,
  contents: Uint32Array<ArrayBuffer>,
  sorter: Pick<PairSorter, 'timeOf'>,
  signatures: Pick<Signatures, 'of'>,
): Promise<MorePairs> {
  const size = recordBytes(dim);
  const records = new Uint8Array(contents.length * size);
  const vectors = await store.vectors(model, Array.from(contents) as ContentId[]);
  for (const [n, vector] of vectors.entries()) {
    if (vector?.length === dim) writeVector(vector, records, n * size);
  }
  return {
    contents,
    records,
    times: Float64Array.from(contents, (content) => sorter.timeOf(content)),
    signatures: signaturesOf(contents, signatures),
  };
}

function signaturesOf(contents: Uint32Array, signatures: Pick<Signatures, 'of'>): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(contents.length * signatureBytes);
  contents.forEach((content, row) => {
    const signature = signatures.of(content as ContentId);
    if (signature !== null) all.set(signature, row * signatureBytes);
  });
  return all;
}

/** Copies that were found, of all tiers of copies: first and second of each, [2 x n]. */
function copiesAmong(pairs: PairColumns): Uint32Array<ArrayBuffer> {
  const known: number[] = [];
  for (const tier of tiersOfCopies) {
    const { first, second } = pairs.ofTier(tier, () => true);
    for (let n = 0; n < first.length; n++) known.push(first[n]!, second[n]!);
  }
  return Uint32Array.from(known);
}
