// @ts-check
import { loadCore } from '../core/load-core.mjs';
import { readyPhoto } from '../core/ready-photo.mjs';

const dims = 256;
const tiers = ['exact', 'same-picture', 'edited-copy', 'same-shot', 'same-scene'];
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
  globalThis.gc?.();
  const before = bytesHeld();
  const random = core.seededRandom(7);
  const centres = Array.from({ length: 400 }, () => unit(random, null, 0));
  const { records, signatures, copies } = made(core, random, centres, rows);
  const contents = Uint32Array.from({ length: rows }, (_, n) => n);
  const times = Float64Array.from(contents, (n) => n * 60_000);
  const source = core.recordSource(contents, dims, records);
  globalThis.gc?.();
  let peak = bytesHeld();
  const phases = new Phases();
  let checked = 0;
  const lists = core.runSteps(core.listRows(source, dims));
  phases.ends('lists');
  const looks = new core.PictureLooks(signatures);
  phases.ends('hashes filed');
  const nearHashes = looks.nearHashes.bind(looks);
  looks.nearHashes = (/** @type {number} */ row, /** @type {number} */ most) => {
    phases.ends('neighbours and times');
    const found = nearHashes(row, most);
    phases.ends('hashes looked up');
    return found;
  };
  const search = new core.PairSearch(
    { dim: dims, contents, records, lists, times, looks, known: [] },
    async (/** @type {readonly (readonly [number, number])[]} */ pairs) => {
      checked += pairs.length;
      return pairs.map(([a, b]) =>
        copies.get(a) === (copies.get(b) ?? b) || copies.get(b) === a
          ? { shared: 1, agreement: 0.99, sameColour: true }
          : null,
      );
    },
  );
  const columns = new core.PairColumns();
  const found = new Set();
  for await (const block of search.run(contents)) {
    phases.ends('neighbours and times');
    peak = Math.max(peak, bytesHeld());
    for (const { first, second, check, cosine } of block.pairs) {
      columns.put(first, second, check === null ? 'same-scene' : 'same-picture', check?.agreement ?? cosine);
      if (check !== null) found.add(first < second ? `${first} ${second}` : `${second} ${first}`);
    }
    phases.ends('pairs kept');
  }
  const direct = [...copies].filter(([a, b]) => found.has(`${b} ${a}`));
  const megabytes = (peak - before) / 1e6;
  const { groups, milliseconds } = regroup(core, rows, columns);
  console.log(
    `${rows.toLocaleString('en')} generated photos: candidates ${phases}, ${checked.toLocaleString('en')} pairs to compare, ` +
      `${((100 * direct.length) / copies.size).toFixed(1)} % of the copies found; memory up to ${megabytes.toFixed(0)} MB, ` +
      `${((records.length + signatures.length) / 1e6).toFixed(0)} of them vectors and signatures; all lists of ${columns.count.toLocaleString('en')} pairs grouped anew ` +
      `(${groups} groups) in ${milliseconds.toFixed(0)} ms`,
  );
}

/** Where the time goes, by the clock; and the processor's time of all, which work beside it does not lengthen. */
class Phases {
  /** @type {Map<string, number>} */
  #seconds = new Map();
  #began = performance.now();
  #processor = process.cpuUsage();

  /** @param {string} name of what went on since the phase before ended */
  ends(name) {
    const now = performance.now();
    this.#seconds.set(name, (this.#seconds.get(name) ?? 0) + (now - this.#began) / 1000);
    this.#began = now;
  }

  toString() {
    const { user, system } = process.cpuUsage(this.#processor);
    const all = [...this.#seconds];
    const sum = all.reduce((total, [, seconds]) => total + seconds, 0);
    const parts = all.map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`).join(', ');
    return `${sum.toFixed(1)} s, of the processor ${((user + system) / 1e6).toFixed(1)} s (by the clock: ${parts})`;
  }
}

/** Bytes of this process's objects and buffers. */
function bytesHeld() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * What moving the slider takes: the groups of all lists, as the library makes them.
 *
 * @param {any} core
 * @param {number} rows
 * @param {any} columns
 */
function regroup(core, rows, columns) {
  const table = new core.PhotoTable();
  for (let id = 1; id <= rows; id++) table.add(id, { ...readyPhoto, content: id - 1 }, `${id}.jpg`, null);
  const lists = new core.DuplicateLists(
    { table },
    { hashOf: new Map() },
    { pairs: (/** @type {string} */ tier, /** @type {any} */ wanted) => columns.ofTier(tier, wanted) },
  );
  const scope = core.scopeTest({ table }, core.everything);
  const times = [];
  let groups = 0;
  for (const sensitivity of [0.2, 0.4, 0.6, 0.8, 1]) {
    const began = performance.now();
    const all = tiers.flatMap((tier) => lists.groups(tier, sensitivity, [], scope));
    times.push(performance.now() - began);
    groups = all.length;
  }
  return { groups, milliseconds: Math.max(...times) };
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
