/** A growing set of ids (whole numbers from 0, best dense), one bit each. */
export class IdBits {
  #words: Uint32Array<ArrayBuffer>;
  #count = 0;

  constructor(words: Uint32Array = new Uint32Array(32)) {
    this.#words = new Uint32Array(words);
    for (let n = 0; n < words.length; n++) {
      for (let w = words[n]!; w !== 0; w &= w - 1) this.#count++;
    }
  }

  /** How many ids are in it. */
  get count(): number {
    return this.#count;
  }

  /** Bit id & 31 of element id >>> 5; valid until the next `add`. */
  get words(): Uint32Array<ArrayBuffer> {
    return this.#words;
  }

  has(id: number): boolean {
    return ((this.#words[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0;
  }

  /** @returns whether it is new */
  add(id: number): boolean {
    const word = id >>> 5;
    if (word >= this.#words.length) {
      const words = new Uint32Array(Math.max(word + 1, this.#words.length * 2));
      words.set(this.#words);
      this.#words = words;
    }
    if (this.has(id)) return false;
    this.#words[word] = this.#words[word]! | (1 << (id & 31));
    this.#count++;
    return true;
  }

  /** @returns whether it was in */
  delete(id: number): boolean {
    if (!this.has(id)) return false;
    this.#words[id >>> 5] = this.#words[id >>> 5]! & ~(1 << (id & 31));
    this.#count--;
    return true;
  }
}
