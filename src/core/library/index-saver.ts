import { formatFactory } from '../index/factory-string.ts';
import type { SealedPart } from '../index/sealed-part.ts';
import { writeSnapshot } from '../index/snapshot.ts';
import { type Chunk, type ChunkList, snapshotChunks } from '../index/snapshot-chunks.ts';
import type { Clock } from './clock.ts';
import type { IndexChange, IndexNote, IndexSlot } from './index-ports.ts';
import { type ModelKey, modelKeyText } from './photo.ts';
import type { WriteResult } from './photo-store.ts';

export interface IndexSaverParts {
  readonly model: ModelKey;
  readonly write: (changes: readonly IndexChange[]) => Promise<WriteResult>;
  readonly clock: Clock;
  readonly crash: (error: unknown) => void;
  /** What is to be stored; null: nothing is trained. */
  readonly part: () => { readonly part: SealedPart; readonly buildMilliseconds: number } | null;
  readonly refused: (result: Exclude<WriteResult, 'written'>) => void;
}

/** A changed index is stored when nothing changed for so long, */
const saveMilliseconds = 5000;
/** or when so many pictures would have to be added again at the next start. */
const saveRows = 16_384;

/** Stores an index and what is finished of the next one. See [Note: Index at rest]. */
export class IndexSaver {
  readonly #parts: IndexSaverParts;
  /** Rows coded since the index was stored; null: nothing changed. */
  #unsaved: number | null = null;
  #cancelSave: (() => void) | null = null;

  constructor(parts: IndexSaverParts) {
    this.#parts = parts;
  }

  /** The index differs from what is stored, by so many rows more. */
  changed(rows: number): void {
    this.#unsaved = (this.#unsaved ?? 0) + rows;
    this.#cancelSave?.();
    const save = () => void this.save().catch(this.#parts.crash);
    if (this.#unsaved >= saveRows) save();
    else this.#cancelSave = this.#parts.clock.after(saveMilliseconds, save);
  }

  /** Stores what changed. */
  async save(): Promise<void> {
    this.#cancelSave?.();
    this.#cancelSave = null;
    const found = this.#parts.part();
    if (this.#unsaved === null || found === null) return;
    this.#unsaved = null;
    const { part, buildMilliseconds } = found;
    const { list, chunks } = snapshotChunks(writeSnapshot(part, modelKeyText(this.#parts.model)));
    const factory = formatFactory(part.trained.spec);
    await this.put('live', { factory, buildMilliseconds, contents: null }, list, chunks);
  }

  put(slot: IndexSlot, note: IndexNote, list: ChunkList, chunks: readonly Chunk[]): Promise<void> {
    return this.#write([{ ...this.#slot(slot), kind: 'put', note, list, chunks }]);
  }

  /** A finished index takes the place of the old one and of its own parts, in one transaction. */
  replace(note: IndexNote, snapshot: ArrayBuffer, list: ChunkList): Promise<void> {
    return this.#write([
      { ...this.#slot('live'), kind: 'put', note, list, chunks: chunksOf(snapshot, list) },
      { ...this.#slot('build'), kind: 'drop' },
    ]);
  }

  /** What is finished of an index is of no use. */
  dropBuild(): Promise<void> {
    return this.#write([{ ...this.#slot('build'), kind: 'drop' }]);
  }

  async #write(changes: readonly IndexChange[]): Promise<void> {
    const result = await this.#parts.write(changes);
    if (result !== 'written') this.#parts.refused(result);
  }

  #slot(slot: IndexSlot): { model: ModelKey; slot: IndexSlot } {
    return { model: this.#parts.model, slot };
  }
}

function chunksOf(snapshot: ArrayBuffer, { chunks }: ChunkList): Chunk[] {
  let at = 0;
  return chunks.map(({ key, length }) => {
    const bytes = new Uint8Array(snapshot, at, length);
    at += length;
    return { key, bytes };
  });
}
