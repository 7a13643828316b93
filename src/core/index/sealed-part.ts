import { IdBits } from './id-bits.ts';
import { runSteps } from './run-steps.ts';
import { isIn, mergeSegments, type Segment, segmentBytes } from './segment.ts';
import { type TrainKeeping, type TrainOptions, type TrainPhase, trainIndex } from './train-index.ts';
import {
  encodeSegment,
  endEncoding,
  innerDims,
  listCount,
  rowSizes,
  type TrainedIndex,
  type VectorSource,
} from './trained-index.ts';

/** The compressed rows of an index, and what they were trained with. */
export interface SealedPart {
  readonly trained: TrainedIndex;
  /** Oldest first; rows of newer ones never repeat an id that is alive in an older one. */
  readonly segments: readonly Segment[];
  /** Ids that count; rows of other ids are dead until a compaction drops them. */
  readonly alive: IdBits;
  /** Rows when it was trained: growth is measured against it. */
  readonly trainedRows: number;
  /** Mean square left over by the first code, over the rows that it was trained for: drift is measured against it. */
  readonly trainedError: number;
}

export interface BuildProgress {
  readonly phase: TrainPhase | 'encode' | 'arrange';
  /** 0..1 within the phase. */
  readonly done: number;
}

export interface BuildOptions extends Partial<TrainOptions>, TrainKeeping {
  /** Rows coded as one piece: what a stopped build repeats at most. Default 16384. */
  readonly pieceRows?: number;
  /** Called after the training and after every piece: what to save, so that a crash loses little. */
  readonly keep?: (partial: SealedPart) => void;
  /**
   * What `keep` was given last: the build goes on from there, to the same index as if it had never stopped. The source
   * must be the same.
   */
  readonly resume?: SealedPart;
}

/**
 * Trains an index and codes all vectors of the source.
 *
 * Stop it by not calling `next` again.
 *
 * @throws RangeError as `trainIndex` and `encodeSegment` do
 */
export function* buildSealedPart(
  description: string,
  source: VectorSource,
  dims: number,
  { pieceRows = 16384, keep = () => {}, resume, ...options }: BuildOptions = {},
): Generator<BuildProgress, SealedPart> {
  const trained = resume?.trained ?? (yield* trainIndex(description, source, dims, options));
  const segments: Segment[] = [...(resume?.segments ?? [])];
  let coded = 0;
  for (const segment of segments) coded += segment.rows;
  // The mean, not the sum: then what a resumed build goes on with is no different in the last bit.
  let error = resume?.trainedError ?? 0;
  const alive = new IdBits(resume?.alive.words);
  const part = (): SealedPart => ({
    trained,
    segments: [...segments],
    alive,
    trainedRows: coded,
    trainedError: error,
  });
  if (resume === undefined) keep(part());
  while (coded < source.count) {
    const rows = Math.min(pieceRows, source.count - coded);
    // Coding rounds by what it saw before, and each piece shall be coded as if it were the first after a start.
    endEncoding(trained);
    const steps = encodeSegment(trained, source, coded, rows);
    for (;;) {
      const step = steps.next();
      if (step.done) {
        segments.push(step.value.segment);
        error = (error * coded + step.value.error * rows) / (coded + rows);
        for (const id of step.value.segment.ids) alive.add(id);
        break;
      }
      yield { phase: 'encode', done: (coded + step.value * rows) / source.count };
    }
    coded += rows;
    if (coded < source.count) keep(part());
  }
  endEncoding(trained);
  yield { phase: 'arrange', done: 0 };
  const done = part();
  return compacted(done);
}

/** The same rows in one segment, the dead dropped. */
export function compacted(part: SealedPart): SealedPart {
  const { trained, segments, alive } = part;
  const single = segments.length === 1 && segments[0]!.rows === alive.count;
  if (single) return part;
  return {
    ...part,
    segments: [mergeSegments(segments, listCount(trained), rowSizes(trained), alive.words)],
  };
}

/** The part with those rows of `segment` that are in `keep`; they are alive in it (`alive` is changed in place). */
export function takenIn(part: SealedPart, segment: Segment, keep: IdBits): SealedPart {
  const { trained, alive } = part;
  const lists = listCount(trained);
  const sizes = rowSizes(trained);
  let segments = [...part.segments];
  // A dead row of the same id would come back to life with the id: such rows go first.
  const returns = segments.some(({ ids }) => anyIn(ids, keep.words));
  if (returns) segments = [mergeSegments(segments, lists, sizes, alive.words)];
  const complete = keep.count === segment.rows;
  segments.push(complete ? segment : mergeSegments([segment], lists, sizes, keep.words));
  for (const id of segment.ids) if (keep.has(id)) alive.add(id);
  // Like carrying in a binary counter: a segment joins the one before while that is less than twice its size.
  while (segments.length > 1 && segments.at(-2)!.rows < 2 * segments.at(-1)!.rows) {
    const [older, newer] = segments.splice(-2);
    segments.push(mergeSegments([older!, newer!], lists, sizes, alive.words));
  }
  return { ...part, segments };
}

/** Whether one of the ids is in the set. A loop: callbacks for every id would be felt. */
function anyIn(ids: Uint32Array, bits: Uint32Array): boolean {
  for (let n = 0; n < ids.length; n++) if (isIn(bits, ids[n]!)) return true;
  return false;
}

/** Rows in all segments, dead ones included. */
export function storedRows(part: SealedPart): number {
  return part.segments.reduce((sum, segment) => sum + segment.rows, 0);
}

/**
 * Bytes that a search needs: rows, centroids, codebooks, transform.
 *
 * @returns all of them, and how many of them grow with the rows
 */
export function sealedBytes(part: SealedPart): { total: number; rows: number } {
  const { trained, segments, alive } = part;
  const rows = segments.reduce((sum, s) => sum + segmentBytes(s), 0) + alive.words.byteLength;
  const { spec, transform, coarse } = trained;
  const inner = innerDims(trained);
  let fixed = transform?.matrix.packed.byteLength ?? 0;
  fixed += coarse?.bytes ?? 0;
  // Codebooks as floats and packed for the table, and the table.
  if (spec.code.kind === 'product') fixed += inner * 256 * 8 + spec.code.subspaces * 2048;
  if (spec.code.kind === 'range') fixed += inner * 8;
  return { total: rows + fixed, rows };
}

/** `buildSealedPart` without steps. */
export function buildAtOnce(
  description: string,
  source: VectorSource,
  dims: number,
  options: BuildOptions = {},
): SealedPart {
  return runSteps(buildSealedPart(description, source, dims, options));
}
