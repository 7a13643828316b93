// @ts-check
import { processorMilliseconds } from '../core/figures.mjs';

/** @typedef {import('./vectors.mjs').Vectors} Vectors */

/** What its loader looks for to believe that it runs in a page. */
const pageNames = /** @type {const} */ (['window', 'document', 'location']);

/**
 * hnswlib-wasm, which is made for pages alone; null where it is not installed.
 *
 * @returns {Promise<import('hnswlib-wasm').HnswlibModule | null>}
 */
async function load() {
  const globals = /** @type {Record<string, unknown>} */ (globalThis);
  for (const name of pageNames)
    globals[name] = name === 'window' ? globalThis : { href: 'http://localhost/' };
  try {
    // Its package names no entry that Node would find.
    const { loadHnswlib } = await import('hnswlib-wasm/dist/hnswlib.js');
    // Its file system in IndexedDB, which nothing here uses, complains that there is none.
    return await withoutConsole(loadHnswlib);
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  } finally {
    for (const name of pageNames) delete globals[name];
  }
}

/** @template T @param {() => Promise<T>} task @returns {Promise<T>} */
async function withoutConsole(task) {
  const { log, warn, error } = console;
  console.log = () => {};
  console.warn = () => {};
  console.error = () => {};
  try {
    return await task();
  } finally {
    console.log = log;
    console.warn = warn;
    console.error = error;
  }
}

const neighboursPerNode = 16;
const efConstruction = 200;

/**
 * Builds a graph of all vectors, 16 neighbours a node, 200 candidates; null where hnswlib-wasm is not installed.
 *
 * @param {Vectors} set
 */
export async function openHnsw(set) {
  const library = await load();
  if (library === null) return null;
  const index = new library.HierarchicalNSW('ip', set.dims, '');
  index.initIndex(set.count, neighboursPerNode, efConstruction, 100);
  const start = processorMilliseconds();
  for (let n = 0; n < set.count; n++) {
    index.addPoint(set.values.subarray(n * set.dims, (n + 1) * set.dims), n, false);
  }
  return {
    seconds: (processorMilliseconds() - start) / 1000,
    /** Floats, id, and the links of the lowest level: what hnswlib allocates for a row. */
    bytesPerPhoto: set.dims * 4 + 8 + 4 + 2 * neighboursPerNode * 4,
    /** @param {Vectors} queries @param {number} k @param {number} ef */
    measure(queries, k, ef) {
      index.setEfSearch(ef);
      /** @type {number[]} */
      const ms = [];
      /** @type {number[][]} */
      const ids = [];
      for (let q = 0; q < queries.count; q++) {
        const query = queries.values.subarray(q * queries.dims, (q + 1) * queries.dims);
        const begin = performance.now();
        const { neighbors } = index.searchKnn(query, k, undefined);
        ms.push(performance.now() - begin);
        ids.push(neighbors);
      }
      return { ms, ids };
    },
  };
}
