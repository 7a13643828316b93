import type { PhotoId } from './photo.ts';
import { chunkOf } from './photo-columns.ts';
import type { MarkChunk } from './stored-rows.ts';

/** What was said of whole photos, per set: see [Note: Fully labelled] and `sideOf`. */
export class PhotoMarks {
  readonly #bySet = new Map<number, Map<PhotoId, number>>();

  load(chunks: readonly MarkChunk[]): void {
    for (const { set, pairs } of chunks) {
      for (let i = 0; i + 1 < pairs.length; i += 2) this.set(set, pairs[i] as PhotoId, pairs[i + 1]!);
    }
  }

  get(set: number, photo: PhotoId): number {
    return this.#bySet.get(set)?.get(photo) ?? 0;
  }

  of(set: number): ReadonlyMap<PhotoId, number> {
    return this.#bySet.get(set) ?? none;
  }

  set(set: number, photo: PhotoId, mark: number): void {
    let marks = this.#bySet.get(set);
    if (marks === undefined) {
      marks = new Map();
      this.#bySet.set(set, marks);
    }
    if (mark === 0) marks.delete(photo);
    else marks.set(photo, mark);
  }

  /** The stored chunks that hold some photos, as they will be with other marks; photos that are gone fall out. */
  chunks(set: number, changes: ReadonlyMap<PhotoId, number>, exists: (id: PhotoId) => boolean): MarkChunk[] {
    const wanted = new Map([...changes.keys()].map((photo) => [chunkOf(photo), [] as number[]]));
    const kept = [...this.of(set)].filter(([photo]) => !changes.has(photo));
    for (const [photo, mark] of [...kept, ...changes]) {
      if (mark !== 0 && exists(photo)) wanted.get(chunkOf(photo))?.push(photo, mark);
    }
    return [...wanted].map(([chunk, pairs]) => ({ set, chunk, pairs: Uint32Array.from(pairs) }));
  }
}

const none: ReadonlyMap<PhotoId, number> = new Map();
