/** The part of a stream that is looked at: bytes are taken in as they are needed and let go when they are done with. */
export class ByteWindow {
  readonly #source: AsyncIterator<Uint8Array>;
  #bytes = new Uint8Array(1 << 16);
  #length = 0;
  #ended = false;
  /** Position of the first byte in the stream. */
  position = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** What is there now; valid until the next call of `want` or `drop`. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Whether `count` bytes are there, now that as many as possible have been taken in. */
  async want(count: number): Promise<boolean> {
    while (this.#length < count && !this.#ended) {
      const { done, value } = await this.#source.next();
      if (done) this.#ended = true;
      else this.#append(value, count);
    }
    return this.#length >= count;
  }

  drop(count: number): void {
    this.#bytes.copyWithin(0, count, this.#length);
    this.#length -= count;
    this.position += count;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  #append(more: Uint8Array, wanted: number): void {
    const length = this.#length + more.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, wanted, this.#bytes.length * 2));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(more, this.#length);
    this.#length = length;
  }
}
