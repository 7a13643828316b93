/**
 * Files of Faiss (write_index / read_index), as plain data: flat, 8-bit scalar, product quantiser, inverted lists of the
 * first and the third, a linear transform before and an id map around them. Reading and writing are exact inverses.
 */
import { ByteReader, ByteWriter, FaissFileError } from './faiss-bytes.ts';
import type { Metric } from './trained-index.ts';

export interface FaissHeader {
  readonly dims: number;
  readonly count: number;
  readonly metric: Metric;
}

export interface FaissFlat extends FaissHeader {
  readonly kind: 'flat';
  /** [count][dims] */
  readonly vectors: Float32Array;
}

export interface FaissScalar extends FaissHeader {
  readonly kind: 'scalar';
  /** [dims] least values, [dims] widths. */
  readonly ranges: Float32Array;
  /** [count][dims] */
  readonly codes: Uint8Array;
}

export interface FaissQuantiser {
  readonly subspaces: number;
  /** [subspaces][256][dims / subspaces] */
  readonly codebooks: Float32Array;
}

export interface FaissProduct extends FaissHeader {
  readonly kind: 'product';
  readonly quantiser: FaissQuantiser;
  /** [count][subspaces] */
  readonly codes: Uint8Array;
}

export interface FaissList {
  readonly ids: readonly number[];
  /** [ids][code size] */
  readonly codes: Uint8Array;
}

export interface FaissInverted extends FaissHeader {
  readonly kind: 'inverted';
  readonly nprobe: number;
  /** The centroids; its metric is the order in which lists are visited. */
  readonly coarse: FaissFlat;
  /** Null: the lists hold float vectors. Else codes of what a vector has over its centroid. */
  readonly quantiser: FaissQuantiser | null;
  readonly lists: readonly FaissList[];
}

export interface FaissTransform {
  /** "LTra", "rrot" or "PcAm"/"Pcam": what the file called it. */
  readonly tag: string;
  readonly inDims: number;
  readonly outDims: number;
  /** [outDims][inDims] */
  readonly matrix: Float32Array;
  /** [outDims], or empty. */
  readonly bias: Float32Array;
  /** What a PCA keeps beside its matrix, as bytes; empty for others. */
  readonly extra: Uint8Array;
}

export interface FaissTransformed extends FaissHeader {
  readonly kind: 'transformed';
  readonly transforms: readonly FaissTransform[];
  readonly inner: FaissIndex;
}

export interface FaissMapped extends FaissHeader {
  readonly kind: 'mapped';
  /** "IxMp" or "IxM2". */
  readonly tag: string;
  readonly ids: readonly number[];
  readonly inner: FaissIndex;
}

export type FaissIndex =
  | FaissFlat
  | FaissScalar
  | FaissProduct
  | FaissInverted
  | FaissTransformed
  | FaissMapped;

/** A 64-bit word that Faiss writes in every header and nobody reads. */
const unused = 2 ** 20;
/** Transforms and maps nest; files that nest deeper are damaged or hostile. */
const deepest = 8;

/** @throws FaissFileError saying what was found and what is possible */
export function readFaiss(bytes: Uint8Array): FaissIndex {
  const reader = new ByteReader(bytes);
  const index = readIndex(reader, 0);
  reader.expectEnd();
  return index;
}

export function writeFaiss(index: FaissIndex): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writeIndex(writer, index);
  return writer.bytes();
}

function readIndex(r: ByteReader, depth: number): FaissIndex {
  if (depth > deepest) throw new FaissFileError(`indexes nested more than ${deepest} deep`);
  const tag = r.tag();
  const header = readHeader(r);
  const { dims, count } = header;
  switch (tag) {
    case 'IxFI':
    case 'IxF2':
    case 'IxFl': {
      const vectors = r.floats(r.size('vectors', 4));
      expectSize('vectors', vectors.length, count * dims);
      return { kind: 'flat', ...header, vectors };
    }
    case 'IxSQ': {
      const ranges = readScalar(r, dims);
      const codes = r.raw(r.size('codes', 1));
      expectSize('codes', codes.length, count * dims);
      return { kind: 'scalar', ...header, ranges, codes };
    }
    case 'IxPq': {
      const quantiser = readQuantiser(r, dims);
      const codes = r.raw(r.size('codes', 1));
      expectSize('codes', codes.length, count * quantiser.subspaces);
      // Search type, sign encoding, polysemous threshold: ways to search that we do not have.
      r.raw(9);
      return { kind: 'product', ...header, quantiser, codes };
    }
    case 'IwFl':
    case 'IwPQ':
      return readInverted(r, header, tag, depth);
    case 'IxPT': {
      const transforms = Array.from({ length: r.count32('transforms', 16) }, () => readTransform(r));
      return { kind: 'transformed', ...header, transforms, inner: readIndex(r, depth + 1) };
    }
    case 'IxMp':
    case 'IxM2': {
      const inner = readIndex(r, depth + 1);
      const ids = r.longs(r.size('ids', 8));
      expectSize('ids', ids.length, count);
      return { kind: 'mapped', ...header, tag, ids, inner };
    }
    default:
      throw new FaissFileError(
        `an index of type "${tag}"; readable are IxFI, IxF2, IxSQ, IxPq, IwFl, IwPQ, IxPT, IxMp and IxM2`,
      );
  }
}

function readHeader(r: ByteReader): FaissHeader {
  const dims = r.u32();
  const count = r.long('count');
  r.raw(16);
  const trained = r.u8();
  const metric = r.u32();
  if (dims < 1 || dims > 65536)
    throw new FaissFileError(`vectors of ${dims} dimensions; expected 1 to 65536`);
  if (trained !== 1) throw new FaissFileError('an index that is not trained');
  if (metric > 1) throw new FaissFileError(`metric ${metric}; expected 0 (inner product) or 1 (L2)`);
  return { dims, count, metric: metric === 0 ? 'product' : 'distance' };
}

function readScalar(r: ByteReader, dims: number): Float32Array {
  const type = r.u32();
  if (type !== 0)
    throw new FaissFileError(`scalar quantiser type ${type}; readable is 0 (8 bits a component)`);
  r.raw(8);
  expectSize('quantised dimensions', r.long('dimensions'), dims);
  expectSize('bytes of a code', r.long('code size'), dims);
  const ranges = r.floats(r.size('ranges', 4));
  expectSize('ranges', ranges.length, 2 * dims);
  return ranges;
}

function readQuantiser(r: ByteReader, dims: number): FaissQuantiser {
  expectSize('quantised dimensions', r.long('dimensions'), dims);
  const subspaces = r.long('subspaces');
  const bits = r.long('bits');
  if (bits !== 8) throw new FaissFileError(`a product quantiser of ${bits} bits; readable is 8`);
  if (subspaces < 1 || dims % subspaces !== 0) {
    throw new FaissFileError(`${subspaces} subspaces of ${dims} dimensions`);
  }
  const codebooks = r.floats(r.size('codebooks', 4));
  expectSize('codebooks', codebooks.length, 256 * dims);
  return { subspaces, codebooks };
}

function readInverted(r: ByteReader, header: FaissHeader, tag: string, depth: number): FaissInverted {
  const { dims, count } = header;
  const lists = r.long('lists');
  if (lists < 1) throw new FaissFileError(`${lists} inverted lists; expected at least 1`);
  const nprobe = r.long('nprobe');
  const coarse = readIndex(r, depth + 1);
  if (coarse.kind !== 'flat' || coarse.dims !== dims || coarse.count !== lists) {
    throw new FaissFileError(
      `a ${coarse.kind} coarse quantiser of ${coarse.count} x ${coarse.dims}; expected flat, ${lists} x ${dims}`,
    );
  }
  const direct = r.u8();
  if (direct !== 0) throw new FaissFileError(`direct map type ${direct}; readable is 0 (none)`);
  r.longs(r.size('direct map', 8));
  let quantiser: FaissQuantiser | null = null;
  let codeSize = dims * 4;
  if (tag === 'IwPQ') {
    const residual = r.u8();
    if (residual !== 1)
      throw new FaissFileError('product codes of whole vectors; readable are those of residuals');
    codeSize = r.long('code size');
    quantiser = readQuantiser(r, dims);
    expectSize('bytes of a code', codeSize, quantiser.subspaces);
  }
  const content = readLists(r, lists, codeSize);
  expectSize(
    'rows in lists',
    content.reduce((sum, { ids }) => sum + ids.length, 0),
    count,
  );
  return { kind: 'inverted', ...header, nprobe, coarse, quantiser, lists: content };
}

function readLists(r: ByteReader, lists: number, codeSize: number): FaissList[] {
  const tag = r.tag();
  if (tag !== 'ilar') throw new FaissFileError(`inverted lists of type "${tag}"; readable is "ilar"`);
  expectSize('inverted lists', r.long('lists'), lists);
  expectSize('bytes of a code', r.long('code size'), codeSize);
  const layout = r.tag();
  const numbers = r.longs(r.size('list sizes', 8));
  const sizes = new Float64Array(lists);
  if (layout === 'full') {
    expectSize('list sizes', numbers.length, lists);
    sizes.set(numbers);
  } else if (layout === 'sprs') {
    for (let n = 0; n + 1 < numbers.length; n += 2) {
      if (numbers[n]! >= lists) throw new FaissFileError(`list ${numbers[n]} of ${lists}`);
      sizes[numbers[n]!] = numbers[n + 1]!;
    }
  } else throw new FaissFileError(`list sizes laid out as "${layout}"; readable are "full" and "sprs"`);
  return Array.from(sizes, (size) => ({ codes: r.raw(size * codeSize), ids: r.longs(size) }));
}

function readTransform(r: ByteReader): FaissTransform {
  const tag = r.tag();
  if (!['LTra', 'rrot', 'PcAm', 'Pcam'].includes(tag)) {
    throw new FaissFileError(`a transform of type "${tag}"; readable are LTra, rrot, PcAm and Pcam`);
  }
  const start = r.position;
  if (tag === 'PcAm' || tag === 'Pcam') {
    r.raw(tag === 'Pcam' ? 13 : 9);
    for (const what of ['mean', 'eigenvalues', 'axes']) r.raw(r.size(what, 4) * 4);
  }
  const extra = r.between(start, r.position);
  const hasBias = r.u8();
  const matrix = r.floats(r.size('matrix', 4));
  const bias = r.floats(r.size('bias', 4));
  const inDims = r.u32();
  const outDims = r.u32();
  if (r.u8() !== 1) throw new FaissFileError('a transform that is not trained');
  expectSize('matrix', matrix.length, inDims * outDims);
  if (hasBias !== 0) expectSize('bias', bias.length, outDims);
  return { tag, inDims, outDims, matrix, bias: hasBias === 0 ? new Float32Array(0) : bias, extra };
}

function expectSize(what: string, found: number, expected: number): void {
  if (found !== expected) throw new FaissFileError(`${what}: ${found}; expected ${expected}`);
}

function writeIndex(w: ByteWriter, index: FaissIndex): void {
  switch (index.kind) {
    case 'flat':
      writeHeader(w, index.metric === 'product' ? 'IxFI' : 'IxF2', index);
      w.floats(index.vectors);
      break;
    case 'scalar':
      writeHeader(w, 'IxSQ', index);
      w.u32(0);
      w.u32(0);
      w.u32(0);
      w.long(index.dims);
      w.long(index.dims);
      w.floats(index.ranges);
      w.long(index.codes.length);
      w.raw(index.codes);
      break;
    case 'product':
      writeHeader(w, 'IxPq', index);
      writeQuantiser(w, index.dims, index.quantiser);
      w.long(index.codes.length);
      w.raw(index.codes);
      w.u32(0);
      w.u8(0);
      // Faiss's own value for "never": as many bits as a code has, and one more.
      w.u32(index.quantiser.subspaces * 8 + 1);
      break;
    case 'inverted':
      writeInverted(w, index);
      break;
    case 'transformed':
      writeHeader(w, 'IxPT', index);
      w.u32(index.transforms.length);
      for (const transform of index.transforms) writeTransform(w, transform);
      writeIndex(w, index.inner);
      break;
    case 'mapped':
      writeHeader(w, index.tag, index);
      writeIndex(w, index.inner);
      w.long(index.ids.length);
      for (const id of index.ids) w.long(id);
      break;
  }
}

function writeHeader(w: ByteWriter, tag: string, { dims, count, metric }: FaissHeader): void {
  w.tag(tag);
  w.u32(dims);
  w.long(count);
  w.long(unused);
  w.long(unused);
  w.u8(1);
  w.u32(metric === 'product' ? 0 : 1);
}

function writeQuantiser(w: ByteWriter, dims: number, { subspaces, codebooks }: FaissQuantiser): void {
  w.long(dims);
  w.long(subspaces);
  w.long(8);
  w.floats(codebooks);
}

function writeInverted(w: ByteWriter, index: FaissInverted): void {
  const { quantiser, lists, dims } = index;
  writeHeader(w, quantiser === null ? 'IwFl' : 'IwPQ', index);
  w.long(lists.length);
  w.long(index.nprobe);
  writeIndex(w, index.coarse);
  w.u8(0);
  w.long(0);
  if (quantiser !== null) {
    w.u8(1);
    w.long(quantiser.subspaces);
    writeQuantiser(w, dims, quantiser);
  }
  w.tag('ilar');
  w.long(lists.length);
  w.long(quantiser === null ? dims * 4 : quantiser.subspaces);
  const filled = lists.filter(({ ids }) => ids.length > 0).length;
  // Faiss's own rule: all sizes when more than half of the lists hold something, else pairs of list and size.
  if (filled > Math.floor(lists.length / 2)) {
    w.tag('full');
    w.long(lists.length);
    for (const { ids } of lists) w.long(ids.length);
  } else {
    w.tag('sprs');
    w.long(2 * filled);
    lists.forEach(({ ids }, list) => {
      if (ids.length === 0) return;
      w.long(list);
      w.long(ids.length);
    });
  }
  for (const { ids, codes } of lists) {
    w.raw(codes);
    for (const id of ids) w.long(id);
  }
}

function writeTransform(w: ByteWriter, { tag, extra, matrix, bias, inDims, outDims }: FaissTransform): void {
  w.tag(tag);
  w.raw(extra);
  w.u8(bias.length > 0 ? 1 : 0);
  w.floats(matrix);
  w.floats(bias);
  w.u32(inDims);
  w.u32(outDims);
  w.u8(1);
}
