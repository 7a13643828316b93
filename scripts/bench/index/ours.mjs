// @ts-check
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { processorMilliseconds } from '../core/figures.mjs';

/** @typedef {import('./vectors.mjs').Vectors} Vectors */
/** @typedef {import('../../../src/core/index/sealed-part.ts').SealedPart} SealedPart */
/** @typedef {typeof import('./entry.ts')} Core */

/**
 * Builds an index; CPU seconds in all and by phase.
 *
 * @param {Pick<Core, 'buildSealedPart'>} core
 * @param {string} factory
 * @param {Vectors} set
 */
export function buildTimed(core, factory, set) {
  const source = {
    count: set.count,
    id: (/** @type {number} */ n) => n,
    read: (/** @type {number} */ first, /** @type {number} */ count, /** @type {Float32Array} */ out) =>
      out.set(set.values.subarray(first * set.dims, (first + count) * set.dims)),
  };
  const steps = core.buildSealedPart(factory, source, set.dims);
  /** @type {Record<string, number>} */
  const phases = {};
  let phase = 'sample';
  const begin = processorMilliseconds();
  const rest = usedBytes();
  let most = rest;
  let before = begin;
  for (;;) {
    const step = steps.next();
    const now = processorMilliseconds();
    phases[phase] = (phases[phase] ?? 0) + (now - before) / 1000;
    before = now;
    most = Math.max(most, usedBytes());
    if (step.done) {
      const seconds = (now - begin) / 1000;
      return { part: step.value, phases, seconds, extraBytes: most - rest };
    }
    phase = step.value.phase;
  }
}

/** Before a build: else garbage from before, freed during the build, would hide what that needs. */
export async function collectGarbage() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  collect();
  // The memory of typed arrays is given back by another thread.
  await setTimeout(300);
  collect();
}

/** Bytes of the heap and of typed arrays, garbage included. */
function usedBytes() {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * @param {import('../../../src/core/index/coded-search.ts').CodedSearch} search
 * @param {SealedPart} part
 * @param {Vectors} queries
 * @param {{ k: number, nprobe: number, rerank: number, allowed?: Uint32Array | null }} how
 */
export function measure(search, part, queries, { k, nprobe, rerank, allowed = null }) {
  const options = { k, nprobe, rerank, allowed, minimumScore: Number.NEGATIVE_INFINITY };
  /** @type {number[]} */
  const ms = [];
  /** @type {ArrayLike<number>[]} */
  const ids = [];
  for (let q = 0; q < queries.count; q++) {
    const query = queries.values.subarray(q * queries.dims, (q + 1) * queries.dims);
    const start = performance.now();
    const hits = search.search(part.segments, query, options);
    ms.push(performance.now() - start);
    ids.push(hits.ids);
  }
  return { ms, ids };
}

const changedRows = 4096;
/** Rows of the tail at which the index asks to be sealed. */
const sealAt = 1024;

/** A live index over a snapshot of the part, to add to and remove from. @param {Core} core @param {SealedPart} part @param {number} dims */
export function openLive(core, part, dims) {
  const writeStart = performance.now();
  const snapshot = core.writeSnapshot(part, 'bench');
  const openStart = performance.now();
  const opened = core.openSnapshot(snapshot, 'bench');
  const openMs = performance.now() - openStart;
  if (opened.kind === 'refused') throw new Error(opened.refusal.message);
  const index = new core.LiveIndex(dims);
  index.adopt(opened.part, opened.part.alive);
  return { index, snapshotBytes: snapshot.byteLength, writeMs: openStart - writeStart, openMs };
}

/**
 * Adds 4096 vectors, sealing whenever it is due, and removes them again.
 *
 * @param {Core} core
 * @param {import('../../../src/core/index/live-index.ts').LiveIndex} index
 * @param {Vectors} set
 * @returns microseconds for each
 */
export function changeTimes(core, index, set) {
  const rows = Math.min(changedRows, set.count);
  const addStart = performance.now();
  for (let n = 0; n < rows; n++) {
    index.add(set.count + n, set.values.subarray(n * set.dims, (n + 1) * set.dims));
    if (index.sizes.tail >= sealAt) core.runSteps(index.sealSteps());
  }
  const removeStart = performance.now();
  for (let n = 0; n < rows; n++) index.remove(set.count + n);
  const end = performance.now();
  index.compact();
  return { add: ((removeStart - addStart) / rows) * 1000, remove: ((end - removeStart) / rows) * 1000 };
}
