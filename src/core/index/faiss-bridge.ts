import { CoarseQuantiser } from './coarse-quantiser.ts';
import type { CodeSpec } from './factory-string.ts';
import { FaissFileError } from './faiss-bytes.ts';
import type { FaissFlat, FaissIndex, FaissInverted, FaissList, FaissTransform } from './faiss-format.ts';
import { IdBits } from './id-bits.ts';
import { LinearTransform } from './linear-transform.ts';
import { PackedRows } from './packed-rows.ts';
import { ProductCode } from './product-code.ts';
import { ProductQuantiser } from './product-quantiser.ts';
import { FlatCode, RangeCode, type RowCode } from './row-code.ts';
import type { SealedPart } from './sealed-part.ts';
import { emptySegment, type Segment } from './segment.ts';
import { innerDims, listCount, rowSizes, type TrainedIndex } from './trained-index.ts';

/**
 * [Note: What Faiss can hold]
 * Faiss has no calibrated scales and no codes of what a code left over. An index that has neither keeps its codes as they
 * are; of any other the vectors that its codes stand for are written as floats, in the same lists behind the same
 * transform. Both ways Faiss finds the same neighbours.
 */

/** The rows that are alive, as an index that `writeFaiss` writes and faiss.read_index opens. */
export function faissFromSealed(part: SealedPart, nprobe = 32): FaissIndex {
  const { trained, alive } = part;
  const { metric, transform, coarse } = trained;
  const dims = innerDims(trained);
  const count = alive.count;
  const asCodes = keepsCodes(trained);
  const lists = Array.from({ length: listCount(trained) }, (_, list) => exportList(part, list, asCodes));
  let index: FaissIndex;
  if (coarse !== null) {
    const order: FaissFlat = {
      kind: 'flat',
      dims,
      count: coarse.lists,
      metric: coarse.order,
      vectors: coarse.centroids,
    };
    const quantiser = asCodes && trained.code instanceof ProductCode ? trained.code.quantiser : null;
    index = {
      kind: 'inverted',
      dims,
      count,
      metric,
      nprobe: Math.min(nprobe, coarse.lists),
      coarse: order,
      quantiser:
        quantiser === null ? null : { subspaces: quantiser.subspaces, codebooks: quantiser.codebooks },
      lists,
    };
  } else {
    index = plainIndex(trained, lists[0]!.codes, count);
  }
  const whole = transform === null ? index : behind(transform, index);
  // Lists know the ids of their rows; without lists a map around everything does.
  if (coarse !== null) return whole;
  const { ids } = lists[0]!;
  return { kind: 'mapped', tag: 'IxMp', dims: whole.dims, count, metric, ids, inner: whole };
}

function behind(transform: LinearTransform, inner: FaissIndex): FaissIndex {
  const matrix = new Float32Array(transform.outDims * transform.inDims);
  for (let r = 0; r < transform.outDims; r++) transform.matrix.row(r, matrix, r * transform.inDims);
  const { inDims, outDims, bias } = transform;
  const written: FaissTransform = {
    tag: 'LTra',
    inDims,
    outDims,
    matrix,
    bias: bias ?? new Float32Array(0),
    extra: new Uint8Array(0),
  };
  const { count, metric } = inner;
  return { kind: 'transformed', dims: inDims, count, metric, transforms: [written], inner };
}

/** Whether Faiss can take the codes as they are. */
function keepsCodes({ code, fine, coarse }: TrainedIndex): boolean {
  if (fine !== null) return false;
  if (code instanceof ProductCode) return code.scaleTable === null;
  return code instanceof RangeCode && coarse === null;
}

function plainIndex(trained: TrainedIndex, codes: Uint8Array, count: number): FaissIndex {
  const header = { dims: innerDims(trained), count, metric: trained.metric };
  if (keepsCodes(trained)) {
    const { code } = trained;
    if (code instanceof ProductCode) {
      const { subspaces, codebooks } = code.quantiser;
      return { kind: 'product', ...header, quantiser: { subspaces, codebooks }, codes };
    }
    if (code instanceof RangeCode) return { kind: 'scalar', ...header, ranges: code.ranges, codes };
  }
  return {
    kind: 'flat',
    ...header,
    vectors: new Float32Array(codes.buffer, codes.byteOffset, count * header.dims),
  };
}

/** The living rows of one list: their codes without padding, or the float vectors that they stand for. */
function exportList({ trained, segments, alive }: SealedPart, list: number, asCodes: boolean): FaissList {
  const dims = innerDims(trained);
  const { code } = trained;
  const size = code instanceof ProductCode ? code.quantiser.subspaces : dims;
  const ids: number[] = [];
  const pieces: Uint8Array[] = [];
  for (const segment of segments) {
    for (let row = segment.offsets[list]!; row < segment.offsets[list + 1]!; row++) {
      const id = segment.ids[row]!;
      if (!alive.has(id)) continue;
      ids.push(id);
      if (asCodes) pieces.push(segment.codes.bytes.subarray(row * code.bytes, row * code.bytes + size));
      else {
        const vector = new Float32Array(dims);
        reconstruct(trained, segment, list, row, vector);
        pieces.push(new Uint8Array(vector.buffer));
      }
    }
  }
  const each = pieces[0]?.length ?? 0;
  const codes = new Uint8Array(pieces.length * each);
  pieces.forEach((piece, n) => {
    codes.set(piece, n * each);
  });
  return { ids, codes };
}

/** The vector, in transformed space, that row `row` of `list` stands for: [innerDims]. */
export function reconstruct(
  trained: TrainedIndex,
  segment: Segment,
  list: number,
  row: number,
  out: Float32Array,
): void {
  const { coarse, code, fine } = trained;
  const dims = out.length;
  if (coarse === null) out.fill(0);
  else out.set(coarse.centroids.subarray(list * dims, (list + 1) * dims));
  const piece = new Float32Array(dims);
  const addPiece = (of: RowCode, bytes: Uint8Array, scales: Uint8Array | null) => {
    of.decode(bytes, row, piece, 0);
    const scale = scales === null ? 1 : of.scaleTable![scales[row]!]!;
    for (let i = 0; i < dims; i++) out[i] = out[i]! + scale * piece[i]!;
  };
  addPiece(code, segment.codes.bytes, segment.scales);
  if (fine !== null) addPiece(fine, segment.fine!.bytes, segment.fineScales);
}

/**
 * An index of Faiss as a sealed part: codes, lists and ids stay as they are.
 *
 * @throws FaissFileError when it is made of parts that have no counterpart here
 */
export function sealedFromFaiss(index: FaissIndex): SealedPart {
  const { metric, dims } = index;
  let inner = index;
  let ids: readonly number[] | null = null;
  let transform: LinearTransform | null = null;
  while (inner.kind === 'mapped' || inner.kind === 'transformed') {
    if (inner.kind === 'mapped') {
      if (ids !== null || transform !== null) throw new FaissFileError('an id map inside of something else');
      ids = inner.ids;
    } else {
      if (transform !== null || inner.transforms.length !== 1) {
        throw new FaissFileError(`${inner.transforms.length} transforms; readable is one`);
      }
      transform = importTransform(inner.transforms[0]!, dims);
    }
    inner = inner.inner;
  }
  const width = transform?.outDims ?? dims;
  if (inner.dims !== width || inner.metric !== metric) {
    throw new FaissFileError(
      `an inner index of ${inner.dims} dimensions by ${inner.metric}; expected ${width} by ${metric}`,
    );
  }
  const { code, spec } = importCode(inner, width);
  const coarse = inner.kind === 'inverted' ? importCoarse(inner) : null;
  const trained: TrainedIndex = {
    spec: {
      transform: transform === null ? null : { kind: 'rotation', dims: width },
      lists: coarse?.lists ?? 0,
      code: spec,
      refine: null,
    },
    metric,
    dims,
    transform,
    coarse,
    code,
    fine: null,
    error: 0,
  };
  const lists =
    inner.kind === 'inverted' ? inner.lists : [{ ids: range(inner.count), codes: bytesOf(inner) }];
  const segment = importRows(trained, lists, ids);
  const alive = new IdBits();
  for (const id of segment.ids) alive.add(id);
  if (alive.count !== segment.rows) {
    throw new FaissFileError(`${segment.rows} rows but only ${alive.count} different ids`);
  }
  return { trained, segments: [segment], alive, trainedRows: segment.rows, trainedError: 0 };
}

function importTransform({ inDims, outDims, matrix, bias }: FaissTransform, dims: number): LinearTransform {
  if (inDims !== dims) throw new FaissFileError(`a transform of ${inDims} dimensions; expected ${dims}`);
  return new LinearTransform(PackedRows.from(matrix, outDims, inDims), bias.length > 0 ? bias : null);
}

function importCoarse({ coarse }: FaissInverted): CoarseQuantiser {
  return new CoarseQuantiser(coarse.vectors, coarse.count, coarse.dims, coarse.metric);
}

function importCode(inner: FaissIndex, dims: number): { code: RowCode; spec: CodeSpec } {
  if (inner.kind === 'scalar') return { code: new RangeCode(dims, inner.ranges), spec: { kind: 'range' } };
  const quantiser = inner.kind === 'product' || inner.kind === 'inverted' ? inner.quantiser : null;
  if (quantiser === null) return { code: new FlatCode(dims), spec: { kind: 'flat' } };
  const { subspaces, codebooks } = quantiser;
  return {
    code: new ProductCode(new ProductQuantiser(subspaces, dims / subspaces, codebooks), false),
    spec: { kind: 'product', subspaces, calibrated: false },
  };
}

function bytesOf(inner: FaissIndex): Uint8Array {
  if (inner.kind === 'flat') {
    return new Uint8Array(inner.vectors.buffer, inner.vectors.byteOffset, inner.vectors.byteLength);
  }
  return inner.kind === 'scalar' || inner.kind === 'product' ? inner.codes : new Uint8Array(0);
}

function importRows(
  trained: TrainedIndex,
  lists: readonly FaissList[],
  names: readonly number[] | null,
): Segment {
  const { code, coarse, metric } = trained;
  const dims = innerDims(trained);
  const rows = lists.reduce((sum, { ids }) => sum + ids.length, 0);
  const segment = emptySegment(rows, lists.length, rowSizes(trained));
  const vector = new Float32Array(dims);
  let row = 0;
  lists.forEach(({ ids, codes }, list) => {
    const size = ids.length === 0 ? 0 : codes.length / ids.length;
    ids.forEach((number, n) => {
      const id = names?.[number] ?? number;
      if (id >= 2 ** 31) throw new FaissFileError(`the id ${id}; at most 2^31 - 1`);
      segment.ids[row] = id;
      const bytes = codes.subarray(n * size, (n + 1) * size);
      segment.codes.bytes.set(bytes, row * code.bytes);
      if (code instanceof FlatCode && coarse !== null) {
        // Faiss keeps whole vectors in its lists, Picsift what they have over the centroid.
        for (let i = 0; i < dims; i++) {
          const at = row * dims + i;
          segment.codes.floats[at] = segment.codes.floats[at]! - coarse.centroids[list * dims + i]!;
        }
      }
      if (code instanceof FlatCode) {
        for (let i = 0; i < dims; i++) {
          const value = segment.codes.floats[row * dims + i]!;
          if (!Number.isFinite(value)) {
            throw new FaissFileError(`the vector of id ${id} holds ${value}; expected finite numbers`);
          }
        }
      }
      if (metric === 'distance') {
        reconstruct(trained, segment, list, row, vector);
        segment.halves![row] = vector.reduce((sum, x) => sum + x * x, 0) / 2;
      }
      row++;
    });
    segment.offsets[list + 1] = row;
  });
  return segment;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}
