import type { PhotoId } from './photo.ts';

/** About as many as fit on a screen. */
const mostPreferred = 128;

/** Queued photos in the order in which they came; those that are looked at go first. */
export class WaitingPhotos {
  #waiting: PhotoId[] = [];
  #next = 0;
  /** In sight, the next one last. They wait in their old place, too. */
  #preferred: PhotoId[] = [];

  get count(): number {
    return this.#waiting.length - this.#next;
  }

  add(ids: Iterable<PhotoId>): void {
    for (const id of ids) this.#waiting.push(id);
  }

  /** Photos that are looked at now go first, the last ones named before all others. */
  prefer(ids: readonly PhotoId[]): void {
    this.#preferred = [...this.#preferred, ...ids].slice(-mostPreferred);
  }

  /** It is the next one again. */
  putBack(id: PhotoId): void {
    if (this.#next > 0) this.#waiting[--this.#next] = id;
    else this.#waiting.unshift(id);
  }

  /** @param isLocked such photos are not taken before their turn */
  take(isWanted: (id: PhotoId) => boolean, isLocked: (id: PhotoId) => boolean): PhotoId | null {
    while (this.#preferred.length > 0) {
      const id = this.#preferred.pop()!;
      if (isWanted(id) && !isLocked(id)) return id;
    }
    while (this.#next < this.#waiting.length) {
      const id = this.#waiting[this.#next++]!;
      if (isWanted(id)) return id;
    }
    this.#waiting = [];
    this.#next = 0;
    return null;
  }

  takeAll(): PhotoId[] {
    const ids = this.#waiting.slice(this.#next);
    this.#waiting = [];
    this.#next = 0;
    this.#preferred = [];
    return ids;
  }
}
