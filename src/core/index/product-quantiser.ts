import { kMeans } from './k-means.ts';
import { longestOf } from './longest.ts';
import { NearestRow } from './nearest-row.ts';
import { type IntegerQuery, integerQuery, PackedRows, setPieces } from './packed-rows.ts';
import type { Random } from './random.ts';

/** Centroids of a subspace: one byte of code. */
export const subCentroids = 256;

/**
 * A product quantiser: the vector is cut into `subspaces` pieces of `subDims`, each replaced by the number (one byte) of
 * the nearest of 256 centroids. Knows nothing of lists, scales or ids.
 */
export class ProductQuantiser {
  readonly subspaces: number;
  readonly subDims: number;
  /** [subspaces][256][subDims] */
  readonly codebooks: Float32Array;
  #nearest: NearestRow[] | null = null;
  #reach = 0;
  #packed: PackedRows | null = null;
  readonly #query: IntegerQuery;

  /** @throws RangeError when the codebooks have the wrong length */
  constructor(subspaces: number, subDims: number, codebooks: Float32Array) {
    if (codebooks.length !== subspaces * subCentroids * subDims) {
      throw new RangeError(
        `codebooks of ${codebooks.length} values; expected ${subspaces} x ${subCentroids} x ${subDims}`,
      );
    }
    this.subspaces = subspaces;
    this.subDims = subDims;
    this.codebooks = codebooks;
    this.#query = integerQuery(subspaces * subDims);
  }

  get dims(): number {
    return this.subspaces * this.subDims;
  }

  /**
   * Codes of `count` vectors, row-major: vector n lies at `start + n * dims`, its `subspaces` bytes go to `at + n * stride`.
   */
  encode(
    vectors: Float32Array,
    start: number,
    count: number,
    codes: Uint8Array,
    at: number,
    stride = this.subspaces,
  ): void {
    const { subspaces, subDims, dims } = this;
    const longest = longestOf(vectors, count, dims, start);
    if (this.#nearest === null || longest > this.#reach) {
      // Made on first use, for pieces as long as the longest whole vector seen; a longer one makes it anew.
      this.#reach = longest * 1.5;
      this.#nearest = Array.from(
        { length: subspaces },
        (_, m) =>
          new NearestRow(this.codebooks, subCentroids, subDims, this.#reach, m * subCentroids * subDims),
      );
    }
    for (let m = 0; m < subspaces; m++) {
      this.#nearest[m]!.assign(vectors, start + m * subDims, dims, count, codes, at + m, stride);
    }
  }

  /** Frees what only `encode` needs; the next call makes it anew. */
  endEncoding(): void {
    this.#nearest = null;
  }

  decode(codes: Uint8Array, at: number, out: Float32Array, start: number): void {
    for (let m = 0; m < this.subspaces; m++) {
      const from = (m * subCentroids + codes[at + m]!) * this.subDims;
      for (let i = 0; i < this.subDims; i++) out[start + m * this.subDims + i] = this.codebooks[from + i]!;
    }
  }

  /**
   * Dot product of the query's piece with every centroid: table[m * 256 + c]. A code's dot product with the query is then
   * the sum of one entry per subspace.
   */
  fillTable(query: Float32Array, start: number, table: Float64Array): void {
    const { subspaces, subDims } = this;
    this.#packed ??= PackedRows.from(this.codebooks, subspaces * subCentroids, subDims);
    setPieces(this.#query, query, start, this.dims, subDims);
    this.#packed.dotsOfPieces(this.#query, subspaces, table);
  }
}

/**
 * Trains one k-means per subspace.
 *
 * @param sample [count][subspaces * subDims], row-major, count >= 256
 * @yields 0..1, the share done
 */
export function* trainProductQuantiser(
  sample: Float32Array,
  count: number,
  dims: number,
  subspaces: number,
  options: { readonly iterations: number; readonly random: Random },
): Generator<number, ProductQuantiser> {
  if (dims % subspaces !== 0) {
    throw new RangeError(`PQ${subspaces} of ${dims} dimensions; the dimensions must divide evenly`);
  }
  const subDims = dims / subspaces;
  const codebooks = new Float32Array(subspaces * subCentroids * subDims);
  const piece = new Float32Array(count * subDims);
  for (let m = 0; m < subspaces; m++) {
    for (let n = 0; n < count; n++) {
      const from = n * dims + m * subDims;
      for (let i = 0; i < subDims; i++) piece[n * subDims + i] = sample[from + i]!;
    }
    const steps = kMeans(piece, count, subDims, { clusters: subCentroids, ...options });
    for (;;) {
      const step = steps.next();
      if (step.done) {
        codebooks.set(step.value, m * subCentroids * subDims);
        break;
      }
      yield (m + step.value) / subspaces;
    }
  }
  return new ProductQuantiser(subspaces, subDims, codebooks);
}
