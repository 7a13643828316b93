// @ts-check
/** The app's own search for the same picture, over photos in memory. */
import { processorMilliseconds } from '../core/figures.mjs';
import { readyPhoto } from '../core/ready-photo.mjs';

/** @typedef {typeof import('./entry.ts')} Core */
/** @typedef {import('./material.mjs').Photo} Photo */
/** @typedef {import('./material.mjs').Drawer} Drawer */
/** @typedef {import('./material.mjs').Model} Model */
/** @typedef {import('./material.mjs').Looks} Looks */
/** @typedef {import('./material.mjs').Picture} Picture */
/** @typedef {Awaited<ReturnType<typeof makeLibrary>>} Library */

/**
 * Contents of several lists, each with its best score and the list that has it, best first.
 *
 * @param {readonly (readonly { content: number, score: number }[])[]} lists
 */
export function united(lists) {
  /** @type {Map<number, { content: number, score: number, to: number }>} */
  const best = new Map();
  for (const [to, list] of lists.entries()) {
    for (const hit of list)
      if (hit.score > (best.get(hit.content)?.score ?? -1)) best.set(hit.content, { ...hit, to });
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.content - b.content);
}

/**
 * Photo n of `photos` is photo n + 1 of the library, with content n.
 *
 * @param {Core} core
 * @param {readonly Photo[]} photos
 * @param {Drawer} drawer
 * @param {Model} model
 */
export async function makeLibrary(core, photos, drawer, model) {
  const table = new core.PhotoTable();
  const signatures = new core.Signatures({ eachSignatureChunk: async () => {} });
  /** @type {Float32Array[]} */
  const vectors = [];
  for (const [n, { name, read }] of photos.entries()) {
    const { thumbnail, pixels } = await drawer.looksOf(name, read);
    const content = /** @type {any} */ (n);
    table.add(/** @type {any} */ (n + 1), { ...readyPhoto, content }, name, null);
    signatures.add([{ content, signature: core.photoSignature(thumbnail) }]);
    vectors.push(await model.embed(pixels));
    if (n % 500 === 499) console.error(`${n + 1} of ${photos.length} photos read`);
  }
  const photo = (/** @type {number} */ n) => /** @type {Photo} */ (photos[n]);
  const vector = (/** @type {number} */ n) => /** @type {Float32Array} */ (vectors[n]);
  const signature = (/** @type {number} */ n) =>
    /** @type {Uint8Array} */ (signatures.of(/** @type {any} */ (n)));
  const looksOf = (/** @type {number} */ n) => drawer.looksOf(photo(n).name, photo(n).read);
  /** Contents by how alike their vectors are to one, by brute force. @param {Float32Array} wanted @param {number} count */
  const nearest = (wanted, count) => {
    const best = new core.TopK(count);
    for (const [content, own] of vectors.entries()) best.push(content, core.dot(own, wanted));
    const { ids, scores } = best.sorted();
    return Array.from(ids, (content, n) => ({ content, score: /** @type {number} */ (scores[n]) }));
  };
  const key = { id: 'starter', version: '1' };
  /** @param {Looks | Picture} bytes */
  const embed = async (bytes) => {
    const { thumbnail, pixels } = 'pixels' in bytes ? bytes : { thumbnail: bytes, pixels: bytes };
    return {
      ok: true,
      model: key,
      embedding: await model.embed(pixels),
      thumbnail,
      signature: core.photoSignature(thumbnail),
      sha256: '',
      scores: new Uint8Array(0),
    };
  };
  /**
   * What the app's searches ask for, as `MatchParts`. Pictures travel as they are, where the app has them encoded.
   *
   * @param {{ table: InstanceType<Core['PhotoTable']>, signatures: InstanceType<Core['Signatures']>, similar: object, count: number, pictureOf?: (content: number) => number }} own
   * @returns {any}
   */
  const partsWith = ({ table, signatures, similar, count, pictureOf = (n) => n }) => ({
    catalogue: {
      table,
      profiles: { get: () => null },
      counters: { content: count },
      store: {
        thumbnails: (/** @type {readonly number[]} */ contents) =>
          Promise.all(contents.map(async (n) => (await looksOf(pictureOf(n))).thumbnail)),
        // A copy has bytes of its own.
        contents: async () => [null],
      },
    },
    clock: { now: () => 0, ticks: processorMilliseconds, after: () => () => {}, breathe: async () => {} },
    similar,
    signatures,
    pictures: {
      decode: async (/** @type {unknown} */ picture) => picture,
      encode: async (/** @type {unknown} */ picture) => picture,
    },
    model: () => ({ number: 1, key, labels: [] }),
    tagsLoaded: async () => {},
    embed,
    embedSubject: async (/** @type {{ kind: string, bytes: Looks | Picture }} */ { kind, bytes }) => {
      if (kind !== 'picture') throw new Error('only files are asked about');
      return embed(bytes);
    },
  });
  const similar = {
    use: async () => {},
    nearest: async (/** @type {Float32Array} */ wanted, /** @type {number} */ count) =>
      nearest(wanted, count),
    nearestToAny: (/** @type {readonly Float32Array[]} */ wanted, /** @type {number} */ count) =>
      united(wanted.map((one) => nearest(one, count))),
    vectorsOf: async (/** @type {readonly number[]} */ contents) => contents.map(vector),
  };
  const parts = partsWith({ table, signatures, similar, count: photos.length });
  const same = new core.SamePictures(parts);
  return {
    count: photos.length,
    photo,
    looksOf,
    partsWith,
    vector,
    signature,
    /** @param {number} i @param {number} j */
    cosine: (i, j) => core.dot(vector(i), vector(j)),
    /** Photos by how alike their vectors are to that of photo n, itself among them. @param {number} n @param {number} count */
    nearestTo: (n, count) => nearest(vector(n), count).map(({ content }) => content),
    /**
     * A copy of photo i of the chosen ones. `other`: what stands beside it in a collage.
     *
     * @param {readonly number[]} chosen
     * @param {number} i
     * @param {string} kind
     */
    async copyOf(chosen, i, kind) {
      const n = /** @type {number} */ (chosen[i]);
      const beside = /** @type {number} */ (chosen[(i * 7 + 13) % chosen.length]);
      const other = beside === n ? /** @type {number} */ (chosen[(i + 1) % chosen.length]) : beside;
      return { copy: await drawer.copyOf(photo(n), photo(other), kind, i * 31 + 7), other };
    },
    /** Vector and signature of a picture from outside. @param {Looks} copy @returns {Promise<{ embedding: Float32Array, signature: Uint8Array }>} */
    lookAt: (copy) => parts.embed(copy),
    /** What the app's searches are made with here. */
    parts,
    /** @param {Looks} copy */
    async find(copy) {
      const bytes = /** @type {any} */ (copy);
      const found = await same.find({ photo: null, bytes, region: null, filter: null });
      if (found.kind !== 'same') throw new Error(`the search failed: ${found.kind}`);
      return found;
    },
    /** Photo whose 64-bit hash is nearest, as a plain search by hash would have it. @param {Picture} picture */
    nearestByHash(picture) {
      const [hash] = core.hashesOf(core.photoSignature(picture));
      let [best, least] = [-1, 65];
      for (let n = 0; n < photos.length; n++) {
        const distance = core.hashDistance(hash, core.hashesOf(signature(n))[0]);
        if (distance < least) [best, least] = [n, distance];
      }
      return best;
    },
  };
}
