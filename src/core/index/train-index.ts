import { CoarseQuantiser } from './coarse-quantiser.ts';
import { type CodeSpec, type IndexSpec, parseFactory } from './factory-string.ts';
import { GridCode } from './grid-code.ts';
import { kMeans } from './k-means.ts';
import { type LinearTransform, principalAxes, randomRotation } from './linear-transform.ts';
import { ProductCode } from './product-code.ts';
import { trainProductQuantiser } from './product-quantiser.ts';
import { type Random, sampleIndices, seededRandom } from './random.ts';
import { FlatCode, RangeCode, type RowCode } from './row-code.ts';
import type { Metric, TrainedIndex, VectorSource } from './trained-index.ts';

export interface TrainOptions {
  readonly metric: Metric;
  readonly seed: number;
  /** Training vectors per list; fewer when there are fewer. */
  readonly perList: number;
  readonly listIterations: number;
  /** Training vectors of the product quantiser. */
  readonly codeSample: number;
  readonly codeIterations: number;
}

/**
 * What leaves is coded again needs no perfect first code: 24 vectors a centroid do as well as 64 (20,000 and 200,000
 * photos, recall@10 the same within the chance of the seed), in a quarter of the time.
 */
export function defaultTraining({ refine }: IndexSpec): TrainOptions {
  const refined = refine !== null;
  return {
    metric: 'product',
    seed: 1,
    perList: 32,
    listIterations: 6,
    codeSample: refined ? 6144 : 16384,
    codeIterations: refined ? 5 : 8,
  };
}

/** What finished phases of a training have found; null: not yet, or the description has none. */
export interface TrainedSoFar {
  readonly transform: LinearTransform | null;
  readonly coarse: CoarseQuantiser | null;
}

/** For a training that may be stopped and go on later. */
export interface TrainKeeping {
  /** Called when the axes are found, and when the lists are: what to save, so that a crash loses one phase at most. */
  readonly keepTraining?: (soFar: TrainedSoFar) => void;
  /** What `keepTraining` was given last; source, description and options must be the same. */
  readonly training?: TrainedSoFar;
}

const trainPhases = ['sample', 'axes', 'lists', 'codes'] as const;
export type TrainPhase = (typeof trainPhases)[number];

export interface TrainProgress {
  readonly phase: TrainPhase;
  /** 0..1 within the phase. */
  readonly done: number;
}

/** Vectors that can train a product quantiser at least. */
const leastSample = 256;

/**
 * Finds the parameters of an index from a sample of the vectors, in steps of some milliseconds to (for the axes) a
 * fraction of a second. One that goes on from what was kept finds the same as one that was never stopped.
 *
 * @throws RangeError when there are too few vectors for the description, or it does not fit their dimensions
 */
export function* trainIndex(
  description: string | IndexSpec,
  source: VectorSource,
  dims: number,
  { keepTraining = () => {}, training, ...options }: Partial<TrainOptions> & TrainKeeping = {},
): Generator<TrainProgress, TrainedIndex> {
  const spec = typeof description === 'string' ? parseFactory(description) : description;
  const settings = { ...defaultTraining(spec), ...options };
  checkSizes(spec, source.count, dims);
  yield { phase: 'sample', done: 0 };
  const wanted = Math.max(settings.codeSample, spec.lists * settings.perList);
  const raw = needsSample(spec)
    ? readSample(source, dims, wanted, randomOf('sample', settings))
    : new Float32Array(0);
  const rows = raw.length / dims;
  let transform = training?.transform ?? null;
  if (spec.transform !== null && transform === null) {
    yield { phase: 'axes', done: 0 };
    transform = findTransform(spec.transform, spec.code, raw, rows, dims, randomOf('axes', settings));
    keepTraining({ transform, coarse: null });
    yield { phase: 'axes', done: 1 };
  }
  const inner = transform?.outDims ?? dims;
  const sample = transform === null ? raw : transformed(transform, raw, rows);
  let coarse = training?.coarse ?? null;
  if (spec.lists > 0 && coarse === null) {
    const steps = kMeans(sample, Math.min(rows, spec.lists * settings.perList), inner, {
      clusters: spec.lists,
      iterations: settings.listIterations,
      random: randomOf('lists', settings),
    });
    const centroids = yield* during('lists', steps);
    coarse = new CoarseQuantiser(centroids, spec.lists, inner, 'distance');
    keepTraining({ transform, coarse });
  }
  if (coarse !== null) subtractCentroids(sample, rows, inner, coarse);
  const random = randomOf('codes', settings);
  const code = yield* trainCode(spec.code, sample, rows, inner, settings, random);
  const error = meanSquareLeft(code, sample, Math.min(rows, 2048), inner);
  const fine =
    spec.refine === null ? null : yield* trainCode(spec.refine, sample, rows, inner, settings, random);
  return { spec, metric: settings.metric, dims, transform, coarse, code, fine, error };
}

/** Each phase draws from a sequence of its own: whether the ones before it ran or were kept makes no difference. */
function randomOf(phase: TrainPhase, { seed }: TrainOptions): Random {
  return seededRandom(seed + 0x1000 * trainPhases.indexOf(phase));
}

function checkSizes(spec: IndexSpec, count: number, dims: number): void {
  const { transform, code, lists } = spec;
  if (transform !== null && transform.dims > dims) {
    throw new RangeError(`a transform to ${transform.dims} dimensions of vectors that have ${dims}`);
  }
  const inner = transform?.dims ?? dims;
  if (code.kind === 'product' && inner % code.subspaces !== 0) {
    throw new RangeError(
      `PQ${code.subspaces} of ${inner} dimensions; ${inner} must be a multiple of ${code.subspaces}`,
    );
  }
  const least = Math.max(lists, code.kind === 'product' ? leastSample : 1);
  if (count < least) {
    throw new RangeError(`${count} vectors to train from; this description needs at least ${least}`);
  }
}

function needsSample({ transform, lists, code }: IndexSpec): boolean {
  return transform?.kind === 'pca' || lists > 0 || code.kind === 'product' || code.kind === 'range';
}

/** Up to `wanted` vectors in random order (whoever takes the first n of them takes a fair sample). */
function readSample(source: VectorSource, dims: number, wanted: number, random: Random): Float32Array {
  const chosen = sampleIndices(random, source.count, wanted);
  for (let n = chosen.length - 1; n > 0; n--) {
    const other = random.below(n + 1);
    const kept = chosen[n]!;
    chosen[n] = chosen[other]!;
    chosen[other] = kept;
  }
  const order = chosen.map((_, n) => n).sort((a, b) => chosen[a]! - chosen[b]!);
  const sample = new Float32Array(chosen.length * dims);
  const one = new Float32Array(dims);
  for (const n of order) {
    source.read(chosen[n]!, 1, one);
    if (!one.every(Number.isFinite)) {
      throw new RangeError(`vector ${source.id(chosen[n]!)} holds values that are not finite`);
    }
    sample.set(one, n * dims);
  }
  return sample;
}

function findTransform(
  { kind, dims: outDims }: NonNullable<IndexSpec['transform']>,
  code: CodeSpec,
  sample: Float32Array,
  rows: number,
  dims: number,
  random: Random,
): LinearTransform {
  if (kind === 'rotation') return randomRotation(dims, outDims, random);
  const groups = code.kind === 'product' ? code.subspaces : 1;
  // The axes settle long before the lists do: 40 vectors a dimension are plenty.
  const used = Math.min(rows, Math.max(4096, 40 * dims));
  return principalAxes(sample, used, dims, outDims, groups).transform;
}

function transformed(transform: LinearTransform, raw: Float32Array, rows: number): Float32Array {
  const out = new Float32Array(rows * transform.outDims);
  transform.applyMany(raw, 0, rows, out, 0);
  return out;
}

/** Leaves in `sample` what each vector has over its list's centroid. */
function subtractCentroids(sample: Float32Array, rows: number, dims: number, coarse: CoarseQuantiser): void {
  const lists = new Int32Array(rows);
  let longest = 0;
  for (let n = 0; n < rows; n++) {
    let squared = 0;
    for (let i = n * dims; i < (n + 1) * dims; i++) squared += sample[i]! * sample[i]!;
    longest = Math.max(longest, squared);
  }
  coarse.assign(sample, 0, rows, Math.sqrt(longest), lists);
  for (let n = 0; n < rows; n++) {
    const centroid = lists[n]! * dims;
    for (let i = 0; i < dims; i++) {
      sample[n * dims + i] = sample[n * dims + i]! - coarse.centroids[centroid + i]!;
    }
  }
}

function* trainCode(
  spec: CodeSpec,
  sample: Float32Array,
  rows: number,
  dims: number,
  { codeSample, codeIterations }: TrainOptions,
  random: Random,
): Generator<TrainProgress, RowCode> {
  switch (spec.kind) {
    case 'flat':
      return new FlatCode(dims);
    case 'grid':
      return new GridCode(dims, spec.bits);
    case 'range':
      return RangeCode.train(sample, rows, dims);
    case 'product': {
      const training = Math.min(rows, codeSample);
      const steps = trainProductQuantiser(sample, training, dims, spec.subspaces, {
        iterations: codeIterations,
        random,
      });
      return new ProductCode(yield* during('codes', steps), spec.calibrated);
    }
  }
}

function* during<T>(phase: TrainPhase, steps: Generator<number, T>): Generator<TrainProgress, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { phase, done: step.value };
  }
}

/** Mean square of what `code` leaves over. */
function meanSquareLeft(code: RowCode, sample: Float32Array, rows: number, dims: number): number {
  if (rows === 0) return 0;
  const codes = new Uint8Array(rows * code.bytes);
  const scales = new Uint8Array(rows);
  code.encode(sample, 0, rows, codes, 0, scales, 0);
  const chosen = code instanceof ProductCode ? null : code.scaleTable;
  const decoded = new Float32Array(dims);
  let squares = 0;
  for (let n = 0; n < rows; n++) {
    code.decode(codes, n, decoded, 0);
    const scale = chosen === null ? 1 : chosen[scales[n]!]!;
    for (let i = 0; i < dims; i++) squares += (sample[n * dims + i]! - scale * decoded[i]!) ** 2;
  }
  return squares / rows;
}
