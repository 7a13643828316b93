/**
 * Keeps at least the `wanted` best of a stream, unsorted: scores and positions go to the end of a buffer twice that
 * size; when it is full, quickselect throws the worse half away and raises the bar. Cheaper than a heap: most items fail
 * the bar, and the rest cost one store.
 */
export class CandidateBuffer {
  /** An item must score more than this to matter. */
  bar = Number.NEGATIVE_INFINITY;
  count = 0;
  readonly scores: Float64Array<ArrayBuffer>;
  readonly positions: Int32Array<ArrayBuffer>;
  readonly wanted: number;
  /** The best scores, ascending: one more than `margin` below the least of them is not kept. */
  readonly #leaders: Float64Array<ArrayBuffer>;
  #margin = 0;

  get leaders(): number {
    return this.#leaders.length;
  }

  /**
   * @param wanted at least 1
   * @param floor items must score more than this from the start
   * @param leaders how many of the best raise the bar at once; 0: only being full does
   */
  constructor(wanted: number, floor = Number.NEGATIVE_INFINITY, leaders = 0) {
    this.wanted = wanted;
    this.scores = new Float64Array(2 * wanted);
    this.positions = new Int32Array(2 * wanted);
    this.#leaders = new Float64Array(leaders);
    this.restart(floor);
  }

  /**
   * Empties it.
   *
   * @param margin items that score so much less than the last of the leaders are left out though there is room
   */
  restart(floor: number, margin = 0): void {
    this.count = 0;
    this.bar = floor;
    this.#margin = margin;
    this.#leaders.fill(Number.NEGATIVE_INFINITY);
  }

  push(position: number, score: number): void {
    // Written so that NaN is not kept.
    if (!(score > this.bar)) return;
    const n = this.count++;
    this.scores[n] = score;
    this.positions[n] = position;
    const leaders = this.#leaders;
    if (leaders.length > 0 && score > leaders[0]!) {
      let place = 1;
      for (; place < leaders.length && leaders[place]! < score; place++) leaders[place - 1] = leaders[place]!;
      leaders[place - 1] = score;
      const bar = leaders[0]! - this.#margin;
      if (bar > this.bar) this.bar = bar;
    }
    if (this.count === this.scores.length) this.trim();
  }

  /** Leaves the `wanted` best in [0, count). */
  trim(): void {
    if (this.count <= this.wanted) return;
    const { scores, positions } = this;
    let left = 0;
    let right = this.count - 1;
    const target = this.wanted - 1;
    while (left < right) {
      const pivot = scores[(left + right) >>> 1]!;
      let i = left;
      let j = right;
      while (i <= j) {
        while (scores[i]! > pivot) i++;
        while (scores[j]! < pivot) j--;
        if (i <= j) {
          const score = scores[i]!;
          scores[i] = scores[j]!;
          scores[j] = score;
          const position = positions[i]!;
          positions[i] = positions[j]!;
          positions[j] = position;
          i++;
          j--;
        }
      }
      if (target <= j) right = j;
      else if (target >= i) left = i;
      else break;
    }
    this.count = this.wanted;
    let least = scores[0]!;
    for (let n = 1; n < this.count; n++) if (scores[n]! < least) least = scores[n]!;
    this.bar = Math.max(this.bar, least);
  }
}
