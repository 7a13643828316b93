import type { PhotoId } from '../../core/library/photo.ts';
import { LruMap } from './lru-map.ts';
import { WorkerDied } from './worker-died.ts';

/**
 * What the visible cells show, fetched in batches: ids asked for within one frame travel in one call, and while that is
 * under way the next ones gather, so that what is scrolled past is never fetched. A stale entry is kept and shown until
 * its replacement is there, so nothing flickers.
 */
export class PhotoCache<Value, Answer = Value> {
  readonly #fetch: (ids: Uint32Array<ArrayBuffer>) => Promise<readonly (Answer | null)[]>;
  readonly #make: (answer: Answer) => Value;
  readonly #values: LruMap<PhotoId, { value: Value; fresh: boolean }>;
  readonly #wanted = new Set<PhotoId>();
  readonly #listeners = new Map<PhotoId, Set<() => void>>();
  readonly #inFlight = new Set<PhotoId>();
  /** Asked for again while an older answer was on its way. */
  readonly #outdated = new Set<PhotoId>();
  #scheduled = false;

  /** @param make called only for what is still on screen when its answer comes; making object URLs costs the page time */
  constructor(
    limit: number,
    fetch: (ids: Uint32Array<ArrayBuffer>) => Promise<readonly (Answer | null)[]>,
    make: (answer: Answer) => Value,
    dropped: (value: Value) => void = () => {},
  ) {
    this.#fetch = fetch;
    this.#make = make;
    this.#values = new LruMap(limit, (entry) => dropped(entry.value));
  }

  /** The value known now, stale or not; null if none. Does not fetch: `subscribe` does. */
  get(id: PhotoId): Value | null {
    return this.#values.peek(id)?.value ?? null;
  }

  subscribe(id: PhotoId, listener: () => void): () => void {
    let listeners = this.#listeners.get(id);
    if (listeners === undefined) {
      listeners = new Set();
      this.#listeners.set(id, listeners);
    }
    listeners.add(listener);
    if (!this.#values.get(id)?.fresh) this.#want(id);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) {
        this.#listeners.delete(id);
        this.#wanted.delete(id);
      }
    };
  }

  /** Marks entries as stale and fetches those that are on screen again. */
  invalidate(ids: readonly PhotoId[] | 'all'): void {
    if (ids === 'all') {
      for (const entry of this.#values.values()) entry.fresh = false;
      for (const id of this.#inFlight) this.#outdated.add(id);
      for (const id of this.#listeners.keys()) this.#want(id);
      return;
    }
    for (const id of ids) {
      const entry = this.#values.peek(id);
      if (entry !== undefined) entry.fresh = false;
      if (this.#inFlight.has(id)) this.#outdated.add(id);
      else if (this.#listeners.has(id)) this.#want(id);
    }
  }

  /** Fetches those on screen that had no value; values that are there are final and stay. */
  fetchMissing(ids: readonly PhotoId[] | 'all'): void {
    for (const id of ids === 'all' ? this.#listeners.keys() : ids) {
      if (this.#values.peek(id) !== undefined) continue;
      if (this.#inFlight.has(id)) this.#outdated.add(id);
      else if (this.#listeners.has(id)) this.#want(id);
    }
  }

  clear(): void {
    this.#values.clear();
    for (const listeners of this.#listeners.values()) for (const listener of listeners) listener();
  }

  #want(id: PhotoId): void {
    if (this.#inFlight.has(id)) return;
    this.#wanted.add(id);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#inFlight.size > 0) return;
    this.#scheduled = true;
    // What is gone in the frame after next was flown over.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.#scheduled = false;
        void this.#fetchWanted();
      }),
    );
  }

  async #fetchWanted(): Promise<void> {
    const ids = [...this.#wanted];
    this.#wanted.clear();
    if (ids.length === 0) return;
    for (const id of ids) this.#inFlight.add(id);
    let answers: readonly (Answer | null)[] = [];
    try {
      answers = await this.#fetch(Uint32Array.from(ids));
    } catch (error) {
      // The engine opens the library again and then invalidates everything; what is shown stays until then.
      if (error instanceof WorkerDied) return;
      throw error;
    } finally {
      for (const id of ids) this.#inFlight.delete(id);
      if (this.#wanted.size > 0) this.#schedule();
    }
    for (const [index, id] of ids.entries()) {
      const outdated = this.#outdated.delete(id);
      const listeners = this.#listeners.get(id);
      if (listeners === undefined) continue;
      const answer = answers[index] ?? null;
      if (answer === null) this.#values.delete(id);
      else this.#values.set(id, { value: this.#make(answer), fresh: !outdated });
      for (const listener of listeners) listener();
      if (outdated) this.#want(id);
    }
  }
}
