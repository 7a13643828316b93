import { ByteWriter } from './faiss-bytes.ts';
import type {
  FaissHeader,
  FaissIndex,
  FaissInverted,
  FaissQuantiser,
  FaissTransform,
} from './faiss-format.ts';

/** A 64-bit word that Faiss writes in every header and nobody reads. */
const unused = 2 ** 20;

export function writeFaiss(index: FaissIndex): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writeIndex(writer, index);
  return writer.bytes();
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
