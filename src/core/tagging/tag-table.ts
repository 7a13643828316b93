import type { LabelNumber } from './label.ts';

/**
 * Label numbers of every photo, packed: row r has `lengths[r]` numbers from `pool[starts[r]]`. A row that grows moves to
 * the end of the pool; the pool is rewritten when more than half of it is left-over.
 */
export class TagTable {
  starts = new Uint32Array(1024);
  lengths = new Uint16Array(1024);
  pool = new Uint32Array(4096);
  #used = 0;
  #wasted = 0;

  /** A copy of the row. */
  get(row: number): LabelNumber[] {
    const start = this.starts[row] ?? 0;
    return Array.from(this.pool.subarray(start, start + (this.lengths[row] ?? 0))) as LabelNumber[];
  }

  isEmpty(row: number): boolean {
    return (this.lengths[row] ?? 0) === 0;
  }

  has(row: number, label: LabelNumber): boolean {
    const start = this.starts[row] ?? 0;
    const end = start + (this.lengths[row] ?? 0);
    for (let i = start; i < end; i++) if (this.pool[i] === label) return true;
    return false;
  }

  set(row: number, labels: readonly LabelNumber[]): void {
    if (row >= this.starts.length) this.#growRows(row + 1);
    const length = this.lengths[row]!;
    if (labels.length > length) {
      this.#wasted += length;
      this.lengths[row] = 0;
      this.#makeRoom(labels.length);
      this.starts[row] = this.#used;
      this.#used += labels.length;
    } else {
      this.#wasted += length - labels.length;
    }
    this.lengths[row] = labels.length;
    this.pool.set(labels, this.starts[row]!);
  }

  clear(): void {
    this.lengths.fill(0);
    this.#used = 0;
    this.#wasted = 0;
  }

  #growRows(rows: number): void {
    const capacity = Math.max(rows, this.starts.length * 2);
    const starts = new Uint32Array(capacity);
    starts.set(this.starts);
    this.starts = starts;
    const lengths = new Uint16Array(capacity);
    lengths.set(this.lengths);
    this.lengths = lengths;
  }

  #makeRoom(count: number): void {
    if (this.#used + count <= this.pool.length) return;
    const live = this.#used - this.#wasted;
    const pool =
      this.#wasted * 2 > this.#used && live + count <= this.pool.length
        ? new Uint32Array(this.pool.length)
        : new Uint32Array(Math.max(this.pool.length * 2, live + count));
    let used = 0;
    for (let row = 0; row < this.starts.length; row++) {
      const start = this.starts[row]!;
      const length = this.lengths[row]!;
      pool.set(this.pool.subarray(start, start + length), used);
      this.starts[row] = used;
      used += length;
    }
    this.pool = pool;
    this.#used = used;
    this.#wasted = 0;
  }
}
