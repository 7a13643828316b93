/** A map that forgets its least recently used entries beyond `limit`; `dropped` frees what they held. */
export class LruMap<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #limit: number;
  readonly #dropped: (value: Value) => void;

  constructor(limit: number, dropped: (value: Value) => void = () => {}) {
    this.#limit = limit;
    this.#dropped = dropped;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  /** Looks without marking the entry as used. */
  peek(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: Key, value: Value): void {
    const old = this.#entries.get(key);
    if (old !== undefined && old !== value) this.#dropped(old);
    this.#entries.delete(key);
    this.#entries.set(key, value);
    for (const [oldestKey, oldest] of this.#entries) {
      if (this.#entries.size <= this.#limit) break;
      this.#entries.delete(oldestKey);
      this.#dropped(oldest);
    }
  }

  delete(key: Key): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#dropped(value);
  }

  clear(): void {
    for (const value of this.#entries.values()) this.#dropped(value);
    this.#entries.clear();
  }

  values(): IterableIterator<Value> {
    return this.#entries.values();
  }

  get size(): number {
    return this.#entries.size;
  }
}
