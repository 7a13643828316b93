// @ts-check
/** Measurements that take turns, so that what else the machine does falls on all of them. */

import { median, quantile } from '../core/figures.mjs';
import { openBrowser } from './browser-peer.mjs';
import { measure } from './ours.mjs';

/** @typedef {import('./timing.mjs').QuietRuns} QuietRuns */
/** @typedef {{ factory: string, nprobe: number, recall1: number, recall10: number, msMedian: number, msP95: number, bytesPerPhoto: number }} Point `nprobe`: of hnswlib-wasm its ef, of brute force 0 */
/** @typedef {{ name: string, setting: number, bytes: number, measure: () => { ms: number[], ids: ArrayLike<number>[] } | Promise<{ ms: number[], ids: ArrayLike<number>[] }> }} Entry one line of the table */

/** @param {readonly ArrayLike<number>[]} found @param {number[][]} truth */
function recalls(found, truth) {
  let first = 0;
  let all = 0;
  truth.forEach((exact, q) => {
    const ids = Array.from(found[q] ?? []);
    if (ids[0] === exact[0]) first++;
    for (const id of ids) if (exact.includes(id)) all++;
  });
  return {
    recall1: first / truth.length,
    recall10: all / truth.reduce((sum, exact) => sum + exact.length, 0),
  };
}

/**
 * @param {readonly Entry[]} entries
 * @param {QuietRuns} quiet
 * @param {number} rounds
 * @param {number[][]} neighbours
 * @returns {Promise<Point[]>}
 */
export async function measureInTurns(entries, quiet, rounds, neighbours) {
  const runs = entries.map((entry) => ({
    entry,
    medians: /** @type {number[]} */ ([]),
    p95s: /** @type {number[]} */ ([]),
    ids: /** @type {ArrayLike<number>[]} */ ([]),
  }));
  for (let round = 0; round < rounds; round++) {
    for (const run of runs) {
      const { ms, ids } = await quiet.run(run.entry.measure);
      run.medians.push(median(ms));
      run.p95s.push(quantile(ms, 0.95));
      run.ids = ids;
    }
  }
  return runs.map(({ entry: { name, setting, bytes }, medians, p95s, ids }) => ({
    factory: name,
    nprobe: setting,
    ...recalls(ids, neighbours.slice(0, ids.length)),
    msMedian: median(medians),
    msP95: median(p95s),
    bytesPerPhoto: bytes,
  }));
}

/**
 * Recall and time under filters.
 *
 * @param {{ part: import('./ours.mjs').SealedPart, search: import('../../../src/core/index/coded-search.ts').CodedSearch }} index
 * @param {import('./vectors.mjs').Vectors} queries
 * @param {{ filters: readonly { share: number, allowed: Uint32Array }[], neighbours: readonly number[][][] }} exact the neighbours under each filter
 * @param {{ k: number, rerank: number, probes: readonly number[] }} how
 * @param {QuietRuns} quiet
 * @param {number} rounds
 */
export async function measureFiltered(
  { part, search },
  queries,
  { filters, neighbours },
  { k, rerank, probes },
  quiet,
  rounds,
) {
  const rows = [];
  for (const [n, { share, allowed }] of filters.entries()) {
    const entries = probes.map((nprobe) => ({
      name: `${share}`,
      setting: nprobe,
      bytes: 0,
      measure: () => measure(search, part, queries, { k, nprobe, rerank, allowed }),
    }));
    const points = await measureInTurns(entries, quiet, rounds, neighbours[n] ?? []);
    for (const { nprobe, recall1, recall10, msMedian, msP95 } of points) {
      rows.push({ allowed: share, nprobe, recall1, recall10, msMedian, msP95 });
    }
  }
  return rows;
}

/**
 * @param {typeof import('./entry.ts')} core
 * @param {{ part: import('./ours.mjs').SealedPart, search: import('../../../src/core/index/coded-search.ts').CodedSearch }} index
 * @param {import('./vectors.mjs').Vectors} queries
 * @param {{ k: number, nprobe: number, rerank: number }} how
 * @param {QuietRuns} quiet
 * @param {number} rounds
 */
export async function measureBrowser(core, { part, search }, queries, how, quiet, rounds) {
  const browser = await openBrowser(core.writeSnapshot(part, 'bench'), queries);
  try {
    const turns = [];
    /** @type {number[][]} */
    const opens = [];
    for (let round = 0; round < rounds; round++) opens.push(await quiet.run(browser.open));
    for (let round = 0; round < rounds + 1; round++) {
      const node = await quiet.run(() => median(measure(search, part, queries, how).ms));
      const page = await quiet.run(async () => median(await browser.measure(how)));
      // The first turn compiles.
      if (round > 0) turns.push({ node, page });
    }
    /** @param {number} n */
    const opening = (n) => median(opens.map((ms) => ms[n] ?? Number.NaN));
    const nodeMedian = median(turns.map(({ node }) => node));
    const msMedian = median(turns.map(({ page }) => page));
    return {
      version: browser.version,
      msMedian,
      nodeMedian,
      ratio: msMedian / nodeMedian,
      openMs: opening(0),
      openParts: { read: opening(1), open: opening(2), answer: opening(3) },
    };
  } finally {
    await browser.close();
  }
}
