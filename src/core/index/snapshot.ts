import { wordsOf } from '../error-words.ts';
import { CoarseQuantiser, type ProbeOrder } from './coarse-quantiser.ts';
import { type CodeSpec, formatFactory, parseFactory } from './factory-string.ts';
import { GridCode } from './grid-code.ts';
import { IdBits } from './id-bits.ts';
import type { LinearTransform } from './linear-transform.ts';
import { ProductCode } from './product-code.ts';
import { ProductQuantiser, subCentroids } from './product-quantiser.ts';
import { codeBytes, FlatCode, RangeCode, type RowCode } from './row-code.ts';
import type { SealedPart } from './sealed-part.ts';
import type { Segment } from './segment.ts';
import { layoutSections, type Refusal, RefusedSnapshot, readSections } from './snapshot-layout.ts';
import {
  asciiJson,
  isTransformShape,
  isWhole,
  SectionReader,
  SectionWriter,
  sectionKinds,
  type TransformShape,
  transformShape,
} from './snapshot-sections.ts';
import { listCount, type Metric, rowSizes, type TrainedIndex } from './trained-index.ts';

/** The parameters section, as JSON in ASCII (other characters escaped). */
interface Parameters {
  readonly factory: string;
  readonly metric: Metric;
  readonly dims: number;
  /** Which model made the vectors; the caller's words. */
  readonly model: string;
  readonly transform: TransformShape | null;
  readonly coarse: { readonly order: ProbeOrder } | null;
  readonly error: number;
  readonly trainedRows: number;
  readonly trainedError: number;
  /** Rows of each segment. */
  readonly segments: readonly number[];
}

/** The whole sealed part in one buffer. Rows in the tail are not in it: storage has their vectors. */
export function writeSnapshot(part: SealedPart, model: string): ArrayBuffer {
  const { trained, segments, alive } = part;
  const { transform, coarse, code } = trained;
  const parameters: Parameters = {
    factory: formatFactory(trained.spec),
    metric: trained.metric,
    dims: trained.dims,
    model,
    transform: transformShape(transform),
    coarse: coarse === null ? null : { order: coarse.order },
    error: trained.error,
    trainedRows: part.trainedRows,
    trainedError: part.trainedError,
    segments: segments.map(({ rows }) => rows),
  };
  const sections = new SectionWriter();
  const k = sectionKinds;
  sections.put(k.parameters, asciiJson(parameters));
  sections.put(k.alive, alive.words);
  sections.put(k.transformMatrix, transform?.matrix.packed);
  sections.put(k.transformBias, transform?.bias);
  sections.put(k.centroids, coarse?.centroids);
  sections.put(k.codebooks, code instanceof ProductCode ? code.quantiser.codebooks : null);
  sections.put(k.ranges, code instanceof RangeCode ? code.ranges : null);
  segments.forEach((s, n) => {
    sections.put(k.offsets, s.offsets, n);
    sections.put(k.ids, s.ids, n);
    sections.put(k.codes, s.codes.bytes, n);
    sections.put(k.scales, s.scales, n);
    sections.put(k.fine, s.fine?.bytes, n);
    sections.put(k.fineScales, s.fineScales, n);
    sections.put(k.halves, s.halves, n);
  });
  return layoutSections(sections.sections);
}

export type Opened =
  | { readonly kind: 'opened'; readonly part: SealedPart; readonly model: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Lays an index over a snapshot: no parsing of rows, no copy of them; the buffer then belongs to the index. Everything
 * is checked first.
 *
 * @param model refused when the snapshot's model is another one; absent: any
 */
export function openSnapshot(buffer: ArrayBuffer, model?: string): Opened {
  try {
    const sections = new SectionReader(readSections(buffer));
    const parameters = readParameters(sections);
    if (model !== undefined && parameters.model !== model) {
      throw new RefusedSnapshot('other-model', `made for model "${parameters.model}"; expected "${model}"`);
    }
    return { kind: 'opened', part: readPart(sections, parameters), model: parameters.model };
  } catch (error) {
    if (error instanceof RefusedSnapshot) return { kind: 'refused', refusal: error.refusal };
    throw error;
  }
}

function readParameters(sections: SectionReader): Parameters {
  const { text, value } = sections.json(sectionKinds.parameters);
  const p = value as Partial<Parameters> | null;
  const good =
    typeof p === 'object' &&
    p !== null &&
    typeof p.factory === 'string' &&
    (p.metric === 'product' || p.metric === 'distance') &&
    isWhole(p.dims, 65536) &&
    p.dims! > 0 &&
    typeof p.model === 'string' &&
    (p.transform === null || isTransformShape(p.transform)) &&
    (p.coarse === null || p.coarse?.order === 'distance' || p.coarse?.order === 'product') &&
    Number.isFinite(p.error) &&
    isWhole(p.trainedRows, 2 ** 31) &&
    Number.isFinite(p.trainedError) &&
    Array.isArray(p.segments) &&
    p.segments.every((rows) => isWhole(rows, 2 ** 31));
  if (!good) throw new RefusedSnapshot('damaged', `the parameters lack something: ${text.slice(0, 200)}`);
  return p as Parameters;
}

function readPart(sections: SectionReader, p: Parameters): SealedPart {
  const k = sectionKinds;
  const trained = readTrained(sections, p);
  const alive = new IdBits(sections.words(k.alive, null));
  const sizes = rowSizes(trained);
  const lists = listCount(trained);
  const segments = p.segments.map((rows, n): Segment => {
    const offsets = sections.words(k.offsets, lists + 1, n);
    checkOffsets(offsets, rows, n);
    return {
      rows,
      offsets,
      ids: checkIds(sections.words(k.ids, rows, n), n),
      codes: codeBytes(sections.take(k.codes, rows * sizes.code, n)),
      scales: sizes.scale === 0 ? null : sections.take(k.scales, rows, n),
      fine: sizes.fine === 0 ? null : codeBytes(sections.take(k.fine, rows * sizes.fine, n)),
      fineScales: sizes.fineScale === 0 ? null : sections.take(k.fineScales, rows, n),
      halves: sizes.half === 0 ? null : sections.floats(k.halves, rows, n),
    };
  });
  const stored = p.segments.reduce((sum, rows) => sum + rows, 0);
  if (alive.count > stored) {
    throw new RefusedSnapshot('damaged', `${alive.count} rows are alive; only ${stored} are stored`);
  }
  return { trained, segments, alive, trainedRows: p.trainedRows, trainedError: p.trainedError };
}

function readTrained(sections: SectionReader, p: Parameters): TrainedIndex {
  const k = sectionKinds;
  let spec: ReturnType<typeof parseFactory>;
  try {
    spec = parseFactory(p.factory);
  } catch (error) {
    throw new RefusedSnapshot('damaged', wordsOf(error));
  }
  if ((spec.transform === null) !== (p.transform === null) || spec.lists > 0 !== (p.coarse !== null)) {
    throw new RefusedSnapshot('damaged', `the parameters do not fit "${p.factory}"`);
  }
  let transform: LinearTransform | null = null;
  if (p.transform !== null) {
    transform = sections.transform(p.transform, p.dims);
  }
  const inner = transform?.outDims ?? p.dims;
  let coarse: CoarseQuantiser | null = null;
  if (p.coarse !== null) {
    const centroids = sections.floats(k.centroids, spec.lists * inner);
    coarse = new CoarseQuantiser(centroids, spec.lists, inner, p.coarse.order);
  }
  const code = readCode(sections, spec.code, inner);
  const fine = spec.refine === null ? null : readCode(sections, spec.refine, inner);
  return { spec, metric: p.metric, dims: p.dims, transform, coarse, code, fine, error: p.error };
}

function readCode(sections: SectionReader, spec: CodeSpec, dims: number): RowCode {
  switch (spec.kind) {
    case 'flat':
      return new FlatCode(dims);
    case 'grid':
      return new GridCode(dims, spec.bits);
    case 'range':
      return new RangeCode(dims, sections.floats(sectionKinds.ranges, 2 * dims));
    case 'product': {
      const { subspaces, calibrated } = spec;
      if (dims % subspaces !== 0) {
        throw new RefusedSnapshot(
          'damaged',
          `PQ${subspaces} of ${dims} dimensions, which it does not divide`,
        );
      }
      const books = sections.floats(sectionKinds.codebooks, dims * subCentroids);
      return new ProductCode(new ProductQuantiser(subspaces, dims / subspaces, books), calibrated);
    }
  }
}

function checkOffsets(offsets: Uint32Array, rows: number, segment: number): void {
  let before = 0;
  for (let n = 0; n < offsets.length; n++) {
    const offset = offsets[n]!;
    if (offset < before || (n === 0 && offset !== 0)) {
      throw new RefusedSnapshot(
        'damaged',
        `list ${n} of segment ${segment} starts at ${offset}, after ${before}`,
      );
    }
    before = offset;
  }
  if (before !== rows) {
    throw new RefusedSnapshot(
      'damaged',
      `the lists of segment ${segment} hold ${before} rows; expected ${rows}`,
    );
  }
}

function checkIds(ids: Uint32Array, segment: number): Uint32Array {
  for (let n = 0; n < ids.length; n++) {
    if (ids[n]! >= 2 ** 31) {
      throw new RefusedSnapshot(
        'damaged',
        `row ${n} of segment ${segment} has the id ${ids[n]}; the most is 2^31 - 1`,
      );
    }
  }
  return ids;
}
