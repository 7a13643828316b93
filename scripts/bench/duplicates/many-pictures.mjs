// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { photosOf, transform, transformations } from './copies.mjs';

/** Of all pictures a tenth are copies of another one. */
const copyShare = 0.1;
/** Parts that a photo is cut into: columns and rows. */
const cut = { columns: 3, rows: 3 };

/**
 * Many different small pictures, and copies among them: parts of photos that show nothing in common. Made once for a
 * folder.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {number} count
 * @param {string} folder
 * @returns {Promise<string[]>} files
 */
export async function makeManyPictures(browser, count, folder) {
  const list = join(folder, `files-${count}.json`);
  if (existsSync(list)) return JSON.parse(readFileSync(list, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const originals = Math.round(count * (1 - copyShare));
  const page = await browser.newPage();
  /** @type {string[]} */
  const files = [];
  const keep = (/** @type {string} */ name, /** @type {Uint8Array} */ bytes) => {
    files.push(join(folder, name));
    writeFileSync(join(folder, name), bytes);
  };
  const sources = photosOf(['coco', 'multilabel', 'groceries', 'clothing', 'products'], folder);
  for (let n = 0; files.length < originals; n++) {
    const photo = sources[n % sources.length];
    if (photo === undefined || n >= sources.length) break;
    const parts = await page.evaluate(parted, { source: readFileSync(photo).toString('base64'), cut });
    for (const [i, part] of parts.entries()) {
      if (files.length < originals) keep(`part-${n}-${i}.jpg`, Buffer.from(part, 'base64'));
    }
  }
  const made = files.length;
  for (let n = 0; files.length < count && n < made; n++) {
    const original = files[(n * 7919) % made];
    const how = transformations[n % transformations.length];
    if (original === undefined || how === undefined) break;
    const bytes = readFileSync(original);
    keep(`copy-${n}.jpg`, how === 'exact' ? bytes : await transform(page, bytes, how, n));
  }
  await page.close();
  writeFileSync(list, JSON.stringify(files));
  return files;
}

/**
 * In the page.
 * @param {{ source: string, cut: { columns: number, rows: number } }} request
 * @returns {Promise<string[]>} base64 of JPEG files
 */
async function parted({ source, cut: { columns, rows } }) {
  const bytes = Uint8Array.from(atob(source), (c) => c.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes]));
  const canvas = document.createElement('canvas');
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const [width, height] = [picture.width / columns, picture.height / rows];
  // As large as what thumbnails are made from.
  const scale = 320 / Math.max(width, height);
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const parts = [];
  for (let n = 0; n < columns * rows; n++) {
    const [left, top] = [(n % columns) * width, Math.floor(n / columns) * height];
    context.drawImage(picture, left, top, width, height, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
    const out = new Uint8Array(await /** @type {Blob} */ (blob).arrayBuffer());
    let text = '';
    for (let at = 0; at < out.length; at += 8192) text += String.fromCharCode(...out.subarray(at, at + 8192));
    parts.push(btoa(text));
  }
  return parts;
}
