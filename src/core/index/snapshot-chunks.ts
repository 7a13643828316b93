import { xxh32 } from './checksum.ts';
import { type Refusal, readSections } from './snapshot-layout.ts';
import { sectionKinds } from './snapshot-sections.ts';

/** One record of storage. */
export interface Chunk {
  /** Made of the bytes: equal bytes have the same key, so a chunk that is stored already need not be written. */
  readonly key: string;
  /** A view over the snapshot. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Which chunks make up a snapshot: the record that is written last, in the same transaction. */
export interface ChunkList {
  readonly total: number;
  readonly chunks: readonly { readonly key: string; readonly length: number }[];
}

/** Bytes of a chunk: IndexedDB moves records of 1-4 MB best. */
const chunkBytes = 4 * 2 ** 20;

/**
 * Cuts a snapshot into records of at most 4 MB. Cuts fall where parameters, trained tables and each segment begin, so
 * what has not changed keeps its chunks: sealing a tail writes the new segment and some small records, not the index.
 */
export function snapshotChunks(snapshot: ArrayBuffer): {
  readonly list: ChunkList;
  readonly chunks: Chunk[];
} {
  const cuts = [0];
  let group = '';
  for (const { kind, segment, offset } of readSections(snapshot)) {
    const trainedTable = kind >= sectionKinds.transformMatrix && kind < sectionKinds.offsets;
    const here = kind < sectionKinds.transformMatrix ? '' : trainedTable ? 'trained' : `segment ${segment}`;
    if (here !== group) cuts.push(offset);
    group = here;
  }
  cuts.push(snapshot.byteLength);
  const chunks: Chunk[] = [];
  for (let n = 0; n + 1 < cuts.length; n++) {
    for (let from = cuts[n]!; from < cuts[n + 1]!; from += chunkBytes) {
      const length = Math.min(chunkBytes, cuts[n + 1]! - from);
      const bytes = new Uint8Array(snapshot, from, length);
      chunks.push({ key: keyOf(bytes), bytes });
    }
  }
  return {
    chunks,
    list: {
      total: snapshot.byteLength,
      chunks: chunks.map(({ key, bytes }) => ({ key, length: bytes.byteLength })),
    },
  };
}

/** A stored snapshot in one piece. */
export type Joined =
  | { readonly kind: 'joined'; readonly snapshot: ArrayBuffer }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Why stored chunks cannot be joined; null: one after the other, in the order of the list, they have the snapshot's length.
 *
 * @param sizes bytes of each chunk of the list; null: it is not there
 */
export function chunksRefused(
  { total, chunks }: ChunkList,
  sizes: readonly (number | null)[],
): Refusal | null {
  for (const [n, { key, length }] of chunks.entries()) {
    const size = sizes[n] ?? null;
    if (size === null) return damaged(`chunk ${key} is missing`);
    if (size !== length) return damaged(`chunk ${key} has ${size} bytes; expected ${length}`);
  }
  const sum = chunks.reduce((bytes, { length }) => bytes + length, 0);
  return sum === total ? null : damaged(`the chunks have ${sum} bytes; the list says ${total}`);
}

function damaged(message: string): Refusal {
  return { code: 'damaged', message };
}

/** 64 bits of hash and the length. Whether the bytes are right is checked by the sections' own checksums. */
function keyOf(bytes: Uint8Array): string {
  const hex = (seed: number) => xxh32(bytes, seed).toString(16).padStart(8, '0');
  return `${hex(0)}${hex(0x9e3779b9)}-${bytes.byteLength.toString(36)}`;
}
