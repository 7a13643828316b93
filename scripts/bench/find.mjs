// @ts-nocheck: figures of plain rows, nothing that anybody imports
/**
 * How well pictures are found by pictures: copies, products, times.
 *
 * node scripts/bench/find.mjs [--photos ../shared/photos] [--copies 300] [--cache FOLDER] [--only verify,copies,products,times]
 *
 * On the labelled photos where they are, else on drawn ones (without products). Decoding, copies and thumbnails are made
 * in Chromium, vectors by the built-in model on one WASM thread; both are kept in the cache, as the first run takes long.
 * Times are of this process: processor time, as other work may run beside it.
 */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { loadCore } from './core/load-core.mjs';
import { copyKinds } from './find/copy-kinds.mjs';
import { makeLibrary, seededNumbers } from './find/library.mjs';
import { listPhotos, openDrawer, openModel } from './find/material.mjs';
import { isSameInSets } from './find/same-in-sets.mjs';
import { measureTimes } from './find/times.mjs';
import { measureVerifying, otherOf } from './find/verify.mjs';

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {readonly (readonly { x: number, y: number }[])} region */
function boxOf(region) {
  const xs = region.map(({ x }) => x);
  const ys = region.map(({ y }) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Intersection over union of two boxes (left, top, right, bottom). */
function overlap(a, b) {
  const wide = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const high = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const area = (box) => (box[2] - box[0]) * (box[3] - box[1]);
  return (wide * high) / (area(a) + area(b) - wide * high);
}

/** `count` photos, evenly over the sets; the first n of more are the same. */
function choose(photos, count) {
  const draw = seededNumbers(17);
  const bySet = new Map(photos.map(({ set }) => [set, []]));
  for (const [n, { set }] of photos.entries()) bySet.get(set).push(n);
  const orders = [...bySet.values()].map((list) =>
    list.map((n) => ({ n, at: draw() })).sort((a, b) => a.at - b.at),
  );
  const chosen = [];
  for (let i = 0; chosen.length < Math.min(count, photos.length); i++) {
    const one = orders[i % orders.length]?.[Math.floor(i / orders.length)];
    if (one !== undefined) chosen.push(one.n);
  }
  return chosen;
}

/** Copies of the chosen photos, each asked for among all photos. */
async function measureCopies({ core, photos, library, drawer, chosen }) {
  console.log(`\ncopies of ${chosen.length} photos, asked for among ${photos.length}`);
  console.log(
    'copy               recall@1   pHash@1   false "same"   crop IoU   candidates   search ms (CPU)',
  );
  const all = { queries: 0, wrong: 0 };
  const seen = new Set();
  for (const kind of copyKinds) {
    let [right, byHash, wrong, looked] = [0, 0, 0, 0];
    const overlaps = [];
    const times = [];
    for (const [i, n] of chosen.entries()) {
      const other = otherOf(chosen, i);
      const copy = await drawer.copyOf(photos[n].name, photos[n].read, photos[other].read, kind, i * 31 + 7);
      const found = await library.find(copy);
      const hits = found.hits.map(({ id, match }) => ({ n: id - 1, match }));
      const shown = kind === 'collage' ? [n, other] : [n];
      const first = hits.find((hit) => shown.includes(hit.n) && hit.n === n);
      const best = hits[0];
      if (first !== undefined && shown.some((own) => isSameInSets(photos[own].name, photos[best.n].name)))
        right++;
      const others = hits.filter(
        (hit) => !shown.some((own) => isSameInSets(photos[own].name, photos[hit.n].name)),
      );
      if (others.length > 0) wrong++;
      for (const hit of others) seen.add(`${photos[n].name} ${photos[hit.n].name}`);
      if (library.nearestByHash(core.hashesOf(core.photoSignature(copy.thumbnail))[0]) === n) byHash++;
      if (first !== undefined && copy.box !== null) {
        const [left, top, wide, high] = copy.box;
        overlaps.push(overlap(boxOf(first.match.onSecond), [left, top, left + wide, top + high]));
      }
      looked += found.looked;
      times.push(found.milliseconds);
    }
    const share = (hits) => (hits / chosen.length).toFixed(3);
    console.log(
      [
        kind.padEnd(18),
        share(right).padStart(8),
        share(byHash).padStart(9),
        share(wrong).padStart(14),
        (overlaps.length === 0 ? '' : median(overlaps).toFixed(2)).padStart(10),
        (looked / chosen.length).toFixed(1).padStart(12),
        median(times).toFixed(0).padStart(17),
      ].join(' '),
    );
    all.queries += chosen.length;
    all.wrong += wrong;
  }
  console.log(
    `queries with a false "same": ${all.wrong} of ${all.queries} (${((100 * all.wrong) / all.queries).toFixed(2)} %)`,
  );
  for (const pair of seen) console.log(`  ${pair}`);
}

/** R@1 and mAP of the item over all photos of a set. */
function ranked(count, labels, score) {
  let [firsts, precisions, asked] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const relevant = labels.filter((label, j) => j !== i && label === labels[i]).length;
    if (relevant === 0) continue;
    asked++;
    const order = [...labels.keys()]
      .filter((j) => j !== i)
      .map((j) => ({ j, score: score(i, j) }))
      .sort((a, b) => b.score - a.score);
    let [hits, sum] = [0, 0];
    order.forEach(({ j }, rank) => {
      if (labels[j] === labels[i]) sum += ++hits / (rank + 1);
    });
    if (labels[order[0]?.j ?? -1] === labels[i]) firsts++;
    precisions += sum / relevant;
  }
  return { first: firsts / asked, map: precisions / asked };
}

function measureProducts({ core, photos, library, folder }) {
  const baseline = JSON.parse(readFileSync(join(folder, 'baseline.json'), 'utf8'));
  console.log('\nproducts: every photo asks for the others of its item         R@1     mAP');
  console.log(
    '(halves of the items by chance; the weights of Product mode were chosen on another split of them)',
  );
  for (const set of ['products', 'groceries']) {
    measureItems(
      set,
      [...photos.keys()].filter((n) => photos[n].set === set),
    );
  }

  function measureItems(set, all) {
    const items = [...new Set(all.map((n) => photos[n].label))].sort();
    const draw = seededNumbers(7);
    const order = items.map((item) => ({ item, at: draw() })).sort((a, b) => a.at - b.at);
    const chosenOn = new Set(order.slice(0, items.length >> 1).map(({ item }) => item));
    printItems(
      `${set}, one half`,
      all.filter((n) => chosenOn.has(photos[n].label)),
    );
    printItems(
      `${set}, other half`,
      all.filter((n) => !chosenOn.has(photos[n].label)),
    );
    printItems(`${set}, all`, all, baseline[set]);
  }

  function printItems(name, rows, known = null) {
    const labels = rows.map((n) => photos[n].label);
    const dot = (i, j) => library.cosine(rows[i], rows[j]);
    const far = (i, j) =>
      core.colourDistance(
        library.signature(rows[i]),
        library.signature(rows[j]),
        core.innerColourAt,
        core.innerColourAt,
      );
    /** @type {[string, { first: number, map: number }][]} */
    const lines = [
      ...(known === null ? [] : [[`${name}, baseline.json`, { first: known['R@1'], map: known.mAP }]]),
      [`${name}, plain embedding`, ranked(rows.length, labels, dot)],
      [
        `${name}, Product mode`,
        ranked(rows.length, labels, (i, j) => core.productScore(dot(i, j), far(i, j), 'counts')),
      ],
    ];
    for (const [what, { first, map }] of lines)
      console.log(`${what.padEnd(56)} ${first.toFixed(3).padStart(8)} ${map.toFixed(3).padStart(7)}`);
  }
}

/** @param {readonly string[]} args */
async function main(args) {
  const project = new URL('../../', import.meta.url);
  const { values } = parseArgs({
    args: [...args],
    options: {
      photos: { type: 'string', default: fileURLToPath(new URL('../shared/photos', project)) },
      copies: { type: 'string', default: '300' },
      cache: { type: 'string', default: join(tmpdir(), 'picsift-find') },
      only: { type: 'string', default: 'verify,copies,products,times' },
    },
  });
  const wanted = values.only.split(',');
  const core = await loadCore(new URL('./find/entry.ts', import.meta.url));
  const { isReal, photos } = await listPhotos(values.photos, values.cache);
  const drawer = await openDrawer(values.cache);
  const pack = fileURLToPath(new URL('public/models/starter', project));
  const model = await openModel(pack, values.cache, core.preprocess);
  const library = await makeLibrary(core, photos, drawer, model);
  const chosen = choose(photos, Number(values.copies));
  if (wanted.includes('verify')) await measureVerifying({ core, photos, library, drawer, chosen });
  if (wanted.includes('copies')) await measureCopies({ core, photos, library, drawer, chosen });
  if (wanted.includes('products') && isReal)
    measureProducts({ core, photos, library, folder: values.photos });
  if (wanted.includes('times')) await measureTimes({ core, library, model, drawer, photos });
  await drawer.close();
}

export async function run() {
  await main([]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
