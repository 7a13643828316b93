// @ts-check
/** Photos, copies of them, and what the model says of both; kept in a folder outside of the project. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import * as ort from 'onnxruntime-web/wasm';
import { launchOptions } from '../../chromium.mjs';
import { openStudio } from '../../fixtures/studio.mjs';

/** @typedef {{ width: number, height: number, rgba: Uint8Array }} Picture */
/** @typedef {{ thumbnail: Picture, pixels: Picture, box: readonly [number, number, number, number] | null }} Looks */
/** @typedef {{ name: string, set: string, label: string | null, read: () => Buffer }} Photo */
/** @typedef {Awaited<ReturnType<typeof openDrawer>>} Drawer */
/** @typedef {Awaited<ReturnType<typeof openModel>>} Model */
/** @typedef {import('./draw-copies.mjs').Packed} Packed */
/** @typedef {import('./draw-copies.mjs').Drawing} Drawing */

const sets = ['multilabel', 'coco', 'clothing', 'fashion', 'products', 'groceries'];
const scenes = /** @type {const} */ (['city', 'beach', 'forest', 'hills', 'portrait', 'fruit']);
const generated = 240;

/**
 * The photos to search: those of the labelled sets where they are, else drawn ones.
 *
 * @param {string} folder of the labelled sets
 * @param {string} cache where drawn ones are kept
 * @returns {Promise<{ isReal: boolean, photos: Photo[] }>}
 */
export async function listPhotos(folder, cache) {
  if (existsSync(join(folder, 'baseline.json'))) {
    const photos = sets.flatMap((set) => {
      const labels = JSON.parse(readFileSync(join(folder, set, 'labels.json'), 'utf8')).photos;
      return Object.keys(labels)
        .sort()
        .map((file) => ({
          name: `${set}/${file}`,
          set,
          label: typeof labels[file] === 'string' ? labels[file] : null,
          read: () => readFileSync(join(folder, set, file)),
        }));
    });
    return { isReal: true, photos };
  }
  const made = join(cache, 'drawn');
  mkdirSync(made, { recursive: true });
  const studio = await openStudio();
  const photos = [];
  for (let n = 0; n < generated; n++) {
    const path = join(made, `${n}.jpg`);
    const scene = scenes[n % scenes.length] ?? 'city';
    if (!existsSync(path))
      writeFileSync(path, await studio.draw({ scene, seed: n + 1, width: 640, height: 480 }));
    photos.push({ name: `drawn/${n}`, set: 'drawn', label: null, read: () => readFileSync(path) });
  }
  await studio.close();
  return { isReal: false, photos };
}

/** Decodes photos and draws copies in a browser, as the app decodes them. @param {string} cache */
export async function openDrawer(cache) {
  mkdirSync(cache, { recursive: true });
  /** @type {import('@playwright/test').Browser | null} */
  let browser = null;
  /** @type {import('@playwright/test').Page | null} */
  let page = null;
  const opened = async () => {
    if (page !== null) return page;
    browser = await chromium.launch(await launchOptions());
    page = await browser.newPage();
    await page.addScriptTag({
      content: readFileSync(fileURLToPath(new URL('draw-copies.mjs', import.meta.url)), 'utf8'),
    });
    return page;
  };
  /** @param {string} key @param {() => Promise<Packed>} make @returns {Promise<Looks>} */
  const kept = async (key, make) => {
    const path = join(cache, `${createHash('sha1').update(key).digest('hex')}.looks`);
    if (!existsSync(path)) {
      const { thumbnail, pixels, box } = await make();
      const head = Buffer.from(
        JSON.stringify({
          box: box ?? null,
          sizes: [thumbnail, pixels].map(({ width, height }) => [width, height]),
        }),
      );
      const length = Buffer.alloc(4);
      length.writeUInt32LE(head.length);
      const bytes = [thumbnail, pixels].map(({ rgba }) => Buffer.from(rgba, 'base64'));
      writeFileSync(path, Buffer.concat([length, head, ...bytes]));
    }
    return readLooks(readFileSync(path));
  };
  return {
    /** @param {string} name @param {() => Buffer} read */
    looksOf: (name, read) =>
      kept(name, async () =>
        (await opened()).evaluate(
          (bytes) =>
            /** @type {{ drawing: Drawing }} */ (/** @type {unknown} */ (globalThis)).drawing.picturesOf(
              bytes,
            ),
          read().toString('base64'),
        ),
      ),
    /** @param {Photo} photo @param {Photo} other stands beside it in a collage @param {string} kind @param {number} seed */
    copyOf: ({ name, read }, other, kind, seed) =>
      kept(`${name} ${kind} ${seed}${kind === 'collage' ? ` ${other.name}` : ''}`, async () =>
        (await opened()).evaluate(
          ([own, beside, what, number]) =>
            /** @type {{ drawing: Drawing }} */ (/** @type {unknown} */ (globalThis)).drawing.copyOf(
              own,
              beside,
              what,
              number,
            ),
          /** @type {[string, string, string, number]} */ ([
            read().toString('base64'),
            other.read().toString('base64'),
            kind,
            seed,
          ]),
        ),
      ),
    close: async () => browser?.close(),
  };
}

/** @param {Buffer} bytes @returns {Looks} */
function readLooks(bytes) {
  const length = bytes.readUInt32LE(0);
  const { box, sizes } = JSON.parse(bytes.subarray(4, 4 + length).toString());
  let at = 4 + length;
  const next = (/** @type {readonly [number, number]} */ [width, height]) => {
    const rgba = new Uint8Array(bytes.subarray(at, at + width * height * 4));
    at += width * height * 4;
    return { width, height, rgba };
  };
  return { thumbnail: next(sizes[0]), pixels: next(sizes[1]), box };
}

/**
 * The built-in model on one WASM thread; vectors are kept.
 *
 * @param {string} pack @param {string} cache
 * @param {(rgba: Uint8Array, width: number, height: number, size: number) => Float32Array} preprocess
 */
export async function openModel(pack, cache, preprocess) {
  const { model, input, outputs } = JSON.parse(readFileSync(join(pack, 'pack.json'), 'utf8'));
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(join(pack, model.path))), {
    executionProviders: ['wasm'],
  });
  const { dim, name } = outputs.embedding;
  const path = join(cache, `vectors-${model.sha256.slice(0, 12)}.bin`);
  /** @type {Map<string, Float32Array>} */
  const known = new Map();
  const record = 20 + dim * 4;
  if (existsSync(path)) {
    const bytes = readFileSync(path);
    for (let at = 0; at + record <= bytes.length; at += record) {
      const values = bytes.buffer.slice(bytes.byteOffset + at + 20, bytes.byteOffset + at + record);
      known.set(bytes.subarray(at, at + 20).toString('hex'), new Float32Array(values));
    }
  }
  /** @param {Picture} picture */
  const run = async ({ rgba, width, height }) => {
    const planes = preprocess(rgba, width, height, input.size);
    const tensor = new ort.Tensor('float32', planes, [1, 3, input.size, input.size]);
    const result = await session.run({ [input.name]: tensor }, [name]);
    return Float32Array.from(/** @type {Float32Array} */ (result[name]?.data));
  };
  return {
    dim,
    run,
    /** @param {Picture} picture @returns {Promise<Float32Array>} */
    async embed(picture) {
      const key = createHash('sha1').update(`${picture.width} `).update(picture.rgba).digest();
      const found = known.get(key.toString('hex'));
      if (found !== undefined) return found;
      const vector = await run(picture);
      known.set(key.toString('hex'), vector);
      appendFileSync(path, Buffer.concat([key, Buffer.from(vector.buffer)]));
      return vector;
    },
  };
}
