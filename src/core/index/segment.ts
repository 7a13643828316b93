import { type CodeBytes, codeBytes } from './row-code.ts';

/** Bytes a row takes in each array of a segment; 0: the array is not there. */
export interface RowSizes {
  readonly code: number;
  readonly scale: 0 | 1;
  readonly fine: number;
  readonly fineScale: 0 | 1;
  readonly half: 0 | 4;
}

/**
 * Coded rows in the order of their lists. Never changed once made: rows are added in new segments, and removed by a bitset
 * until segments are merged.
 */
export interface Segment {
  readonly rows: number;
  /** [lists + 1]: list l owns rows offsets[l] .. offsets[l + 1]. */
  readonly offsets: Uint32Array;
  /** [rows] */
  readonly ids: Uint32Array;
  /** [rows][sizes.code] */
  readonly codes: CodeBytes;
  /** [rows], what multiplies the decoded code (RowCode.scaleTable); null: 1. */
  readonly scales: Uint8Array | null;
  /** [rows][sizes.fine], the code of what the first code left over. */
  readonly fine: CodeBytes | null;
  readonly fineScales: Uint8Array | null;
  /** [rows], half the squared length of what the codes stand for; only for Euclidean distance. */
  readonly halves: Float32Array | null;
}

export function emptySegment(rows: number, lists: number, sizes: RowSizes): Segment {
  return {
    rows,
    offsets: new Uint32Array(lists + 1),
    ids: new Uint32Array(rows),
    codes: codeBytes(new Uint8Array(rows * sizes.code)),
    scales: sizes.scale === 0 ? null : new Uint8Array(rows),
    fine: sizes.fine === 0 ? null : codeBytes(new Uint8Array(rows * sizes.fine)),
    fineScales: sizes.fineScale === 0 ? null : new Uint8Array(rows),
    halves: sizes.half === 0 ? null : new Float32Array(rows),
  };
}

/** Bytes of all arrays. */
export function segmentBytes(s: Segment): number {
  return (
    s.offsets.byteLength +
    s.ids.byteLength +
    s.codes.bytes.byteLength +
    (s.scales?.byteLength ?? 0) +
    (s.fine?.bytes.byteLength ?? 0) +
    (s.fineScales?.byteLength ?? 0) +
    (s.halves?.byteLength ?? 0)
  );
}

/**
 * One segment of the rows of several, in the same list order; within a list, earlier segments first.
 *
 * @param alive bitset over ids: rows outside it are left out; null: all stay
 */
export function mergeSegments(
  segments: readonly Segment[],
  lists: number,
  sizes: RowSizes,
  alive: Uint32Array | null,
): Segment {
  let rows = 0;
  for (const { ids } of segments) rows += alive === null ? ids.length : countAlive(ids, alive);
  const merged = emptySegment(rows, lists, sizes);
  let to = 0;
  for (let list = 0; list < lists; list++) {
    for (const segment of segments) {
      const last = segment.offsets[list + 1]!;
      let first = segment.offsets[list]!;
      // Runs of rows that stay are copied at once.
      while (first < last) {
        while (first < last && !isIn(alive, segment.ids[first]!)) first++;
        let end = first;
        while (end < last && isIn(alive, segment.ids[end]!)) end++;
        copyRows(segment, first, end, merged, to, sizes);
        to += end - first;
        first = end;
      }
    }
    merged.offsets[list + 1] = to;
  }
  return merged;
}

/** Runs of rows up to this length are copied value by value: views for each array would take longer than the copying. */
const shortRun = 16;

/** Copies rows [first, end) of `from` to `to` at row `at`; list boundaries are the caller's business. */
export function copyRows(
  from: Segment,
  first: number,
  end: number,
  to: Segment,
  at: number,
  sizes: RowSizes,
): void {
  if (end - first <= shortRun) {
    const { ids, scales, fineScales, halves } = to;
    copyWords(from.codes.words, to.codes.words, first, end, at, sizes.code >>> 2);
    if (to.fine !== null) copyWords(from.fine!.words, to.fine.words, first, end, at, sizes.fine >>> 2);
    for (let row = first, n = at; row < end; row++, n++) {
      ids[n] = from.ids[row]!;
      if (scales !== null) scales[n] = from.scales![row]!;
      if (fineScales !== null) fineScales[n] = from.fineScales![row]!;
      if (halves !== null) halves[n] = from.halves![row]!;
    }
    return;
  }
  to.ids.set(from.ids.subarray(first, end), at);
  to.codes.bytes.set(from.codes.bytes.subarray(first * sizes.code, end * sizes.code), at * sizes.code);
  to.scales?.set(from.scales!.subarray(first, end), at);
  to.fine?.bytes.set(from.fine!.bytes.subarray(first * sizes.fine, end * sizes.fine), at * sizes.fine);
  to.fineScales?.set(from.fineScales!.subarray(first, end), at);
  to.halves?.set(from.halves!.subarray(first, end), at);
}

/** Rows [first, end), `perRow` words each, to row `at`. */
function copyWords(
  from: Int32Array,
  to: Int32Array,
  first: number,
  end: number,
  at: number,
  perRow: number,
): void {
  let n = at * perRow;
  for (let word = first * perRow; word < end * perRow; word++) to[n++] = from[word]!;
}

export function isIn(bits: Uint32Array | null, id: number): boolean {
  return bits === null || ((bits[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0;
}

function countAlive(ids: Uint32Array, alive: Uint32Array): number {
  let count = 0;
  for (let n = 0; n < ids.length; n++) if (isIn(alive, ids[n]!)) count++;
  return count;
}
