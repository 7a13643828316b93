import { ByteReader, FaissFileError } from './faiss-bytes.ts';
import type {
  FaissHeader,
  FaissIndex,
  FaissInverted,
  FaissList,
  FaissQuantiser,
  FaissTransform,
} from './faiss-format.ts';

/** Transforms and maps nest; files that nest deeper are damaged or hostile. */
const deepest = 8;

/** @throws FaissFileError saying what was found and what is possible */
export function readFaiss(bytes: Uint8Array): FaissIndex {
  const reader = new ByteReader(bytes);
  const index = readIndex(reader, 0);
  reader.expectEnd();
  return index;
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
