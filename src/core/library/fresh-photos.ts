import type { FileBytes } from './file-handle.ts';
import type { PhotoId } from './photo.ts';
import type { PhotoRecord } from './stored-rows.ts';

/** A photo as it was taken in: what the store would have to be asked for. */
export interface FreshPhoto {
  readonly record: PhotoRecord;
  readonly bytes: FileBytes;
  readonly modifiedAt: number;
}

/** Bytes are references to files, not their content. */
const mostKept = 4096;

/** Photos that were just accepted: the first ones are processed without asking the store for them again. */
export class FreshPhotos {
  readonly #photos = new Map<PhotoId, FreshPhoto>();

  put(photos: Iterable<FreshPhoto>): void {
    for (const photo of photos) {
      if (this.#photos.size >= mostKept) return;
      this.#photos.set(photo.record.id, photo);
    }
  }

  /** Gives a photo out, once. */
  take(id: PhotoId): FreshPhoto | null {
    const photo = this.#photos.get(id) ?? null;
    this.#photos.delete(id);
    return photo;
  }

  clear(): void {
    this.#photos.clear();
  }
}
