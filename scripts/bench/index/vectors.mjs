// @ts-check
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** @typedef {{ values: Float32Array, count: number, dims: number }} Vectors */

/**
 * A two-dimensional .npy file of float32, or of int8 with its scale in scale.json beside it.
 *
 * @param {string} path
 * @returns {Vectors}
 */
export function readNpy(path) {
  const bytes = readFileSync(path);
  if (bytes.toString('latin1', 0, 6) !== '\x93NUMPY') throw new Error(`${path} is no .npy file`);
  const start = bytes[6] === 1 ? 10 + bytes.readUInt16LE(8) : 12 + bytes.readUInt32LE(8);
  const header = bytes.toString('latin1', 10, start);
  const type = /'descr': *'([^']+)'/.exec(header)?.[1];
  const shape = /'shape': *\((\d+), *(\d+)\)/.exec(header);
  if (shape === null || header.includes("'fortran_order': True")) {
    throw new Error(`${path}: ${header.trim()}; expected a two-dimensional array in C order`);
  }
  const [count, dims] = [Number(shape[1]), Number(shape[2])];
  const body = bytes.subarray(start);
  if (type === '<f4') {
    const copy = body.buffer.slice(body.byteOffset, body.byteOffset + count * dims * 4);
    return { values: new Float32Array(copy), count, dims };
  }
  if (type !== '|i1') throw new Error(`${path} holds ${type}; expected <f4 or |i1`);
  const scales = JSON.parse(readFileSync(join(dirname(path), 'scale.json'), 'utf8'));
  const scale = scales[basename(path)];
  const small = new Int8Array(body.buffer, body.byteOffset, count * dims);
  return { values: Float32Array.from(small, (x) => x * scale), count, dims };
}

/**
 * `rows` vectors: the first of the set, and beyond its end the set again with seeded noise (cosine 0.9 to the original).
 *
 * @param {Vectors} set
 * @param {number} rows
 * @param {{ gaussian(): number }} random
 * @returns {Vectors}
 */
export function extend({ values, count, dims }, rows, random) {
  const out = new Float32Array(rows * dims);
  out.set(values.subarray(0, Math.min(rows, count) * dims));
  const noise = new Float64Array(dims);
  for (let n = count; n < rows; n++) {
    const from = (n % count) * dims;
    let noiseSquared = 0;
    let squared = 0;
    for (let i = 0; i < dims; i++) {
      const g = random.gaussian();
      noise[i] = g;
      noiseSquared += g * g;
      squared += (values[from + i] ?? 0) ** 2;
    }
    const weight = Math.sqrt((1 - 0.9 ** 2) * (squared / noiseSquared));
    for (let i = 0; i < dims; i++) {
      out[n * dims + i] = 0.9 * (values[from + i] ?? 0) + weight * (noise[i] ?? 0);
    }
  }
  return { values: out, count: rows, dims };
}

/** Row n may be found: bit n & 31 of element n >> 5. @typedef {Uint32Array} Filter */

/**
 * A seeded filter that allows each row with the same chance.
 *
 * @param {number} count rows
 * @param {number} share of the rows, 0..1
 * @param {{ next(): number }} random
 * @returns {Filter}
 */
export function randomFilter(count, share, random) {
  const allowed = new Uint32Array((count + 31) >>> 5);
  for (let n = 0; n < count; n++) {
    if (random.next() < share) allowed[n >>> 5] = Number(allowed[n >>> 5]) | (1 << (n & 31));
  }
  return allowed;
}

/**
 * The exact ten (k) of every query, by dot product: [queries][k].
 *
 * @param {Vectors} set
 * @param {Vectors} queries
 * @param {number} k
 * @param {readonly Filter[]} filters
 * @returns {{ neighbours: number[][], filtered: number[][][], milliseconds: number[] }} `filtered`: likewise for each
 *   filter; `milliseconds` of a plain float32 loop, per query
 */
export function exactNeighbours(set, queries, k, filters = []) {
  const { values, count, dims } = set;
  const scores = new Float64Array(count);
  /** @type {number[]} */
  const milliseconds = [];
  const filtered = filters.map(() => /** @type {number[][]} */ ([]));
  const neighbours = Array.from({ length: queries.count }, (_, q) => {
    const query = queries.values.subarray(q * dims, (q + 1) * dims);
    const start = performance.now();
    for (let n = 0, at = 0; n < count; n++) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let i = 0; i < dims; i += 4, at += 4) {
        s0 += Number(query[i]) * Number(values[at]);
        s1 += Number(query[i + 1]) * Number(values[at + 1]);
        s2 += Number(query[i + 2]) * Number(values[at + 2]);
        s3 += Number(query[i + 3]) * Number(values[at + 3]);
      }
      scores[n] = s0 + s1 + s2 + s3;
    }
    const best = highest(scores, k, null);
    milliseconds.push(performance.now() - start);
    filters.forEach((allowed, f) => {
      filtered[f]?.push(highest(scores, k, allowed));
    });
    return best;
  });
  return { neighbours, filtered, milliseconds };
}

/** The rows with the `k` highest scores, best first. @param {Float64Array} scores @param {number} k @param {Filter | null} allowed */
function highest(scores, k, allowed) {
  /** @type {number[]} */
  const best = [];
  for (let n = 0; n < scores.length; n++) {
    const score = scores[n] ?? 0;
    if (best.length === k && score <= (scores[best[k - 1] ?? 0] ?? 0)) continue;
    if (allowed !== null && (Number(allowed[n >>> 5]) & (1 << (n & 31))) === 0) continue;
    let at = best.length;
    while (at > 0 && (scores[best[at - 1] ?? 0] ?? 0) < score) at--;
    best.splice(at, 0, n);
    if (best.length > k) best.pop();
  }
  return best;
}
