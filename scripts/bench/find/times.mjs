// @ts-check

import { mulberry32 } from '../../mulberry32.mjs';
import { median, processorMilliseconds } from '../core/figures.mjs';
import { readyPhoto } from '../core/ready-photo.mjs';
import { buildTimed } from '../index/ours.mjs';
import { united } from './library.mjs';

const rows = 200_000;
/** Noise that takes a vector to a cosine of about 0.9 from where it was. */
const noise = 0.48;

/** Milliseconds of processor time. @param {() => unknown} work */
async function timed(work) {
  const before = processorMilliseconds();
  await work();
  return processorMilliseconds() - before;
}

/** Milliseconds that a search says it took. @param {{ kind: string, milliseconds?: number }} result */
function taken({ kind, milliseconds }) {
  if (milliseconds === undefined) throw new Error(`the search failed: ${kind}`);
  return milliseconds;
}

/**
 * What a search takes after the embedding in a library of 200,000 photos: the app's own searches over its own index, with
 * made vectors and signatures, and the thumbnails of the real photos for candidates. Vectors come from memory where the app
 * reads them from IndexedDB.
 *
 * @param {import('./library.mjs').Core} core
 * @param {import('./library.mjs').Library} library
 * @param {import('./material.mjs').Model} model
 */
export async function measureTimes(core, library, model) {
  console.log(`\ntimes after the embedding, ${rows.toLocaleString('en')} photos, processor milliseconds`);
  const draw = mulberry32(5);
  const table = new core.PhotoTable();
  const signatures = new core.Signatures({ eachSignatureChunk: async () => {} });
  const { dim } = model;
  const values = new Float32Array(rows * dim);
  const spread = noise / Math.sqrt(dim);
  for (let content = 0; content < rows; content++) {
    const id = /** @type {any} */ (content);
    table.add(/** @type {any} */ (content + 1), { ...readyPhoto, content: id }, `${content}.jpg`, null);
    const signature = Uint8Array.from(library.signature(content % library.count));
    if (content >= library.count) for (let i = 0; i < 16; i++) signature[i] = Math.floor(draw() * 256);
    signatures.add([{ content: id, signature }]);
    const own = library.vector(content % library.count);
    let length = 0;
    for (let i = 0; i < dim; i++) {
      const far = content < library.count ? 0 : spread * 1.73 * (2 * draw() - 1);
      const value = (own[i] ?? 0) + far;
      values[content * dim + i] = value;
      length += value * value;
    }
    for (let i = 0; i < dim; i++)
      values[content * dim + i] = (values[content * dim + i] ?? 0) / Math.sqrt(length);
  }
  const vectorOf = (/** @type {number} */ content) => values.subarray(content * dim, (content + 1) * dim);
  const { factory } = core.recommendedIndex(rows, dim);
  if (factory === null) throw new Error(`no index for ${rows} photos`);
  const built = buildTimed(core, factory, { count: rows, dims: dim, values });
  const live = new core.LiveIndex(dim);
  const present = new core.IdBits();
  for (let content = 0; content < rows; content++) present.add(content);
  live.adopt(built.part, present);
  const similar = {
    use: async () => {},
    vectorsOf: async (/** @type {readonly number[]} */ contents) => contents.map(vectorOf),
    nearest: async (
      /** @type {Float32Array} */ vector,
      /** @type {number} */ k,
      /** @type {Uint32Array} */ allowed,
    ) => {
      const { ids } = live.search(vector, k, { allowed });
      return Array.from(ids, (content) => {
        const own = vectorOf(content);
        let score = 0;
        for (let i = 0; i < dim; i++) score += (own[i] ?? 0) * (vector[i] ?? 0);
        return { content, score };
      }).sort((a, b) => b.score - a.score);
    },
    nearestToAny: (
      /** @type {readonly Float32Array[]} */ vectors,
      /** @type {number} */ k,
      /** @type {Uint32Array} */ allowed,
    ) =>
      united(
        vectors.map((vector) => {
          const { ids, scores } = live.search(vector, k, { allowed });
          return Array.from(ids, (content, n) => ({ content, score: scores[n] ?? 0 }));
        }),
      ),
  };
  const parts = library.partsWith({
    table,
    signatures,
    similar,
    count: rows,
    pictureOf: (/** @type {number} */ content) => content % library.count,
  });
  // Thumbnails from memory: what the app reads from IndexedDB and decodes beside, the bench would read from files.
  /** @type {Map<number, unknown>} */
  const inMemory = new Map();
  const { thumbnails } = parts.catalogue.store;
  parts.catalogue.store.thumbnails = async (/** @type {readonly number[]} */ contents) => {
    const missing = contents.filter((content) => !inMemory.has(content));
    const read = await thumbnails(missing);
    for (const [n, content] of missing.entries()) inMemory.set(content, read[n]);
    return contents.map((content) => inMemory.get(content));
  };
  const products = new core.ProductPhotos({
    ...parts,
    names: { load: async () => {}, size: 0, of: () => null },
  });
  const mixed = new core.MixedPhotos(parts);
  /** @type {Record<'similar' | 'same' | 'product' | 'mixed', number[]>} */
  const runs = { similar: [], same: [], product: [], mixed: [] };
  for (let n = 0; n < 24; n++) {
    const photo = 1 + ((n * 173) % library.count);
    const query = { photo: /** @type {any} */ (photo), bytes: null, region: null, filter: null };
    const allowed = core.allowedContents(parts.catalogue, query).allowed;
    const near = await timed(async () => {
      core.allowedContents(parts.catalogue, query);
      await similar.nearest(vectorOf(photo - 1), 324, allowed);
    });
    // The first one reads, the second one is measured: neither has anything prepared.
    await new core.SamePictures(parts).find(query);
    const found = await new core.SamePictures(parts).find(query);
    inMemory.clear();
    const thing = await products.find(query, 'counts', 60);
    const mix = await mixed.find(query, { content: 25, type: 0, colour: 65, layout: 10 }, 300);
    // The first few warm up.
    if (n < 4) continue;
    runs.similar.push(near);
    runs.same.push(taken(found));
    runs.product.push(taken(thing));
    runs.mixed.push(taken(mix));
  }
  /** @type {Record<string, number>} */
  const bars = { similar: 30, same: 200, product: 60 };
  for (const [name, list] of Object.entries(runs)) {
    const bar = bars[name] === undefined ? '' : ` (bar ${bars[name]})`;
    console.log(
      `${name.padEnd(10)} median ${median(list).toFixed(0)} ms, most ${Math.max(...list).toFixed(0)} ms${bar}`,
    );
  }
  await measureWeights(core);
  const { thumbnail, pixels } = await library.looksOf(0);
  const frames = [];
  for (let i = 0; i < 12; i++) frames.push(await timed(() => model.run(pixels)));
  const signing = [];
  for (let i = 0; i < 30; i++) signing.push(await timed(() => core.photoSignature(thumbnail)));
  console.log(
    `signature of a photo at import: ${library.signature(0).length} bytes, ${median(signing).toFixed(1)} ms`,
  );
  console.log(
    `model on one WASM thread ${median(frames).toFixed(0)} ms: ${(1000 / median(frames)).toFixed(1)} camera frames a second`,
  );
}

/** What ordering the shown candidates anew takes when a weight is moved, without drawing them. @param {import('./library.mjs').Core} core */
async function measureWeights(core) {
  const draw = mulberry32(9);
  const score = () => 100 * draw();
  const hits = Array.from({ length: 624 }, (_, n) => ({
    id: /** @type {any} */ (n + 1),
    score: draw(),
    capturedAt: n,
  }));
  const parts = new Map(
    hits.map(({ id }) => [id, { content: score(), type: score(), colour: score(), layout: score() }]),
  );
  const taking = [];
  for (let content = 0; content <= 100; content += 2) {
    const weights = { content, type: 15, colour: 20, layout: 15 };
    taking.push(await timed(() => core.splitAtCutOff(hits, core.mixedScores(hits, parts, weights), 0.3, 24)));
  }
  const [middle, most] = [median(taking), Math.max(...taking)].map((value) => value.toFixed(2));
  console.log(
    `a weight moved, ${hits.length} candidates ordered anew: median ${middle} ms, most ${most} ms (bar 50)`,
  );
}
