import { xxh32 } from './checksum.ts';
import { type Refusal, RefusedSnapshot, readSections, SectionSums } from './snapshot-layout.ts';
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

export type Joined =
  /** `sums`: see `readSections`. */
  | { readonly kind: 'joined'; readonly snapshot: ArrayBuffer; readonly sums: readonly number[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Puts a snapshot together again while its chunks are read: copying and checking take no time of their own then. */
export class SnapshotJoiner {
  readonly #list: ChunkList;
  readonly #snapshot: Uint8Array<ArrayBuffer> | null;
  readonly #sums: SectionSums;
  readonly #offsets: number[] = [];
  readonly #there: boolean[] = [];
  /** Chunks that are there without a gap before them. */
  #first = 0;
  #problem: string | null = null;

  constructor(list: ChunkList) {
    this.#list = list;
    let sum = 0;
    for (const { length } of list.chunks) {
      this.#offsets.push(sum);
      sum += length;
    }
    if (sum !== list.total) this.#problem = `the chunks have ${sum} bytes; the list says ${list.total}`;
    this.#snapshot = this.#problem === null ? new Uint8Array(list.total) : null;
    this.#sums = new SectionSums(this.#snapshot?.buffer ?? new ArrayBuffer(0));
  }

  /** Takes chunk `n` of the list, in any order; null: it is not there. */
  put(n: number, bytes: Uint8Array | null): void {
    const { key, length } = this.#list.chunks[n]!;
    if (bytes?.byteLength !== length) {
      this.#problem ??=
        bytes === null
          ? `chunk ${key} is missing`
          : `chunk ${key} has ${bytes.byteLength} bytes; expected ${length}`;
      return;
    }
    this.#snapshot?.set(bytes, this.#offsets[n]!);
    this.#there[n] = true;
    const { chunks, total } = this.#list;
    while (this.#first < chunks.length && this.#there[this.#first] === true) this.#first++;
    if (this.#problem === null) this.#sums.advance(this.#offsets[this.#first] ?? total);
  }

  /** When all chunks were put. */
  end(): Joined {
    if (this.#snapshot === null || this.#problem !== null) return refused(this.#problem ?? 'no chunks');
    return { kind: 'joined', snapshot: this.#snapshot.buffer, sums: this.#sums.sums };
  }
}

/**
 * `SnapshotJoiner` for chunks that are at hand.
 *
 * @param read the stored bytes of a key; null: not there
 */
export function joinChunks(list: ChunkList, read: (key: string) => Uint8Array | null): Joined {
  const joiner = new SnapshotJoiner(list);
  list.chunks.forEach(({ key }, n) => {
    joiner.put(n, read(key));
  });
  return joiner.end();
}

function refused(message: string) {
  const { refusal } = new RefusedSnapshot('damaged', message);
  return { kind: 'refused', refusal } as const;
}

/** 64 bits of hash and the length. Whether the bytes are right is checked by the sections' own checksums. */
function keyOf(bytes: Uint8Array): string {
  const hex = (seed: number) => xxh32(bytes, seed).toString(16).padStart(8, '0');
  return `${hex(0)}${hex(0x9e3779b9)}-${bytes.byteLength.toString(36)}`;
}
