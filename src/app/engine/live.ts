import { ignoreWorkerDied } from './worker-died.ts';

interface Entry<Value> {
  value: Value | null;
  readonly listeners: Set<() => void>;
  running: boolean;
  again: boolean;
  /** It may have changed while nobody watched it for a moment. */
  stale: boolean;
  lastRun: number;
  /** Refreshes in a row that followed one another without a rest. */
  streak: number;
  timer: ReturnType<typeof setTimeout> | null;
}

/** Between two refreshes of the same value while it changes again and again: an import must not keep the page busy. */
const refreshMilliseconds = 400;
/** So many refreshes in a row, each asked for within the pause after the one before, count as a stream of changes. */
const streamLength = 3;
const streamRefreshMilliseconds = 1000;

/**
 * Values of the library that the page watches: fetched when first watched, fetched again (at most every 400 ms,
 * every second in a stream of changes) when they may have changed, dropped when nobody watches any more. The old value stays until the new one is there.
 */
export class Live<Key, Value> {
  readonly #fetch: (key: Key) => Promise<Value | undefined>;
  readonly #entries = new Map<string, { key: Key; entry: Entry<Value> }>();

  /** `fetch` answers undefined when the answer was overtaken by a newer question. */
  constructor(fetch: (key: Key) => Promise<Value | undefined>) {
    this.#fetch = fetch;
  }

  get(key: Key): Value | null {
    return this.#entries.get(JSON.stringify(key))?.entry.value ?? null;
  }

  subscribe(key: Key, listener: () => void): () => void {
    const text = JSON.stringify(key);
    let watched = this.#entries.get(text);
    if (watched === undefined) {
      const entry: Entry<Value> = {
        value: null,
        listeners: new Set(),
        running: false,
        again: false,
        stale: false,
        lastRun: Number.NEGATIVE_INFINITY,
        streak: 0,
        timer: null,
      };
      watched = { key, entry };
      this.#entries.set(text, watched);
      void this.#run(key, entry);
    }
    const { entry } = watched;
    entry.listeners.add(listener);
    if (entry.stale) this.#schedule(key, entry);
    return () => {
      entry.listeners.delete(listener);
      // A component that is replaced by another one with the same key watches again at once.
      setTimeout(() => {
        if (entry.listeners.size > 0 || this.#entries.get(text)?.entry !== entry) return;
        if (entry.timer !== null) clearTimeout(entry.timer);
        this.#entries.delete(text);
      }, 1000);
    };
  }

  refresh(keys: readonly Key[] | 'all'): void {
    const wanted = keys === 'all' ? null : new Set(keys.map((key) => JSON.stringify(key)));
    for (const [text, { key, entry }] of this.#entries) {
      if (wanted !== null && !wanted.has(text)) continue;
      if (entry.listeners.size > 0) this.#schedule(key, entry);
      else entry.stale = true;
    }
  }

  #schedule(key: Key, entry: Entry<Value>): void {
    if (entry.running) {
      entry.again = true;
      return;
    }
    if (entry.timer !== null) return;
    const rest = performance.now() - entry.lastRun;
    entry.streak = rest < streamRefreshMilliseconds ? entry.streak + 1 : 0;
    const pause = entry.streak > streamLength ? streamRefreshMilliseconds : refreshMilliseconds;
    const wait = Math.max(0, pause - rest);
    entry.timer = setTimeout(() => {
      entry.timer = null;
      void this.#run(key, entry);
    }, wait);
  }

  async #run(key: Key, entry: Entry<Value>): Promise<void> {
    entry.running = true;
    entry.stale = false;
    entry.lastRun = performance.now();
    try {
      const value = await this.#fetch(key);
      if (value !== undefined) entry.value = value;
      else if (entry.listeners.size > 0) entry.again = true;
    } catch (error) {
      ignoreWorkerDied(error);
    } finally {
      entry.running = false;
    }
    for (const listener of entry.listeners) listener();
    if (entry.again) {
      entry.again = false;
      this.#schedule(key, entry);
    }
  }
}
