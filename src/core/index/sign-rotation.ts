import { seededRandom } from './random.ts';

/**
 * A rotation that costs d log d additions and stores nothing but its seed: twice, flip signs at random, then run a
 * Walsh-Hadamard transform over blocks whose sizes are powers of two. The second round shifts the blocks by half so that
 * every component reaches every other. It spreads what differs between components evenly, so one grid fits all of them.
 */
export class SignRotation {
  readonly dims: number;
  /** [2][dims], +1 or -1. */
  readonly #signs: Float64Array<ArrayBuffer>;
  readonly #shift: number;
  readonly #blocks: number[] = [];
  readonly #swap: Float64Array<ArrayBuffer>;

  /** @param dims at least 1; blocks are the powers of two that add up to it */
  constructor(dims: number, seed: number) {
    this.dims = dims;
    const random = seededRandom(seed);
    this.#signs = Float64Array.from({ length: 2 * dims }, () => (random.next() < 0.5 ? -1 : 1));
    for (let left = dims; left > 0; ) {
      const block = 2 ** Math.floor(Math.log2(left));
      this.#blocks.push(block);
      left -= block;
    }
    this.#shift = this.#blocks.length > 1 ? dims >> 1 : 0;
    this.#swap = new Float64Array(dims);
  }

  /** Rotates `v` ([dims]) in place. */
  apply(v: Float64Array): void {
    this.#flip(v, 0);
    this.#transform(v);
    // One block mixes everything at once; a second round would change nothing for the better.
    if (this.#shift === 0) return;
    this.#turn(v, this.#shift);
    this.#flip(v, this.dims);
    this.#transform(v);
  }

  /** Undoes `apply`. */
  invert(v: Float64Array): void {
    if (this.#shift > 0) {
      this.#transform(v);
      this.#flip(v, this.dims);
      this.#turn(v, this.dims - this.#shift);
    }
    this.#transform(v);
    this.#flip(v, 0);
  }

  #flip(v: Float64Array, from: number): void {
    for (let i = 0; i < this.dims; i++) v[i] = v[i]! * this.#signs[from + i]!;
  }

  /** Component i moves to i - by, around the end. */
  #turn(v: Float64Array, by: number): void {
    this.#swap.set(v);
    v.set(this.#swap.subarray(by), 0);
    v.set(this.#swap.subarray(0, by), this.dims - by);
  }

  #transform(v: Float64Array): void {
    let at = 0;
    for (const block of this.#blocks) {
      let half = 1;
      if (block >= 4) {
        firstTwoSteps(v, at, at + block);
        half = 4;
      }
      for (; 4 * half <= block; half *= 4) twoSteps(v, at, at + block, half);
      if (half < block) lastStep(v, at, half);
      const scale = 1 / Math.sqrt(block);
      for (let i = at; i < at + block; i++) v[i] = v[i]! * scale;
      at += block;
    }
  }
}

/** The steps of half 1 and 2 in one: loops of one turn would cost more than they do. */
function firstTwoSteps(v: Float64Array, first: number, end: number): void {
  for (let i = first; i < end; i += 4) {
    const a = v[i]! + v[i + 1]!;
    const b = v[i]! - v[i + 1]!;
    const c = v[i + 2]! + v[i + 3]!;
    const d = v[i + 2]! - v[i + 3]!;
    v[i] = a + c;
    v[i + 1] = b + d;
    v[i + 2] = a - c;
    v[i + 3] = b - d;
  }
}

/** Likewise the steps of `half` and twice that: half of the loads and stores. */
function twoSteps(v: Float64Array, first: number, end: number, half: number): void {
  for (let i = first; i < end; i += 4 * half) {
    for (let j = i; j < i + half; j++) {
      const p = v[j]!;
      const q = v[j + half]!;
      const r = v[j + 2 * half]!;
      const s = v[j + 3 * half]!;
      const a = p + q;
      const b = p - q;
      const c = r + s;
      const d = r - s;
      v[j] = a + c;
      v[j + half] = b + d;
      v[j + 2 * half] = a - c;
      v[j + 3 * half] = b - d;
    }
  }
}

/** The step of half a block. */
function lastStep(v: Float64Array, first: number, half: number): void {
  for (let j = first; j < first + half; j++) {
    const a = v[j]!;
    const b = v[j + half]!;
    v[j] = a + b;
    v[j + half] = a - b;
  }
}
