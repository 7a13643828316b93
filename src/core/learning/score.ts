import { toProbabilities } from './calibrate-groups.ts';
import { outputsOf, type TaughtHead } from './head.ts';
import { scoreRows } from './kernels.ts';

/** Embeddings to score, read in pieces: they need not be in memory, nor stored as floats. */
export interface EmbeddingSource {
  readonly count: number;
  /** Writes photos `first` to `first + count - 1` to `out`, [count][dims], row-major. */
  read(first: number, count: number, out: Float32Array): void;
}

/** Scores of some photos in a row. */
export interface ScoredPiece {
  readonly first: number;
  readonly count: number;
  /** [count][outputs], row-major, 0..1; overwritten by the next piece. */
  readonly probabilities: Float32Array;
  /** [count][dims], row-major: what was read; overwritten by the next piece. */
  readonly embeddings: Float32Array;
}

/** Photos per piece: some milliseconds of work. */
const PIECE = 1024;

/**
 * Scores a whole library, piece by piece; stop asking to cancel.
 *
 * @throws RangeError when the head's model gave embeddings of another size than `dims`
 */
export function* scoreLibrary(
  head: TaughtHead,
  source: EmbeddingSource,
  dims: number,
): Generator<ScoredPiece, void> {
  if (dims !== head.dims)
    throw new RangeError(`embeddings of ${dims} components; the head expects ${head.dims}`);
  const outputs = outputsOf(head.groups);
  const weights = Float64Array.from(head.weights);
  const bias = Float64Array.from(head.bias);
  const most = Math.min(PIECE, source.count);
  const rows = Uint32Array.from({ length: most }, (_, r) => r);
  const embeddings = new Float32Array(most * dims);
  const logits = new Float64Array(most * outputs);
  const probabilities = new Float32Array(most * outputs);
  for (let first = 0; first < source.count; first += most) {
    const count = Math.min(most, source.count - first);
    source.read(first, count, embeddings);
    scoreRows(embeddings, dims, rows, 0, count, weights, bias, outputs, logits);
    toProbabilities(head.groups, logits, outputs);
    probabilities.set(logits);
    yield { first, count, probabilities, embeddings };
  }
}

/**
 * Calibrated logits of one photo, [outputs]: what `sideBySide` shows both readings of.
 *
 * @param embedding [dims]
 */
export function logitsOf(head: TaughtHead, embedding: Float32Array): Float64Array {
  if (embedding.length !== head.dims) {
    throw new RangeError(`an embedding of ${embedding.length} components; the head expects ${head.dims}`);
  }
  const outputs = outputsOf(head.groups);
  const logits = new Float64Array(outputs);
  const weights = Float64Array.from(head.weights);
  scoreRows(
    embedding,
    head.dims,
    new Uint32Array(1),
    0,
    1,
    weights,
    Float64Array.from(head.bias),
    outputs,
    logits,
  );
  return logits;
}

/**
 * Probabilities of some rows of a matrix of embeddings ([photos][dims], row-major).
 *
 * @returns [photos][outputs], row-major; NaN for the other rows
 */
export function probabilitiesOf(head: TaughtHead, embeddings: Float32Array, rows: Uint32Array): Float64Array {
  const { dims, groups } = head;
  const outputs = outputsOf(groups);
  const found = new Float64Array(rows.length * outputs);
  const weights = Float64Array.from(head.weights);
  scoreRows(embeddings, dims, rows, 0, rows.length, weights, Float64Array.from(head.bias), outputs, found);
  toProbabilities(groups, found, outputs);
  const all = new Float64Array((embeddings.length / dims) * outputs).fill(Number.NaN);
  rows.forEach((row, r) => {
    all.set(found.subarray(r * outputs, (r + 1) * outputs), row * outputs);
  });
  return all;
}
