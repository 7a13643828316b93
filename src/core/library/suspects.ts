import type { PhotoId } from './photo.ts';

/**
 * [Note: Suspects]
 * A worker that dies takes all photos along that it has in hand, and which of them killed it is not known. Each is tried
 * once more when nothing else is left to do, with nothing else under way: the one that kills a worker then is left aside,
 * and its neighbours come to no harm.
 */
const mostCrashes = 2;

/** Photos that may have killed a worker. See [Note: Suspects]. */
export class Suspects {
  readonly #crashes = new Map<PhotoId, number>();
  #waiting: PhotoId[] = [];
  /** The one that is under way, alone. */
  #onTrial: PhotoId | null = null;

  /** Those that wait. */
  get count(): number {
    return this.#waiting.length;
  }

  get isTrying(): boolean {
    return this.#onTrial !== null;
  }

  has(id: PhotoId): boolean {
    return this.#waiting.includes(id);
  }

  /** A worker died with it. False: it was tried often enough. */
  crashed(id: PhotoId): boolean {
    const crashes = (this.#crashes.get(id) ?? 0) + 1;
    this.#crashes.set(id, crashes);
    if (crashes >= mostCrashes) return false;
    this.#waiting.push(id);
    return true;
  }

  /** There is a result. */
  acquit(id: PhotoId): void {
    this.#crashes.delete(id);
  }

  /** The next one, to be tried alone; null: none is left. */
  take(isWanted: (id: PhotoId) => boolean): PhotoId | null {
    for (let id = this.#waiting.shift(); id !== undefined; id = this.#waiting.shift()) {
      if (!isWanted(id)) continue;
      this.#onTrial = id;
      return id;
    }
    return null;
  }

  ended(id: PhotoId): void {
    if (this.#onTrial === id) this.#onTrial = null;
  }

  /** False: it is not the one on trial. */
  putBack(id: PhotoId): boolean {
    if (this.#onTrial !== id) return false;
    this.#waiting.unshift(id);
    return true;
  }

  takeAll(): PhotoId[] {
    return this.#waiting.splice(0);
  }
}
