// @ts-check
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withExif } from '../../fixtures/exif-segment.mjs';
import { projectRoot, runInProject } from '../../setup.mjs';

/**
 * @typedef {object} Sample one file
 * @property {string} file
 * @property {string} name
 * @property {string} family files of one family are copies of one picture
 * @property {string} made how it was made: 'original', a transformation, 'other', 'product' or 'burst'
 */

/** Transformations by the list that their results belong to. */
export const exactCopies = ['exact'];
export const samePictures = ['half size', 'JPEG 40', 'WebP', 'mirrored', 'turned 90', 'brighter'];
const editedCopies = ['crop 80 %', 'crop 60 %', 'border', 'text', 'filter', 'turned 10'];
export const transformations = [...exactCopies, ...samePictures, ...editedCopies];

/** Each original gets so many of them, in turn. */
const copiesEach = 4;

/**
 * Photos from beside the project where there are any, else generated ones; copies of some, photos of products, bursts.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {number} count originals
 * @returns {Promise<Sample[]>}
 */
export async function makeCopies(browser, count) {
  const folder = join(tmpdir(), 'picsift-bench-duplicates');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const photos = photosOf(['coco', 'groceries', 'multilabel'], folder);
  const products = photosOf(['products'], null);
  const page = await browser.newPage();
  /** @type {Sample[]} */
  const samples = [];
  const keep = (
    /** @type {Buffer} */ bytes,
    /** @type {string} */ name,
    /** @type {string} */ family,
    /** @type {string} */ made,
  ) => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    samples.push({ file, name, family, made });
  };
  const step = Math.max(1, Math.floor(photos.length / (2 * count)));
  const chosen = photos.filter((_, n) => n % step === 0);
  for (const [n, photo] of chosen.slice(0, count).entries()) {
    const bytes = readFileSync(photo);
    keep(bytes, `o${n}.jpg`, `photo ${n}`, 'original');
    for (let i = 0; i < copiesEach; i++) {
      const made = transformations[(n * copiesEach + i) % transformations.length] ?? 'exact';
      const copy = made === 'exact' ? bytes : await transform(page, bytes, made, n);
      keep(copy, `c${n}-${i}.${made === 'WebP' ? 'webp' : 'jpg'}`, `photo ${n}`, made);
    }
  }
  for (const [n, photo] of chosen.slice(count, 2 * count).entries()) {
    keep(readFileSync(photo), `d${n}.jpg`, `other ${n}`, 'other');
  }
  for (const [n, photo] of products.entries()) {
    keep(readFileSync(photo), `p${n}.jpg`, `product ${n}`, 'product');
  }
  // A still background, something that moves, one shot a second.
  for (const [n, photo] of chosen.slice(0, 20).entries()) {
    for (let shot = 0; shot < 4; shot++) {
      const jpeg = await transform(page, readFileSync(photo), `burst ${shot}`, n);
      const takenAt = `2024:05:${String(n + 1).padStart(2, '0')} 12:00:0${shot}`;
      keep(
        withExif(jpeg, { make: 'Maker', model: 'Model', takenAt }),
        `b${n}-${shot}.jpg`,
        `burst ${n} ${shot}`,
        'burst',
      );
    }
  }
  await page.close();
  return samples;
}

/**
 * @param {readonly string[]} names folders beside the project
 * @param {string | null} folder where generated photos go if there are none; null: none then
 * @returns {string[]}
 */
export function photosOf(names, folder) {
  const real = names
    .map((name) => join(projectRoot, '..', 'shared', 'photos', name))
    .filter((path) => existsSync(path));
  if (real.length > 0) return real.flatMap(jpegsBelow);
  if (folder === null) return [];
  runInProject('node', ['scripts/fixtures/generate.mjs', '--bench', '120', join(folder, 'generated')]);
  return jpegsBelow(join(folder, 'generated'));
}

/** @param {string} folder */
function jpegsBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.jpg'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {Buffer} bytes
 * @param {string} made
 * @param {number} seed
 */
export async function transform(page, bytes, made, seed) {
  const base64 = await page.evaluate(draw, { source: bytes.toString('base64'), made, seed });
  return Buffer.from(base64, 'base64');
}

/**
 * In the page.
 * @param {{ source: string, made: string, seed: number }} request
 * @returns {Promise<string>} base64
 */
async function draw({ source, made, seed }) {
  const bytes = Uint8Array.from(atob(source), (c) => c.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes]));
  const canvas = document.createElement('canvas');
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { width: w, height: h } = picture;
  const size = (/** @type {number} */ width, /** @type {number} */ height) => {
    canvas.width = Math.round(width);
    canvas.height = Math.round(height);
  };
  let type = 'image/jpeg';
  let quality = 0.9;
  size(w, h);
  if (made === 'turned 90') size(h, w);
  if (made === 'half size') size(w / 2, h / 2);
  const part = made === 'crop 80 %' ? Math.sqrt(0.8) : made === 'crop 60 %' ? Math.sqrt(0.6) : 1;
  if (part < 1) size(w * part, h * part);
  const margin = made === 'border' ? Math.round(0.07 * w) : 0;
  if (margin > 0) size(w + 2 * margin, h + 2 * margin);
  context.fillStyle = seed % 2 === 0 ? '#fff' : '#111';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(canvas.width / 2, canvas.height / 2);
  if (made === 'mirrored') context.scale(-1, 1);
  if (made === 'turned 90') context.rotate(Math.PI / 2);
  if (made === 'turned 10') context.rotate((10 * Math.PI) / 180);
  if (made === 'half size') context.scale(0.5, 0.5);
  if (made === 'brighter') context.filter = 'brightness(1.12)';
  if (made === 'filter') context.filter = seed % 2 === 0 ? 'sepia(0.8)' : 'grayscale(1) contrast(1.2)';
  const shift = part < 1 ? ((1 - part) / 2) * (seed % 3 === 0 ? 1 : seed % 3 === 1 ? -1 : 0) : 0;
  context.drawImage(picture, -w / 2 + shift * w, -h / 2 + shift * h);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.filter = 'none';
  if (made === 'text') {
    context.fillStyle = '#ffe14d';
    context.font = `bold ${Math.round(h / 7)}px sans-serif`;
    context.fillText('HELLO THERE', 0.05 * w, 0.5 * h, 0.9 * w);
  }
  if (made === 'JPEG 40') quality = 0.4;
  if (made === 'WebP') [type, quality] = ['image/webp', 0.8];
  if (made.startsWith('burst')) {
    const shot = Number(made.slice(6));
    context.fillStyle = '#7a3b1e';
    context.beginPath();
    context.ellipse(w * (0.2 + 0.18 * shot), h * 0.6, w * 0.08, h * 0.2, 0, 0, 7);
    context.fill();
  }
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, quality));
  const out = new Uint8Array(await /** @type {Blob} */ (blob).arrayBuffer());
  let text = '';
  for (let at = 0; at < out.length; at += 8192) text += String.fromCharCode(...out.subarray(at, at + 8192));
  return btoa(text);
}
