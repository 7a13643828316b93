// @ts-check
/**
 * The vector index: recall against exact search (of all rows, and of the 1, 10 and 50 % that filters allow),
 * milliseconds a query, bytes a photo, seconds to build, microseconds to add and remove; brute force, hnswlib-wasm and
 * Faiss in the same run, taking turns, where they are installed. One thread.
 *
 * npm run bench:index -- [--vectors a.npy --queries q.npy] [--rows 200000] [--factory "..."]... [--nprobe 16,32,64]
 *   [--k 10] [--rerank 100] [--count 500] [--rounds 5] [--faiss "IVF1024,PQ32"]... [--hnsw 32,64,128] [--browser] [--json]
 *
 * Vectors: .npy of float32, or int8 with scale.json beside it; more rows than vectors: the set again with seeded noise
 * (cosine 0.9 to the original). Without --vectors: 20,000 seeded clustered vectors. --faiss none and --hnsw none leave
 * the peer out; without --hnsw it is measured up to 25,000 rows. PICSIFT_PYTHON names a Python that has Faiss.
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './core/figures.mjs';
import { loadCore } from './core/load-core.mjs';
import { openFaiss } from './index/faiss-peer.mjs';
import { openHnsw } from './index/hnsw-peer.mjs';
import { buildTimed, changeTimes, collectGarbage, measure, openLive } from './index/ours.mjs';
import { QuietRuns } from './index/timing.mjs';
import { measureBrowser, measureFiltered, measureInTurns } from './index/turns.mjs';
import { exactNeighbours, extend, randomFilter, readNpy } from './index/vectors.mjs';

/** @typedef {import('./index/turns.mjs').Entry} Entry */

/** Rows up to which a graph in WebAssembly is built in about a minute. */
const hnswRows = 25_000;
/** Shares of the rows that filters allow. */
const allowedShares = [0.01, 0.1, 0.5];

/** @param {readonly string[]} args */
function readOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vectors: { type: 'string' },
      queries: { type: 'string' },
      rows: { type: 'string' },
      factory: { type: 'string', multiple: true },
      faiss: { type: 'string', multiple: true },
      hnsw: { type: 'string' },
      nprobe: { type: 'string', default: '16,32,64' },
      rerank: { type: 'string', default: '100' },
      k: { type: 'string', default: '10' },
      count: { type: 'string', default: '500' },
      rounds: { type: 'string', default: '5' },
      browser: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if ((values.vectors === undefined) !== (values.queries === undefined)) {
    throw new Error('--vectors and --queries go together');
  }
  return values;
}

/** @param {string} text */
const numbers = (text) => text.split(',').map(Number);

/** @param {typeof import('./index/entry.ts')} core @param {ReturnType<typeof readOptions>} options */
function readVectors(core, { vectors, queries, rows, count }) {
  if (vectors === undefined || queries === undefined) {
    const total = Number(rows ?? 20_000);
    const dims = 128;
    const values = core.clusteredVectors({ count: total + 500, dims, seed: 1 });
    const set = { values: values.subarray(0, total * dims), count: total, dims };
    const asked = { values: values.slice(total * dims), count: Math.min(500, Number(count)), dims };
    return { set, queries: asked, text: `${total} x ${dims}, seeded clusters` };
  }
  const whole = readNpy(vectors);
  const set = extend(whole, Number(rows ?? whole.count), core.seededRandom(99));
  const given = readNpy(queries);
  const repeated = set.count - whole.count;
  return {
    set,
    queries: { ...given, count: Math.min(Number(count), given.count) },
    text: `${set.count} x ${set.dims}${repeated > 0 ? `, of which ${repeated} repeated with noise` : ''}`,
  };
}

/** Faiss's plain index with as many lists and bytes as one of ours. @param {string} factory */
function plainForm(factory) {
  const lists = /IVF\d+/.exec(factory)?.[0];
  const code = /PQ\d+/.exec(factory)?.[0];
  return lists !== undefined && code !== undefined ? `${lists},${code}` : null;
}

/** @param {readonly string[]} args */
async function main(args) {
  const options = readOptions(args);
  /** @param {string} text */
  const say = (text) => {
    if (!options.json) console.log(text);
  };
  /** @type {typeof import('./index/entry.ts')} */
  const core = await loadCore(new URL('./index/entry.ts', import.meta.url));
  const { set, queries, text } = readVectors(core, options);
  const k = Number(options.k);
  const rerank = Number(options.rerank);
  const probes = numbers(options.nprobe);
  say(`${text}; ${queries.count} queries, ${k} hits each, median of ${options.rounds} rounds`);
  const filters = allowedShares.map((share, n) => ({
    share,
    allowed: randomFilter(set.count, share, core.seededRandom(100 + n)),
  }));
  const exact = exactNeighbours(
    set,
    queries,
    k,
    filters.map(({ allowed }) => allowed),
  );
  const { neighbours } = exact;

  /** @type {Entry[]} */
  const entries = [];
  /** @type {Record<string, Record<string, unknown>>} */
  const build = {};
  const few = { ...queries, count: Math.min(50, queries.count) };
  entries.push({
    name: 'brute force, float32 in JavaScript',
    setting: 0,
    bytes: set.dims * 4,
    measure: () => {
      const { neighbours: ids, milliseconds: ms } = exactNeighbours(set, few, k);
      return { ms, ids };
    },
  });

  const factories = options.factory ?? [core.recommendedIndex(set.count, set.dims).factory ?? 'Flat'];
  const built = [];
  for (const factory of factories) {
    await collectGarbage();
    const { part, phases, seconds, extraBytes } = buildTimed(core, factory, set);
    const bytes = core.sealedBytes(part).total / set.count;
    build[factory] = { seconds, phases, extraBytes };
    say(
      `${factory}: built in ${seconds.toFixed(1)} s (${Object.entries(phases)
        .map(([phase, s]) => `${phase} ${s.toFixed(1)}`)
        .join(
          ', ',
        )}), ${(extraBytes / 1e6).toFixed(0)} MB beside the vectors at most, their own are ${(set.values.byteLength / 1e6).toFixed(0)} MB`,
    );
    const search = new core.CodedSearch(part.trained);
    for (const nprobe of probes) {
      const how = { k, nprobe, rerank };
      entries.push({
        name: factory,
        setting: nprobe,
        bytes,
        measure: () => measure(search, part, queries, how),
      });
    }
    built.push({ factory, part, search });
  }

  const plain = [...new Set(factories.map(plainForm))].filter((form) => form !== null);
  const wanted = (options.faiss ?? plain).filter((name) => name !== 'none');
  const faiss = wanted.length > 0 ? await openFaiss(set, queries) : null;
  if (wanted.length > 0 && faiss === null)
    say('Faiss: not installed (PICSIFT_PYTHON names a Python that has it)');
  if (faiss !== null) {
    say(`Faiss ${faiss.version} (${faiss.options.trim()}), 1 thread`);
    build[`Faiss ${faiss.version}`] = { options: faiss.options.trim() };
    for (const factory of wanted) {
      const { seconds, bytes } = await faiss.build(factory);
      build[`Faiss ${factory}`] = { seconds };
      say(`Faiss ${factory}: built in ${seconds.toFixed(1)} s`);
      for (const nprobe of probes) {
        const how = { k, nprobe, kFactor: 10 };
        const entry = {
          setting: nprobe,
          bytes: bytes / set.count,
          measure: () => faiss.measure(factory, how),
        };
        entries.push({ name: `Faiss ${factory}`, ...entry });
      }
    }
  }

  const wantsHnsw = options.hnsw === undefined ? set.count <= hnswRows : options.hnsw !== 'none';
  const hnsw = wantsHnsw ? await openHnsw(set) : null;
  if (wantsHnsw && hnsw === null) say('hnswlib-wasm: not installed');
  if (hnsw !== null) {
    build['hnswlib-wasm'] = { seconds: hnsw.seconds };
    say(`hnswlib-wasm: built in ${hnsw.seconds.toFixed(1)} s`);
    for (const ef of numbers(options.hnsw ?? '32,64,128')) {
      const entry = { setting: ef, bytes: hnsw.bytesPerPhoto, measure: () => hnsw.measure(queries, k, ef) };
      entries.push({ name: 'hnswlib-wasm, 16 neighbours', ...entry });
    }
  }

  const quiet = new QuietRuns();
  const rounds = Number(options.rounds);
  const points = await measureInTurns(entries, quiet, rounds, neighbours);
  for (const { factory, nprobe, recall1, recall10, msMedian, msP95, bytesPerPhoto } of points) {
    say(
      `nprobe ${String(nprobe).padStart(3)}  recall@1 ${recall1.toFixed(3)}  @${k} ${recall10.toFixed(4)}  ${msMedian.toFixed(3)} ms (p95 ${msP95.toFixed(3)})  ${bytesPerPhoto.toFixed(1)} B  ${factory}`,
    );
  }
  faiss?.close();

  for (const { factory, part, search } of built) {
    const underFilters = await measureFiltered(
      { part, search },
      queries,
      { filters, neighbours: exact.filtered },
      { k, rerank, probes },
      quiet,
      rounds,
    );
    for (const { allowed, nprobe, recall1, recall10, msMedian, msP95 } of underFilters) {
      say(
        `${String(100 * allowed).padStart(3)} % allowed, nprobe ${String(nprobe).padStart(3)}  recall@1 ${recall1.toFixed(3)}  @${k} ${recall10.toFixed(4)}  ${msMedian.toFixed(3)} ms (p95 ${msP95.toFixed(3)})  ${factory}`,
      );
    }
    Object.assign(build[factory] ?? {}, { filtered: underFilters });
    if (part.trained.metric !== 'product') continue;
    const live = openLive(core, part, set.dims);
    const changes = [];
    for (let round = 0; round < rounds; round++) {
      changes.push(await quiet.run(() => changeTimes(core, live.index, set)));
    }
    const addMicroseconds = median(changes.map(({ add }) => add));
    const removeMicroseconds = median(changes.map(({ remove }) => remove));
    const { snapshotBytes, writeMs, openMs } = live;
    Object.assign(build[factory] ?? {}, {
      addMicroseconds,
      removeMicroseconds,
      snapshotBytes,
      writeMs,
      openMs,
    });
    say(
      `${factory}: add ${addMicroseconds.toFixed(1)} us (sealing included), remove ${removeMicroseconds.toFixed(2)} us; snapshot of ${(snapshotBytes / 1e6).toFixed(1)} MB: written in ${writeMs.toFixed(0)} ms, opened in ${openMs.toFixed(0)} ms`,
    );
    if (!options.browser) continue;
    const figures = await measureBrowser(
      core,
      { part, search },
      queries,
      { k, nprobe: probes.at(-1) ?? 1, rerank },
      quiet,
      rounds,
    );
    Object.assign(build[factory] ?? {}, { browser: figures });
    say(
      `${factory} in a worker of Chromium ${figures.version}: ${figures.msMedian.toFixed(3)} ms, ${figures.ratio.toFixed(2)} x Node's ${figures.nodeMedian.toFixed(3)} ms beside it (nprobe ${probes.at(-1)}); from IndexedDB to the first answer ${figures.openMs.toFixed(0)} ms (${Object.entries(
        figures.openParts,
      )
        .map(([name, ms]) => `${name} ${ms.toFixed(0)}`)
        .join(', ')})`,
    );
  }
  say(quiet.toString());
  const { best, worst, repeated, loud } = quiet;
  build.spin = { best, worst, repeated, loud };
  if (options.json) console.log(JSON.stringify({ points, build }, null, 2));
}

export async function run() {
  await main([]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
