// @ts-check
import { loadCore } from '../core/load-core.mjs';

const dims = 256;
/** Of all photos a tenth are copies of another one. */
const copyShare = 0.1;

/**
 * Generated vectors in clusters, as photos are, with copies; hashes at random, those of copies a few bits apart. Comparing
 * point by point is left out: it takes pictures.
 *
 * @param {number} rows
 */
export async function measureSpeed(rows) {
  const core = await loadCore(new URL('entry.ts', import.meta.url));
  const random = core.seededRandom(7);
  const centres = Array.from({ length: 400 }, () => unit(random, null, 0));
  const { records, hashes, copies } = made(core, random, centres, rows);
  const contents = Uint32Array.from({ length: rows }, (_, n) => n);
  const times = Float64Array.from(contents, (n) => n * 60_000);
  const index = new core.LiveIndex(dims);
  const { factory } = core.recommendedIndex(rows, dims);
  const source = core.recordSource(contents, dims, records);
  if (factory !== null) {
    const part = core.runSteps(core.buildSealedPart(factory, source, dims));
    const present = new core.IdBits();
    for (const content of contents) present.add(content);
    index.adopt(part, present);
  } else {
    const vector = new Float32Array(dims);
    for (const content of contents) {
      source.read(content, 1, vector);
      index.add(content, vector);
    }
  }
  globalThis.gc?.();
  const before = process.memoryUsage();
  const began = performance.now();
  let checked = 0;
  const search = new core.PairSearch(
    { dim: dims, contents, records, index, times, hashes: new core.PictureHashes(hashes), known: [] },
    async (/** @type {number} */ a, /** @type {number} */ b) => {
      checked++;
      return copies.get(a) === (copies.get(b) ?? b) || copies.get(b) === a
        ? { shared: 1, agreement: 0.99, sameColour: true }
        : null;
    },
  );
  /** @type {{ first: number[], second: number[], scores: number[] }} */
  const pairs = { first: [], second: [], scores: [] };
  for await (const block of search.run(contents)) {
    for (const { first, second, check, cosine } of block.pairs) {
      if (check === null) continue;
      pairs.first.push(first);
      pairs.second.push(second);
      pairs.scores.push(cosine);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  const after = process.memoryUsage();
  const grouping = performance.now();
  const groups = core.groupPairs(pairs, 0.5);
  const regroup = performance.now() - grouping;
  const direct = [...copies].filter(([a, b]) =>
    pairs.first.some(
      (first, n) => (first === a && pairs.second[n] === b) || (first === b && pairs.second[n] === a),
    ),
  );
  const recall =
    rows <= 20_000 ? `, ${((100 * direct.length) / copies.size).toFixed(1)} % of the copies found` : '';
  const megabytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6;
  console.log(
    `${rows.toLocaleString('en')} generated photos: candidates ${seconds.toFixed(1)} s, ${checked.toLocaleString('en')} pairs to compare, ` +
      `${pairs.first.length.toLocaleString('en')} copies${recall}; memory ${megabytes.toFixed(0)} MB besides index and vectors ` +
      `(${((records.length + hashes.byteLength) / 1e6).toFixed(0)} MB); ${groups.length} groups made in ${regroup.toFixed(0)} ms`,
  );
}

/**
 * @param {any} core
 * @param {{ gaussian(): number, next?(): number }} random
 * @param {readonly Float32Array[]} centres
 * @param {number} rows
 */
function made(core, random, centres, rows) {
  const size = core.recordBytes(dims);
  const records = new Uint8Array(rows * size);
  const hashes = new Uint32Array(rows * 4);
  /** @type {Map<number, number>} */
  const copies = new Map();
  /** @type {Float32Array[]} */
  const recent = [];
  for (let row = 0; row < rows; row++) {
    const isCopy = row % Math.round(1 / copyShare) === 1 && row > 0;
    const vector = isCopy
      ? unit(random, recent.at(-1) ?? null, 0.25)
      : unit(random, centres[row % centres.length] ?? null, 1.4);
    recent[0] = vector;
    core.writeVector(vector, records, row * size);
    const word = () =>
      (Math.floor((random.gaussian() + 10) * 1e9) ^ (Math.floor((random.gaussian() + 10) * 1e9) << 13)) >>> 0;
    const [low, high] = isCopy
      ? [((hashes[(row - 1) * 4] ?? 0) ^ 0b1000100) >>> 0, ((hashes[(row - 1) * 4 + 1] ?? 0) ^ 1) >>> 0]
      : [word(), word()];
    hashes.set([low, high, low, high], row * 4);
    if (isCopy) copies.set(row, row - 1);
  }
  return { records, hashes, copies };
}

/**
 * @param {{ gaussian(): number }} random
 * @param {Float32Array | null} around
 * @param {number} spread length of the noise, by that of the vector
 */
function unit(random, around, spread) {
  const vector = new Float32Array(dims);
  for (let i = 0; i < dims; i++) {
    vector[i] = (around?.[i] ?? 0) + ((around === null ? 1 : spread) * random.gaussian()) / Math.sqrt(dims);
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
