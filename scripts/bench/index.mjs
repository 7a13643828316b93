// @ts-check
/**
 * The vector index: recall against exact search, milliseconds a query, bytes a photo, seconds to build; Faiss and brute
 * force in the same run, taking turns. One thread.
 *
 * node scripts/bench/index.mjs [--vectors a.npy --queries q.npy] [--rows 200000] [--factory "..."]... [--nprobe 16,32,64]
 *   [--rerank 100] [--k 10] [--faiss "IVF1024,PQ32"]... [--rounds 5] [--json]
 *
 * Vectors: .npy of float32, or int8 with scale.json beside it. More rows than vectors: the set again with seeded noise
 * (cosine 0.9 to the original). Without --vectors: ../shared/bench where it is, else seeded clustered data.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { projectRoot } from '../setup.mjs';
import { openFaiss } from './index/faiss-peer.mjs';
import { loadCore } from './index/load-core.mjs';
import { exactNeighbours, extend, readIfThere, readNpy } from './index/vectors.mjs';

/** @typedef {{ factory: string, nprobe: number, recall1: number, recall10: number, msMedian: number, msP95: number, bytesPerPhoto: number }} Point */

/** @param {readonly number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Milliseconds of a fixed loop: how fast the machine is right now. */
function spin() {
  const start = performance.now();
  let sum = 0;
  for (let i = 0; i < 50_000_000; i++) sum = (sum + i) | 0;
  return performance.now() - start + (sum === 1 ? 1e-9 : 0);
}

/** @param {readonly ArrayLike<number>[]} found @param {number[][]} truth */
function recalls(found, truth) {
  let first = 0;
  let all = 0;
  truth.forEach((exact, q) => {
    const ids = Array.from(found[q] ?? []);
    if (ids[0] === exact[0]) first++;
    for (const id of ids) if (exact.includes(id)) all++;
  });
  const wanted = truth.reduce((sum, exact) => sum + exact.length, 0);
  return { recall1: first / truth.length, recall10: all / wanted };
}

/** @param {readonly string[]} args */
async function main(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vectors: { type: 'string' },
      queries: { type: 'string' },
      rows: { type: 'string' },
      factory: { type: 'string', multiple: true },
      faiss: { type: 'string', multiple: true },
      nprobe: { type: 'string', default: '16,32,64' },
      rerank: { type: 'string', default: '100' },
      k: { type: 'string', default: '10' },
      count: { type: 'string', default: '500' },
      rounds: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  });
  const core = await loadCore();
  /** @param {string} text */
  const say = (text) => {
    if (!values.json) console.log(text);
  };
  const shared = join(projectRoot, '..', 'shared', 'bench');
  const found =
    values.vectors === undefined ? readIfThere(join(shared, 'vectors.npy')) : readNpy(values.vectors);
  const made = {
    values: core.clusteredVectors({ count: 20_500, dims: 128, seed: 1 }),
    count: 20_500,
    dims: 128,
  };
  const whole = found ?? { ...made, count: 20_000 };
  const askedRows = Number(values.rows ?? whole.count);
  const set = extend(whole, askedRows, core.seededRandom(99));
  const given =
    values.queries === undefined ? readIfThere(join(shared, 'queries.npy')) : readNpy(values.queries);
  const someQueries =
    found === null || given === null
      ? { values: made.values.slice(20_000 * 128), count: 500, dims: 128 }
      : given;
  const queries = { ...someQueries, count: Math.min(Number(values.count), someQueries.count) };
  const k = Number(values.k);
  say(
    `${set.count} x ${set.dims}${askedRows > whole.count ? `, of which ${askedRows - whole.count} repeated with noise` : ''}, ${queries.count} queries`,
  );
  const { neighbours, milliseconds } = exactNeighbours(set, queries, k);
  say(
    `exact float32 loop: ${quantile(milliseconds, 0.5).toFixed(2)} ms a query, ${set.dims * 4} bytes a photo`,
  );

  const factories = values.factory ?? [core.recommendedIndex(set.count, set.dims).factory ?? 'Flat'];
  const ours = factories.map((factory) => {
    const { part, phases, seconds } = buildTimed(core, factory, set);
    const bytes = core.sealedBytes(part);
    say(
      `${factory}: built in ${seconds.toFixed(1)} s (${Object.entries(phases)
        .map(([phase, s]) => `${phase} ${s.toFixed(1)}`)
        .join(', ')}), ${(bytes.total / set.count).toFixed(1)} bytes a photo`,
    );
    return {
      factory,
      part,
      search: new core.CodedSearch(part.trained),
      bytes: bytes.total / set.count,
      phases,
      seconds,
    };
  });
  const faiss = (values.faiss ?? []).length > 0 ? await openFaiss(set, queries) : null;
  if (faiss === null) say('Faiss: not measured (no --faiss, or Python has none)');
  else say(`Faiss ${faiss.version} (${faiss.options.trim()}), 1 thread`);
  /** @type {Map<string, { seconds: number, bytes: number }>} */
  const peers = new Map();
  for (const factory of faiss === null ? [] : (values.faiss ?? [])) {
    const built = await /** @type {NonNullable<typeof faiss>} */ (faiss).build(factory);
    peers.set(factory, built);
    say(
      `Faiss ${factory}: built in ${built.seconds.toFixed(1)} s, ${(built.bytes / set.count).toFixed(1)} bytes a photo`,
    );
  }

  /** @type {Point[]} */
  const points = [];
  /** @type {number[]} */
  const spins = [];
  for (const nprobe of values.nprobe.split(',').map(Number)) {
    /** @type {Map<string, { medians: number[], p95s: number[], ids: ArrayLike<number>[], bytes: number }>} */
    const runs = new Map();
    for (let round = 0; round < Number(values.rounds); round++) {
      spins.push(spin());
      for (const { factory, part, search, bytes } of ours) {
        for (const rerank of values.rerank.split(',').map(Number)) {
          const { ms, ids } = measure(search, part, queries, { k, nprobe, rerank });
          note(runs, `${factory}${part.trained.fine === null ? '' : ` rerank ${rerank}`}`, ms, ids, bytes);
        }
      }
      for (const [factory, { bytes }] of peers) {
        if (faiss === null) continue;
        const { ms, ids } = await faiss.measure(factory, { k, nprobe, kFactor: 10 });
        note(runs, `Faiss ${factory}`, ms, ids, bytes / set.count);
      }
    }
    for (const [factory, { medians, p95s, ids, bytes }] of runs) {
      const { recall1, recall10 } = recalls(ids, neighbours);
      const point = {
        factory,
        nprobe,
        recall1,
        recall10,
        msMedian: quantile(medians, 0.5),
        msP95: quantile(p95s, 0.5),
        bytesPerPhoto: bytes,
      };
      points.push(point);
      say(
        `nprobe ${String(nprobe).padStart(3)}  recall@1 ${recall1.toFixed(3)}  @${k} ${recall10.toFixed(4)}  ${point.msMedian.toFixed(3)} ms (p95 ${point.msP95.toFixed(3)})  ${bytes.toFixed(1)} B  ${factory}`,
      );
    }
  }
  faiss?.close();
  const best = Math.min(...spins);
  const worst = Math.max(...spins);
  say(
    `spin loop ${best.toFixed(1)}-${worst.toFixed(1)} ms${worst > 1.15 * best ? ': the machine was not quiet, run again' : ''}`,
  );
  const changes = changeTimes(core, ours[0]?.part, set);
  if (changes !== null) {
    say(
      `add ${changes.add.toFixed(1)} us (sealing included), remove ${changes.remove.toFixed(2)} us; snapshot of ${(changes.snapshotBytes / 1e6).toFixed(1)} MB: written in ${changes.write.toFixed(0)} ms, opened in ${changes.open.toFixed(0)} ms`,
    );
  }
  if (values.json) {
    const build = Object.fromEntries(
      ours.map(({ factory, seconds, phases }) => [factory, { seconds, phases }]),
    );
    console.log(JSON.stringify({ points, build, changes, spin: { best, worst } }, null, 2));
  }
}

/**
 * @param {typeof import('./index/entry.ts')} core
 * @param {string} factory
 * @param {import('./index/vectors.mjs').Vectors} set
 */
function buildTimed(core, factory, set) {
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
  const begin = process.cpuUsage();
  let before = begin;
  for (;;) {
    const step = steps.next();
    const now = process.cpuUsage();
    phases[phase] = (phases[phase] ?? 0) + (now.user + now.system - before.user - before.system) / 1e6;
    before = now;
    if (step.done) {
      const seconds = (now.user + now.system - begin.user - begin.system) / 1e6;
      return { part: step.value, phases, seconds };
    }
    phase = step.value.phase;
  }
}

/**
 * @param {import('../../src/core/index/coded-search.ts').CodedSearch} search
 * @param {import('../../src/core/index/sealed-part.ts').SealedPart} part
 * @param {import('./index/vectors.mjs').Vectors} queries
 * @param {{ k: number, nprobe: number, rerank: number }} how
 */
function measure(search, part, queries, { k, nprobe, rerank }) {
  const options = { k, nprobe, rerank, allowed: null, minimumScore: Number.NEGATIVE_INFINITY };
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

/**
 * @param {Map<string, { medians: number[], p95s: number[], ids: ArrayLike<number>[], bytes: number }>} runs
 * @param {string} name
 * @param {number[]} ms
 * @param {ArrayLike<number>[]} ids
 * @param {number} bytes
 */
function note(runs, name, ms, ids, bytes) {
  const run = runs.get(name) ?? { medians: [], p95s: [], ids, bytes };
  run.medians.push(quantile(ms, 0.5));
  run.p95s.push(quantile(ms, 0.95));
  runs.set(name, run);
}

/**
 * Adds 4096 vectors with sealing, removes 4096, writes and opens a snapshot.
 *
 * @param {typeof import('./index/entry.ts')} core
 * @param {import('../../src/core/index/sealed-part.ts').SealedPart | undefined} part
 * @param {import('./index/vectors.mjs').Vectors} set
 */
function changeTimes(core, part, set) {
  if (part === undefined || part.trained.metric !== 'product') return null;
  const writeStart = performance.now();
  const snapshot = core.writeSnapshot(part, 'bench');
  const openStart = performance.now();
  const opened = core.openSnapshot(snapshot, 'bench');
  const openEnd = performance.now();
  if (opened.kind === 'refused') throw new Error(opened.refusal.message);
  const index = new core.LiveIndex(set.dims);
  index.adopt(opened.part, opened.part.alive);
  const rows = Math.min(4096, set.count);
  const addStart = performance.now();
  for (let n = 0; n < rows; n++) {
    index.add(set.count + n, set.values.subarray(n * set.dims, (n + 1) * set.dims));
    if (index.sizes.tail >= 1024) core.runSteps(index.sealSteps());
  }
  const removeStart = performance.now();
  for (let n = 0; n < rows; n++) index.remove(set.count + n);
  const end = performance.now();
  return {
    add: ((removeStart - addStart) / rows) * 1000,
    remove: ((end - removeStart) / rows) * 1000,
    snapshotBytes: snapshot.byteLength,
    write: openStart - writeStart,
    open: openEnd - openStart,
  };
}

export async function run() {
  await main([]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
