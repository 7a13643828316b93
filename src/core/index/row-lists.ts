import { CoarseQuantiser } from './coarse-quantiser.ts';
import { sortByKey } from './counting-sort.ts';
import { kMeans } from './k-means.ts';
import { sampleIndices, seededRandom } from './random.ts';
import { runSteps } from './run-steps.ts';
import type { VectorSource } from './trained-index.ts';

/** Up to here looking at all rows costs less than making lists, */
const oneListUpTo = 4096;
/** and so do up to so many looks at one of up to so many rows: half a second, and 70 MB of vectors side by side. */
const fewLooks = 2 ** 26;
const mostInOneList = 2 ** 16;
/** Vectors per list that the lists are learned from, and iterations: they need not be good, only about even. */
const samplePerList = 32;
const iterations = 5;
/** Lists that were learned for so many times fewer rows would be long. */
const mostGrowth = 2;
/** Rows assigned between two steps. */
const stepRows = 512;

/** Rows of a source in inverted lists, for looking at what lies near each other. Row n is the source's vector n. */
export class RowLists {
  readonly count: number;
  readonly #coarse: CoarseQuantiser | null;
  readonly #listOf: Int32Array;
  readonly #learnedFrom: number;
  /** [count + 1]: where each list's rows begin. */
  readonly #starts: Uint32Array;
  /** Rows, by list, ascending within it. */
  readonly #rows: Uint32Array;

  /**
   * @param coarse null: one list
   * @param listOf [rows]
   * @param learnedFrom so many rows there were when the lists were learned
   */
  constructor(coarse: CoarseQuantiser | null, listOf: Int32Array, learnedFrom = listOf.length) {
    this.#coarse = coarse;
    this.#listOf = listOf;
    this.#learnedFrom = learnedFrom;
    this.count = coarse?.lists ?? 1;
    const { starts, items } = sortByKey(listOf, this.count);
    this.#starts = starts;
    this.#rows = items;
  }

  /** Rows of a list, ascending. */
  rows(list: number): Uint32Array {
    return this.#rows.subarray(this.#starts[list]!, this.#starts[list + 1]!);
  }

  /** [rows]: all rows, list by list: what lies near each other is near in this order, too. */
  get inOrder(): Uint32Array {
    return this.#rows;
  }

  /** The same lists with the rows that a source has beyond those that are in them; null: they are to be learned anew. */
  grown(source: VectorSource, dims: number): RowLists | null {
    const { length } = this.#listOf;
    if (this.#coarse === null || source.count > mostGrowth * this.#learnedFrom) return null;
    const listOf = new Int32Array(source.count);
    listOf.set(this.#listOf);
    const vector = new Float32Array(dims);
    for (let row = length; row < source.count; row++) {
      source.read(row, 1, vector);
      listOf[row] = this.nearest(vector, 1)[0]!;
    }
    return new RowLists(this.#coarse, listOf, this.#learnedFrom);
  }

  /** The `wanted` lists that lie nearest to a vector (fewer if there are fewer), nearest first. */
  nearest(vector: Float32Array, wanted: number): ArrayLike<number> {
    return this.#coarse === null ? [0] : this.#coarse.nearest(vector, wanted).lists;
  }
}

/**
 * Lists of the rows as they are now: learned from a sample, which costs less than taking over those of a stored index,
 * and lacks no row.
 *
 * @param source vectors of length 1
 * @param asked about so many rows it will be asked what is near them
 * @yields whenever some were looked at
 */
export function* listRows(
  source: VectorSource,
  dims: number,
  asked = source.count,
): Generator<number, RowLists> {
  const { count } = source;
  const listOf = new Int32Array(count);
  const isOne = count <= oneListUpTo || (count <= mostInOneList && asked * count <= fewLooks);
  if (isOne) return new RowLists(null, listOf);
  const coarse = yield* learnLists(source, dims);
  const vectors = new Float32Array(stepRows * dims);
  for (let first = 0; first < source.count; first += stepRows) {
    const rows = Math.min(stepRows, source.count - first);
    source.read(first, rows, vectors);
    coarse.assign(vectors, 0, rows, 1, listOf.subarray(first, first + rows));
    yield (first + rows) / source.count;
  }
  coarse.endAssigning();
  return new RowLists(coarse, listOf);
}

/** Lists with the rows that a source has beyond those of `lists`; arguments as of `listRows`. */
export function moreRows(lists: RowLists, source: VectorSource, dims: number, asked: number): RowLists {
  return lists.grown(source, dims) ?? runSteps(listRows(source, dims, asked));
}

function* learnLists(source: VectorSource, dims: number): Generator<number, CoarseQuantiser> {
  const clusters = 2 ** Math.round(Math.log2(2.3 * Math.sqrt(source.count)));
  const random = seededRandom(11);
  const chosen = sampleIndices(random, source.count, clusters * samplePerList);
  const sample = new Float32Array(chosen.length * dims);
  const one = new Float32Array(dims);
  chosen.forEach((row, n) => {
    source.read(row, 1, one);
    sample.set(one, n * dims);
  });
  const centroids = yield* kMeans(sample, chosen.length, dims, { clusters, iterations, random });
  return new CoarseQuantiser(centroids, clusters, dims, 'distance');
}
