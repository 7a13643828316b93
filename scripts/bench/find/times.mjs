// @ts-nocheck: figures of plain rows, nothing that anybody imports
import { buildTimed } from '../index/ours.mjs';
import { seededNumbers } from './library.mjs';

const rows = 200_000;
/** Noise that takes a vector to a cosine of about 0.9 from where it was. */
const noise = 0.48;

/** Milliseconds of processor time. @param {() => unknown} work */
async function timed(work) {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, milliseconds: (user + system) / 1000 };
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/**
 * What a search takes after the embedding in a library of 200,000 photos: the app's own searches over its own index, with
 * made vectors and signatures, and the thumbnails of the real photos for candidates. Vectors come from memory where the app
 * reads them from IndexedDB.
 */
export async function measureTimes({ core, library, model, drawer, photos }) {
  console.log(`\ntimes after the embedding, ${rows.toLocaleString('en')} photos, processor milliseconds`);
  const draw = seededNumbers(5);
  const table = new core.PhotoTable();
  const signatures = new core.Signatures({ eachSignatureChunk: async () => {} });
  const { dim } = model;
  const values = new Float32Array(rows * dim);
  const row = {
    flags: 0,
    capturedAt: 0,
    modifiedAt: 0,
    importedAt: 0,
    removedAt: 0,
    size: 1,
    width: 1,
    height: 1,
  };
  const spread = noise / Math.sqrt(dim);
  for (let content = 0; content < rows; content++) {
    table.add(content + 1, { ...row, model: 1, status: 2, content }, `${content}.jpg`, null);
    const signature = Uint8Array.from(library.signature(content % photos.length));
    if (content >= photos.length) for (let i = 0; i < 16; i++) signature[i] = Math.floor(draw() * 256);
    signatures.add([{ content, signature }]);
    const own = library.vector(content % photos.length);
    let length = 0;
    for (let i = 0; i < dim; i++) {
      const far = content < photos.length ? 0 : spread * 1.73 * (2 * draw() - 1);
      const value = own[i] + far;
      values[content * dim + i] = value;
      length += value * value;
    }
    for (let i = 0; i < dim; i++) values[content * dim + i] /= Math.sqrt(length);
  }
  const vectorOf = (content) => values.subarray(content * dim, (content + 1) * dim);
  const { factory } = core.recommendedIndex(rows, dim);
  const built = buildTimed(core, factory, { count: rows, dims: dim, values });
  const live = new core.LiveIndex(dim);
  const present = new core.IdBits();
  for (let content = 0; content < rows; content++) present.add(content);
  live.adopt(built.part, present);
  const similar = {
    use: async () => {},
    vectorsOf: async (contents) => contents.map(vectorOf),
    nearest: async (vector, k, allowed) => {
      const { ids } = live.search(vector, k, { allowed });
      return Array.from(ids, (content) => {
        const own = vectorOf(content);
        let score = 0;
        for (let i = 0; i < dim; i++) score += own[i] * vector[i];
        return { content, score };
      }).sort((a, b) => b.score - a.score);
    },
  };
  const parts = library.partsWith({
    table,
    signatures,
    similar,
    count: rows,
    pictureOf: (content) => content % photos.length,
  });
  const same = new core.SamePictures(parts);
  const products = new core.ProductPhotos({
    ...parts,
    names: { load: async () => {}, size: 0, of: () => null },
  });
  const mixed = new core.MixedPhotos(parts);
  const runs = { similar: [], same: [], product: [], mixed: [] };
  for (let n = 0; n < 24; n++) {
    const photo = 1 + ((n * 173) % photos.length);
    const query = { photo, bytes: null, region: null, filter: null };
    const allowed = core.allowedContents(parts.catalogue, query).allowed;
    const near = await timed(async () => {
      core.allowedContents(parts.catalogue, query);
      await similar.nearest(vectorOf(photo - 1), 324, allowed);
    });
    const found = await same.find(query);
    const thing = await products.find(query, 'counts', 60);
    const mix = await mixed.find(query, { content: 25, type: 0, colour: 65, layout: 10 }, 300);
    // The first few warm up.
    if (n < 4) continue;
    runs.similar.push(near.milliseconds);
    runs.same.push(found.milliseconds);
    runs.product.push(thing.milliseconds);
    runs.mixed.push(mix.milliseconds);
  }
  const goals = { similar: 30, same: 200, product: 60, mixed: null };
  for (const [name, list] of Object.entries(runs)) {
    const goal = goals[name] === null ? '' : ` (bar ${goals[name]})`;
    console.log(
      `${name.padEnd(10)} median ${median(list).toFixed(0)} ms, most ${Math.max(...list).toFixed(0)} ms${goal}`,
    );
  }
  const { thumbnail, pixels } = await drawer.looksOf(photos[0].name, photos[0].read);
  const frames = [];
  for (let i = 0; i < 12; i++) frames.push((await timed(() => model.run(pixels))).milliseconds);
  const signing = [];
  for (let i = 0; i < 30; i++) signing.push((await timed(() => core.photoSignature(thumbnail))).milliseconds);
  console.log(
    `signature of a photo at import: ${library.signature(0).length} bytes, ${median(signing).toFixed(1)} ms`,
  );
  console.log(
    `model on one WASM thread ${median(frames).toFixed(0)} ms: ${(1000 / median(frames)).toFixed(1)} camera frames a second`,
  );
}
