// @ts-check
/**
 * A large library, written straight into the browser's database in the form that src/platform/storage/schema.ts and
 * src/core/library/photo-columns.ts describe: photos with names, dates, tags, scores, vectors and small thumbnails.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmptyPage } from '../../empty-page.mjs';
import { projectRoot } from '../../setup.mjs';

/**
 * @typedef {object} Plan
 * @property {number} photos
 * @property {string} model key of the model that is said to have made scores and vectors
 * @property {number} dim
 * @property {number} clusters of vectors
 * @property {readonly { id: string, en: string, zh: string, threshold: number }[]} labels
 */

/**
 * Fills the library of `url` with `photos` photos, the same ones each time. The page is left on an empty document of
 * the app's origin.
 * @param {import('@playwright/test').Page} page
 * @param {string} url of the app, with a final slash
 * @param {number} photos
 * @param {number} [clusters] of photos that are like one another
 */
export async function seedLargeLibrary(page, url, photos, clusters = 250) {
  const pack = join(projectRoot, 'public/models/starter');
  const { id, version, outputs } = JSON.parse(readFileSync(join(pack, 'pack.json'), 'utf8'));
  const labels = JSON.parse(readFileSync(join(pack, 'labels.json'), 'utf8'));
  /** @type {Plan} */
  const plan = { photos, model: `${id}@${version}`, dim: outputs.embedding.dim, clusters, labels };
  // The app makes the database itself, so that it is of today's version.
  await page.goto(url);
  await page.getByLabel('Photo files').waitFor({ state: 'attached' });
  await openEmptyPage(page, url);
  await page.evaluate(fill, plan);
}

/** In the page. @param {Plan} plan */
async function fill({ photos, model, dim, clusters, labels }) {
  const [rowsPerChunk, scoreRows, vectorRows] = [1024, 64, 32];

  let state = 0x9e3779b9;
  /** 0..1, xorshift: the same numbers each time. */
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  /** @type {<Value>(items: readonly Value[]) => Value} */
  const oneOf = (items) => /** @type {any} */ (items[Math.floor(random() * items.length)]);
  const hex = (/** @type {number} */ n) => n.toString(16).padStart(64, '0');

  /** @type {IDBDatabase} */
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('picsift');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  /**
   * Writes `count` values, `perTransaction` at a time.
   * @param {string} name
   * @param {number} count
   * @param {(index: number) => [value: unknown, key?: IDBValidKey]} make
   * @param {number} perTransaction
   */
  const write = async (name, count, make, perTransaction) => {
    for (let from = 0; from < count; from += perTransaction) {
      const transaction = database.transaction(name, 'readwrite', { durability: 'relaxed' });
      const store = transaction.objectStore(name);
      for (let index = from; index < Math.min(count, from + perTransaction); index++) {
        store.put(...make(index));
      }
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
    }
  };

  /** Thumbnails: a few dozen drawings in each of the shapes. */
  const shapes = /** @type {const} */ ([
    [4000, 3000],
    [3000, 4000],
    [6000, 4000],
    [3024, 3024],
    [1920, 1080],
  ]);
  /** @type {{ bytes: ArrayBuffer, type: 'image/jpeg', width: number, height: number }[][]} */
  const drawings = [];
  for (const [width, height] of shapes) {
    const scale = 160 / Math.max(width, height);
    const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
    const brush = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const made = [];
    for (let i = 0; i < 12; i++) {
      const hue = Math.floor(random() * 360);
      const sky = brush.createLinearGradient(0, 0, 0, canvas.height);
      sky.addColorStop(0, `hsl(${hue} 60% 75%)`);
      sky.addColorStop(1, `hsl(${hue + 60} 50% 40%)`);
      brush.fillStyle = sky;
      brush.fillRect(0, 0, canvas.width, canvas.height);
      for (let n = 0; n < 6; n++) {
        brush.fillStyle = `hsl(${hue + n * 30} 55% ${30 + n * 8}%)`;
        brush.beginPath();
        brush.arc(random() * canvas.width, random() * canvas.height, 8 + random() * 30, 0, 7);
        brush.fill();
      }
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.6 });
      const bytes = await blob.arrayBuffer();
      made.push({
        bytes,
        type: /** @type {const} */ ('image/jpeg'),
        width: canvas.width,
        height: canvas.height,
      });
    }
    drawings.push(made);
  }

  const shapeOf = Uint8Array.from({ length: photos + 1 }, () => Math.floor(random() * shapes.length));
  const newest = Date.UTC(2026, 9, 31, 20);
  const fifteenYears = 15 * 365.25 * 86_400_000;
  const takenAt = Float64Array.from(
    { length: photos + 1 },
    () => newest - Math.floor(random() * fifteenYears),
  );
  const folders = ['Camera', 'Holiday', 'Family', 'Screenshots', 'From Anna', 'Scans'];
  const nameOf = (/** @type {number} */ id) =>
    `${oneOf(['IMG', 'DSC', 'P'])}_${String(id).padStart(6, '0')}.jpg`;

  const chunks = Math.ceil((photos + 1) / rowsPerChunk);
  const columns = (/** @type {number} */ chunk) => {
    const bytes = new ArrayBuffer(56 * rowsPerChunk);
    const doubles = (/** @type {number} */ column) =>
      new Float64Array(bytes, column * 8 * rowsPerChunk, rowsPerChunk);
    const words = (/** @type {number} */ column) =>
      new Uint32Array(bytes, (40 + column * 4) * rowsPerChunk, rowsPerChunk);
    const [capturedAt, modifiedAt, importedAt, size] = [doubles(0), doubles(1), doubles(2), doubles(4)];
    const [width, height, content] = [words(0), words(1), words(2)];
    const modelNumber = new Uint16Array(bytes, 52 * rowsPerChunk, rowsPerChunk);
    const status = new Uint8Array(bytes, 54 * rowsPerChunk, rowsPerChunk);
    for (let row = 0; row < rowsPerChunk; row++) {
      const id = chunk * rowsPerChunk + row;
      if (id === 0 || id > photos) continue;
      const [wide, high] = /** @type {readonly [number, number]} */ (shapes[shapeOf[id] ?? 0]);
      capturedAt[row] = takenAt[id] ?? 0;
      modifiedAt[row] = takenAt[id] ?? 0;
      importedAt[row] = newest + id;
      size[row] = 500_000 + Math.floor(random() * 8_000_000);
      width[row] = wide;
      height[row] = high;
      content[row] = id; // content number + 1
      modelNumber[row] = 1;
      status[row] = 2; // ready
    }
    return bytes;
  };
  const names = (/** @type {number} */ chunk) => {
    const texts = Array.from({ length: rowsPerChunk }, (_, row) => {
      const id = chunk * rowsPerChunk + row;
      return id === 0 || id > photos ? '' : nameOf(id);
    });
    const paths = texts.map((name, row) => {
      const year = new Date(takenAt[chunk * rowsPerChunk + row] ?? 0).getUTCFullYear();
      return name === '' ? null : `Pictures/${year}/${oneOf(folders)}/${name}`;
    });
    return { chunk, names: texts, paths };
  };

  /** Three tags a photo on average, common ones far more often than rare ones. */
  const least = labels.map(({ threshold }) => Math.ceil(threshold * 255));
  const scores = (/** @type {number} */ chunk) => {
    const rows = Math.min(scoreRows, photos - chunk * scoreRows);
    const bytes = new Uint8Array(rows * labels.length);
    for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(random() * 12);
    for (let row = 0; row < rows; row++) {
      const tags = Math.floor(random() * 7);
      for (let n = 0; n < tags; n++) {
        const label = Math.floor(labels.length * random() ** 3);
        const from = least[label] ?? 255;
        bytes[row * labels.length + label] = from + Math.floor(random() * (256 - from));
      }
    }
    return { model, chunk, rows, labels: labels.length, scores: bytes };
  };

  const centres = Array.from({ length: clusters }, () =>
    Float32Array.from({ length: dim }, () => random() + random() + random() - 1.5),
  );
  const vectors = (/** @type {number} */ chunk) => {
    const rows = Math.min(vectorRows, photos - chunk * vectorRows);
    const size = 4 + Math.ceil(dim / 4) * 4;
    const records = new Uint8Array(rows * size);
    const scales = new DataView(records.buffer);
    const vector = new Float32Array(dim);
    for (let row = 0; row < rows; row++) {
      const centre = oneOf(centres);
      let square = 0;
      let greatest = 0;
      for (let i = 0; i < dim; i++) {
        const value = (centre[i] ?? 0) + (random() + random() - 1) * 0.8;
        vector[i] = value;
        square += value * value;
        greatest = Math.max(greatest, Math.abs(value));
      }
      scales.setFloat32(row * size, greatest / Math.sqrt(square) / 127, true);
      for (let i = 0; i < dim; i++) {
        scales.setInt8(row * size + 4 + i, Math.round(((vector[i] ?? 0) / greatest) * 127));
      }
    }
    return { model, chunk, rows, dim, records };
  };

  const original = new Blob([drawings[0]?.[0]?.bytes ?? new ArrayBuffer(0)], { type: 'image/jpeg' });
  const [id, version] = model.split('@');
  await Promise.all([
    write('meta', 1, () => [{ photo: photos + 1, content: photos, blob: 2, folder: 1 }, 'counters'], 1),
    write('blobs', 1, () => [original, 1], 1),
    write('photoColumns', chunks, (chunk) => [{ chunk, bytes: columns(chunk) }], 16),
    write('photoNames', chunks, (chunk) => [names(chunk)], 16),
    write(
      'labels',
      labels.length,
      (number) => {
        const { id: label, en, zh } = /** @type {Plan['labels'][number]} */ (labels[number]);
        return [{ number, id: label, names: { en, zh }, own: false }];
      },
      1000,
    ),
    write(
      'models',
      1,
      () => [
        {
          number: 1,
          key: { id, version },
          labels: labels.map((_, number) => number),
          thresholds: labels.map(({ threshold }) => threshold),
        },
      ],
      1,
    ),
    write('scores', Math.ceil(photos / scoreRows), (chunk) => [scores(chunk)], 64),
    write('vectors', Math.ceil(photos / vectorRows), (chunk) => [vectors(chunk)], 64),
    write(
      'photoRecords',
      photos,
      (index) => [
        {
          id: index + 1,
          type: 'image/jpeg',
          source: { kind: 'stored', blob: 1 },
          sha256: hex(index + 1),
          exif: null,
          failure: null,
          attempts: 0,
        },
      ],
      4000,
    ),
    write(
      'contents',
      photos,
      (content) => [{ id: content, sha256: hex(content + 1), refs: 1, blob: 1 }],
      4000,
    ),
    write(
      'thumbnails',
      photos,
      (content) => [oneOf(drawings[shapeOf[content + 1] ?? 0] ?? []), content],
      2000,
    ),
  ]);
  database.close();
}
