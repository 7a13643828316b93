// @ts-nocheck: figures of plain rows, nothing that anybody imports
/** The app's own search for the same picture, over photos in memory. */

/** Numbers 0..1, the same for the same seed. @param {number} seed */
export function seededNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Processor time of this process: other work may run beside it. */
function cpuMilliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** @param {Float32Array} a @param {Float32Array} b */
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Photo n of `photos` is photo n + 1 of the library, with content n. */
export async function makeLibrary(core, photos, drawer, model) {
  const table = new core.PhotoTable();
  const signatures = new core.Signatures({ eachSignatureChunk: async () => {} });
  /** @type {Float32Array[]} */
  const vectors = [];
  const row = {
    flags: 0,
    capturedAt: 0,
    modifiedAt: 0,
    importedAt: 0,
    removedAt: 0,
    size: 1,
    width: 1,
    height: 1,
    model: 1,
  };
  for (const [n, { name, read }] of photos.entries()) {
    const { thumbnail, pixels } = await drawer.looksOf(name, read);
    table.add(n + 1, { ...row, status: 2, content: n }, name, null);
    signatures.add([{ content: n, signature: core.photoSignature(thumbnail) }]);
    vectors.push(await model.embed(pixels));
    if (n % 500 === 499) console.error(`${n + 1} of ${photos.length} photos read`);
  }
  /** Nearest by brute force. */
  const nearest = async (vector, k) =>
    vectors
      .map((own, content) => ({ content, score: dot(own, vector) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, k);
  const key = { id: 'starter', version: '1' };
  const thumbnailOf = async (n) => (await drawer.looksOf(photos[n].name, photos[n].read)).thumbnail;
  /** What the app's searches ask for. Pictures travel as they are, where the app has them encoded. */
  const partsWith = ({ table, signatures, similar, count, pictureOf = (n) => n }) => ({
    catalogue: {
      table,
      tags: { get: () => [] },
      tagger: () => ({ tags: () => [] }),
      counters: { content: count },
      store: {
        thumbnails: async (contents) => Promise.all(contents.map((n) => thumbnailOf(pictureOf(n)))),
      },
    },
    clock: { now: () => 0, ticks: cpuMilliseconds, after: () => () => {}, breathe: async () => {} },
    similar,
    signatures,
    pictures: { decode: async (picture) => picture, encode: async (picture) => picture },
    model: () => ({ number: 1, key }),
    embed: async (bytes) => {
      const { thumbnail = bytes, pixels = bytes } = bytes;
      return {
        ok: true,
        model: key,
        embedding: await model.embed(pixels),
        thumbnail,
        signature: core.photoSignature(thumbnail),
      };
    },
    original: async () => {
      throw new Error('only files are asked about');
    },
  });
  const similar = {
    use: async () => {},
    nearest,
    vectorsOf: async (contents) => contents.map((n) => vectors[n]),
  };
  const same = new core.SamePictures(partsWith({ table, signatures, similar, count: photos.length }));
  return {
    partsWith,
    vector: (n) => vectors[n],
    signature: (n) => signatures.of(n),
    cosine: (i, j) => dot(vectors[i], vectors[j]),
    /** Photos by how alike their vectors are to that of photo n, itself among them. */
    nearestTo: (n, k) =>
      vectors
        .map((own, other) => ({ other, score: dot(own, vectors[n]) }))
        .sort((a, b) => b.score - a.score)
        .slice(0, k)
        .map(({ other }) => other),
    async find(copy) {
      const found = await same.find({ photo: null, bytes: copy, region: null, filter: null });
      if (found.kind !== 'same') throw new Error(`the search failed: ${found.kind}`);
      return found;
    },
    /** Photo whose 64-bit hash is nearest, as a plain search by hash would have it. */
    nearestByHash(hash) {
      let [best, least] = [-1, 65];
      for (let n = 0; n < photos.length; n++) {
        const distance = core.hashDistance(hash, core.hashesOf(signatures.of(n))[0]);
        if (distance < least) [best, least] = [n, distance];
      }
      return best;
    },
  };
}
