/** A Faiss file that cannot be read: damaged, or of a kind that Picsift does not know. */
export class FaissFileError extends Error {
  override readonly name = 'FaissFileError';
}

/** Reads little-endian values one after the other; every size is checked before anything is allocated. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get position(): number {
    return this.#at;
  }

  /** A copy of the next `count` bytes. */
  raw(count: number): Uint8Array<ArrayBuffer> {
    const from = this.#take(count);
    return this.#bytes.slice(from, from + count);
  }

  between(from: number, to: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(from, to);
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** A 32-bit count of things, `most` at most. */
  count32(what: string, most: number): number {
    const count = this.u32();
    if (count > most) throw new FaissFileError(`${count} ${what}; at most ${most}`);
    return count;
  }

  /** A 64-bit number that fits a double exactly and is not negative. */
  long(what: string): number {
    const value = Number(this.#view.getBigInt64(this.#take(8), true));
    if (value < 0 || !Number.isSafeInteger(value)) throw new FaissFileError(`${what}: ${value}`);
    return value;
  }

  /** The length of an array that follows, whose items take `itemBytes`: never more than the file still holds. */
  size(what: string, itemBytes: number): number {
    const size = this.long(what);
    const left = this.#bytes.length - this.#at;
    if (size * itemBytes > left) {
      throw new FaissFileError(
        `${what}: ${size} items of ${itemBytes} bytes, but only ${left} bytes are left`,
      );
    }
    return size;
  }

  tag(): string {
    return String.fromCharCode(...this.raw(4));
  }

  /** @throws FaissFileError when one is not finite: every score that it is part of would be none */
  floats(count: number): Float32Array<ArrayBuffer> {
    const from = this.#at;
    const values = new Float32Array(this.raw(count * 4).buffer);
    for (let n = 0; n < count; n++) {
      if (!Number.isFinite(values[n])) {
        throw new FaissFileError(`the number ${values[n]} at byte ${from + n * 4}; expected finite ones`);
      }
    }
    return values;
  }

  longs(count: number): number[] {
    this.#require(count * 8);
    return Array.from({ length: count }, () => this.long('id'));
  }

  expectEnd(): void {
    if (this.#at !== this.#bytes.length) {
      throw new FaissFileError(`${this.#bytes.length - this.#at} bytes follow the index`);
    }
  }

  #take(count: number): number {
    this.#require(count);
    const from = this.#at;
    this.#at += count;
    return from;
  }

  #require(count: number): void {
    if (this.#at + count > this.#bytes.length) {
      throw new FaissFileError(
        `the file ends at ${this.#bytes.length}; ${count} bytes were expected from ${this.#at}`,
      );
    }
  }
}

/** The inverse of `ByteReader`. */
export class ByteWriter {
  #buffer = new Uint8Array(1024);
  #length = 0;

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.#length);
  }

  raw(bytes: Uint8Array): void {
    const at = this.#grow(bytes.length);
    this.#buffer.set(bytes, at);
  }

  tag(text: string): void {
    this.raw(Uint8Array.from(text, (c) => c.charCodeAt(0)));
  }

  u8(value: number): void {
    this.#buffer[this.#grow(1)] = value;
  }

  u32(value: number): void {
    const at = this.#grow(4);
    new DataView(this.#buffer.buffer).setUint32(at, value, true);
  }

  long(value: number): void {
    const at = this.#grow(8);
    new DataView(this.#buffer.buffer).setBigInt64(at, BigInt(value), true);
  }

  /** A length, then the values. */
  floats(values: Float32Array): void {
    this.long(values.length);
    this.raw(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#buffer.length) {
      const buffer = new Uint8Array(Math.max(this.#length, this.#buffer.length * 2));
      buffer.set(this.#buffer);
      this.#buffer = buffer;
    }
    return at;
  }
}
