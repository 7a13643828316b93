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
  const { records, signatures, copies } = made(core, random, centres, rows);
  const contents = Uint32Array.from({ length: rows }, (_, n) => n);
  const times = Float64Array.from(contents, (n) => n * 60_000);
  const source = core.recordSource(contents, dims, records);
  globalThis.gc?.();
  const before = process.memoryUsage();
  const began = performance.now();
  let checked = 0;
  const search = new core.PairSearch(
    {
      dim: dims,
      contents,
      records,
      lists: core.runSteps(core.listRows(source, dims)),
      times,
      looks: new core.PictureLooks(signatures),
      known: [],
    },
    async (/** @type {readonly (readonly [number, number])[]} */ pairs) => {
      checked += pairs.length;
      return pairs.map(([a, b]) =>
        copies.get(a) === (copies.get(b) ?? b) || copies.get(b) === a
          ? { shared: 1, agreement: 0.99, sameColour: true }
          : null,
      );
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
  const found = new Set(pairs.first.map((first, n) => `${first} ${pairs.second[n]}`));
  const direct = [...copies].filter(([a, b]) => found.has(`${Math.min(a, b)} ${Math.max(a, b)}`));
  const megabytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6;
  console.log(
    `${rows.toLocaleString('en')} generated photos: candidates ${seconds.toFixed(1)} s, ${checked.toLocaleString('en')} pairs to compare, ` +
      `${((100 * direct.length) / copies.size).toFixed(1)} % of the copies found; memory ${megabytes.toFixed(0)} MB besides vectors and signatures ` +
      `(${((records.length + signatures.length) / 1e6).toFixed(0)} MB); ${groups.length} groups made in ${regroup.toFixed(0)} ms`,
  );
}

/**
 * @param {any} core
 * @param {{ gaussian(): number, next(): number }} random
 * @param {readonly Float32Array[]} centres
 * @param {number} rows
 */
function made(core, random, centres, rows) {
  const size = core.recordBytes(dims);
  const records = new Uint8Array(rows * size);
  const signatures = new Uint8Array(rows * core.signatureBytes);
  const hashes = new DataView(signatures.buffer);
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
    const word = () => Math.floor(2 ** 32 * random.next());
    const at = row * core.signatureBytes;
    const former = at - core.signatureBytes;
    // Copies have the looks of what they were made from, but for three bits.
    if (isCopy) signatures.copyWithin(at, former, at);
    else for (let n = 0; n < core.signatureBytes; n++) signatures[at + n] = Math.floor(256 * random.next());
    const low = isCopy ? hashes.getUint32(former, true) ^ 0b1000100 : word();
    const high = isCopy ? hashes.getUint32(former + 4, true) ^ 1 : word();
    [low, high, low, high].forEach((value, n) => {
      hashes.setUint32(at + 4 * n, value >>> 0, true);
    });
    if (isCopy) copies.set(row, row - 1);
  }
  return { records, signatures, copies };
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
