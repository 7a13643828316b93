/** What `TopK.sorted` returns: parallel arrays, best score first, equal scores by lower id. */
export interface Ranked {
  /** [n], n <= k. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** [n], descending. */
  readonly scores: Float64Array<ArrayBuffer>;
}

/**
 * The k highest scores out of a stream, in a heap over two typed arrays whose root is the worst one kept. Among equal
 * scores the lower id wins, so the result does not depend on the order of `push` calls. NaN scores are never kept.
 */
export class TopK {
  readonly capacity: number;
  #size = 0;
  readonly #ids: Uint32Array<ArrayBuffer>;
  readonly #scores: Float64Array<ArrayBuffer>;

  /** @param capacity k, a whole number >= 0 */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 0) {
      throw new RangeError(`TopK of ${capacity}; it must be a whole number from 0`);
    }
    this.capacity = capacity;
    this.#ids = new Uint32Array(capacity);
    this.#scores = new Float64Array(capacity);
  }

  /** How many are kept so far, 0..capacity. */
  get size(): number {
    return this.#size;
  }

  /** A score below this cannot enter; -Infinity while there is room. */
  get bar(): number {
    if (this.#size < this.capacity) return Number.NEGATIVE_INFINITY;
    return this.capacity === 0 ? Number.POSITIVE_INFINITY : this.#scores[0]!;
  }

  /** @param id whole number 0..2^32-1 */
  push(id: number, score: number): void {
    if (Number.isNaN(score)) return;
    if (this.#size < this.capacity) {
      this.#rise(this.#size++, id, score);
    } else if (this.capacity > 0 && worse(this.#scores[0]!, this.#ids[0]!, score, id)) {
      this.#sink(this.#size, id, score);
    }
  }

  /** Best first. Empties the collection. */
  sorted(): Ranked {
    const ids = new Uint32Array(this.#size);
    const scores = new Float64Array(this.#size);
    for (let n = this.#size - 1; n >= 0; n--) {
      ids[n] = this.#ids[0]!;
      scores[n] = this.#scores[0]!;
      this.#sink(n, this.#ids[n]!, this.#scores[n]!);
    }
    this.#size = 0;
    return { ids, scores };
  }

  /** Places an item that starts at the free leaf `at`. */
  #rise(at: number, id: number, score: number): void {
    let hole = at;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!worse(score, id, this.#scores[parent]!, this.#ids[parent]!)) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#ids[hole] = id;
    this.#scores[hole] = score;
  }

  /** Replaces the root of a heap of `size` items. */
  #sink(size: number, id: number, score: number): void {
    if (size === 0) return;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      const right = child + 1;
      if (
        right < size &&
        worse(this.#scores[right]!, this.#ids[right]!, this.#scores[child]!, this.#ids[child]!)
      ) {
        child = right;
      }
      if (!worse(this.#scores[child]!, this.#ids[child]!, score, id)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#ids[hole] = id;
    this.#scores[hole] = score;
  }

  #move(from: number, to: number): void {
    this.#ids[to] = this.#ids[from]!;
    this.#scores[to] = this.#scores[from]!;
  }
}

function worse(scoreA: number, idA: number, scoreB: number, idB: number): boolean {
  return scoreA < scoreB || (scoreA === scoreB && idA > idB);
}
