import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Browser } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { fixture, photoFiles } from './fixtures.ts';
import { madeOnce } from './made-once.ts';
import { addPhotos, openApp, waitForImport } from './person.ts';
import { test as base, expect, type Page } from './test.ts';

/** What an import of the fixtures made, as it was stored: what tests compare the screen with. */
export interface SeededPhoto {
  readonly id: number;
  readonly name: string;
  /** Milliseconds, wall-clock time as if it were UTC. */
  readonly capturedAt: number;
  /** Bytes. */
  readonly size: number;
  readonly failed: boolean;
  /** By label id; scores that reach the label's threshold. */
  readonly tags: ReadonlySet<string>;
  /** 0..1 by label id. */
  readonly scores: ReadonlyMap<string, number>;
  /** Unit vector; empty for photos that failed. */
  readonly vector: Float32Array;
}

export interface SeededLabel {
  readonly id: string;
  readonly en: string;
  readonly zh: string;
  readonly threshold: number;
}

export interface SeededLibrary {
  readonly photos: readonly SeededPhoto[];
  /** Photos that are shown at first: all but the failed ones. */
  readonly present: readonly SeededPhoto[];
  readonly labels: readonly SeededLabel[];
  photo(name: string): SeededPhoto;
  label(id: string): SeededLabel;
  /** Labels by how many present photos carry them, most first. */
  readonly counts: readonly { readonly label: SeededLabel; readonly count: number }[];
}

interface StoredDatabase {
  readonly version: number;
  readonly stores: readonly {
    readonly name: string;
    readonly keyPath: string | string[] | null;
    readonly keys: readonly unknown[];
    readonly values: readonly unknown[];
  }[];
}

interface Seed {
  readonly library: SeededLibrary;
  /** Name of the file with the database: see `packed`. */
  readonly file: string;
}

/** What is imported: photos, near duplicates of one of them, equal bytes twice, other formats, and files that fail. */
const imported = [
  ...photoFiles(24),
  ...['recompressed.jpg', 'as-webp.webp', 'cropped.jpg', 'mirrored.jpg', 'smaller.jpg'].map((name) =>
    fixture(`near/${name}`),
  ),
  fixture('duplicates/hills copy.jpg'),
  fixture('formats/picture.png'),
  fixture('formats/picture.gif'),
  fixture('hostile/👩‍👩‍👧 🌅 à la plage.jpg'),
  fixture('broken/truncated.jpg'),
  fixture('broken/bomb.png'),
];

interface SeedFixtures {
  /** The library that the app finds, with the fixtures imported; it is there before the page is opened. */
  library: SeededLibrary;
}

interface SeedOptions {
  /** False: the model stays on its way, which costs no time; the library works all the same. */
  modelRuns: boolean;
}

/**
 * Playwright's test with a library of some 30 photos: imported once by the app itself, then copied for each test, also of
 * later runs as long as the built app is the same.
 */
export const test = base.extend<SeedFixtures & SeedOptions & { seed: Seed }>({
  modelRuns: [false, { option: true }],
  actionTimeout: 15_000,
  seed: [({ browser }, use) => seedOf(browser).then(use), { timeout: 180_000 }],
  library: [
    async ({ page, site, seed, modelRuns }, use) => {
      if (!modelRuns) await page.context().route('**/models/**', () => {});
      await openEmptyPage(page, site.url);
      await page.evaluate(writeDatabase, `${site.url}${seed.file}`);
      await use(seed.library);
    },
    { auto: true },
  ],
});

/** Of this process: all its tests share it. */
let made: Promise<Seed> | null = null;

function seedOf(browser: Browser): Promise<Seed> {
  made ??= madeOnce('seed', () => importFixtures(browser)).then((file) => ({
    file: basename(file),
    library: libraryOf(unpacked(readFileSync(file))),
  }));
  return made;
}

/** What the app stores of the fixtures, packed. */
async function importFixtures(browser: Browser): Promise<Buffer> {
  const served = await serve({ root: process.env.PICSIFT_DIST ?? 'dist', port: 0 });
  const context = await browser.newContext({
    baseURL: served.url,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    serviceWorkers: 'block',
  });
  try {
    const page = await context.newPage();
    await openApp(page);
    await addPhotos(page, imported);
    await waitForImport(page, imported.length, 150_000);
    await openEmptyPage(page, served.url);
    return packed(await page.evaluate(readDatabase));
  } finally {
    await context.close();
    await served.close();
  }
}

export { expect, type Locator, type Page } from './test.ts';

/** Opens a document of the app's origin in which the app does not run. */
export async function openEmptyPage(page: Page, url: string): Promise<void> {
  const address = `${url}empty.html`;
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(address);
}

/** How photos are ordered by similarity to a vector: brute force. */
export function nearest(
  library: SeededLibrary,
  vector: Float32Array,
  without: string,
): readonly { name: string; score: number }[] {
  return library.present
    .filter(({ name }) => name !== without)
    .map(({ name, vector: other }) => ({
      name,
      score: vector.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0),
    }))
    .sort((a, b) => b.score - a.score);
}

/** The title of the screen of photos, such as '31' or '4 of 31'. */
export async function expectCount(page: Page, shown: number, total?: number): Promise<void> {
  const words = total === undefined || total === shown ? `${shown}` : `${shown} of ${total}`;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    new RegExp(`^(Photos|Not readable|Recently removed)${words}$`),
  );
}

// In the page

async function readDatabase(): Promise<string> {
  const done = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const base64 = (bytes: ArrayBuffer) => {
    const view = new Uint8Array(bytes);
    let text = '';
    for (let at = 0; at < view.length; at += 32_768) {
      text += String.fromCharCode(...view.subarray(at, at + 32_768));
    }
    return btoa(text);
  };
  const plain = async (value: unknown): Promise<unknown> => {
    if (value instanceof Blob) {
      return { $: 'Blob', type: value.type, bytes: base64(await value.arrayBuffer()) };
    }
    if (value instanceof ArrayBuffer) return { $: 'ArrayBuffer', bytes: base64(value) };
    if (ArrayBuffer.isView(value)) {
      const { byteOffset, byteLength } = value;
      const bytes = (value.buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
      return { $: value.constructor.name, bytes: base64(bytes) };
    }
    if (Array.isArray(value)) return Promise.all(value.map(plain));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      await Promise.all(Object.entries(value).map(async ([name, part]) => [name, await plain(part)])),
    );
  };
  const database = await done(indexedDB.open('picsift'));
  const stores = [];
  for (const name of database.objectStoreNames) {
    const store = database.transaction(name).objectStore(name);
    const { keyPath } = store;
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    stores.push({ name, keyPath, keys, values: await plain(values) });
  }
  const { version } = database;
  database.close();
  return JSON.stringify({ version, stores });
}

async function writeDatabase(address: string): Promise<void> {
  const types = { ArrayBuffer, Uint8Array, Uint32Array };
  const file = await (await fetch(address)).arrayBuffer();
  const start = 4 + new Uint32Array(file, 0, 1)[0]!;
  const text = new TextDecoder().decode(new Uint8Array(file, 4, start - 4));
  const { version, stores } = JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$' in value)) return value;
    const {
      $,
      from,
      length,
      type = '',
    } = value as { $: string; from: number; length: number; type?: string };
    const buffer = file.slice(start + from, start + from + length);
    if ($ === 'Blob') return new Blob([buffer], { type });
    return $ === 'ArrayBuffer' ? buffer : new types[$ as 'Uint8Array'](buffer);
  }) as StoredDatabase;
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('picsift', version);
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => {
      for (const { name, keyPath } of stores) opening.result.createObjectStore(name, { keyPath });
    };
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(
        stores.map(({ name }) => name),
        'readwrite',
      );
      for (const { name, keyPath, keys, values } of stores) {
        const store = transaction.objectStore(name);
        for (const [index, value] of values.entries()) {
          if (keyPath === null) store.put(value, keys[index] as IDBValidKey);
          else store.put(value);
        }
      }
      transaction.oncomplete = () => {
        database.close();
        resolve();
      };
      transaction.onabort = () => reject(transaction.error);
    };
  });
}

// In Node

/**
 * A `StoredDatabase` as one file: length of what follows (32 bits), JSON in which bytes are {$: type, from, length}, and
 * these bytes. It is read a hundred times, so it must be read fast.
 *
 * @param text JSON with bytes as {$: type, bytes: base64}
 */
function packed(text: string): Buffer {
  const parts: Buffer[] = [];
  let end = 0;
  const database = JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$' in value)) return value;
    const { bytes, ...rest } = value as { $: string; bytes: string };
    const part = Buffer.from(bytes, 'base64');
    const place = { ...rest, from: end, length: part.length };
    parts.push(part);
    end += part.length;
    return place;
  });
  const header = Buffer.from(JSON.stringify(database));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, ...parts]);
}

function unpacked(file: Buffer): StoredDatabase {
  const start = 4 + file.readUInt32LE(0);
  return JSON.parse(file.toString('utf8', 4, start), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$' in value)) return value;
    const { $, from, length } = value as { $: string; from: number; length: number };
    const { buffer } = new Uint8Array(file.subarray(start + from, start + from + length));
    if ($ === 'Uint32Array') return new Uint32Array(buffer);
    return $ === 'Uint8Array' ? new Uint8Array(buffer) : buffer;
  }) as StoredDatabase;
}

function libraryOf({ stores }: StoredDatabase): SeededLibrary {
  const all = <Value>(name: string) =>
    (stores.find((store) => store.name === name)?.values ?? []) as readonly Value[];
  const known = all<{ number: number; id: string; names: { en: string; zh: string } }>('labels');
  const model = all<{ labels: number[]; thresholds: number[] }>('models')[0];
  if (model === undefined) throw new Error('no model is stored: nothing was tagged');
  const labels = model.labels.map((number, i): SeededLabel => {
    const { id, names } = known.find((label) => label.number === number)!;
    return { id, ...names, threshold: model.thresholds[i]! };
  });
  const rows = all<{ chunk: number; bytes: ArrayBuffer }>('photoColumns').flatMap(rowsOf);
  const names = new Map(
    all<{ chunk: number; names: string[] }>('photoNames').flatMap(({ chunk, names: texts }) =>
      texts.map((name, row): [number, string] => [chunk * rowsPerChunk + row, name]),
    ),
  );
  const scoreChunks = all<{ chunk: number; rows: number; labels: number; scores: Uint8Array }>('scores');
  const vectorChunks = all<VectorChunk>('vectors');
  const photos = rows.map(({ id, capturedAt, size, content: contentPlusOne }): SeededPhoto => {
    const failed = contentPlusOne === 0;
    const content = failed ? 0 : contentPlusOne - 1;
    const scored = scoreChunks.find(({ chunk }) => chunk === Math.floor(content / 64));
    const embedded = vectorChunks.find(({ chunk }) => chunk === Math.floor(content / 32));
    const scores = new Map(
      labels.map(({ id: label }, i) => [
        label,
        failed ? 0 : (scored?.scores[(content % 64) * labels.length + i] ?? 0) / 255,
      ]),
    );
    return {
      id,
      name: names.get(id) ?? '',
      capturedAt,
      size,
      failed,
      scores,
      tags: new Set(
        labels.filter((label) => (scores.get(label.id) ?? 0) >= label.threshold).map((l) => l.id),
      ),
      vector: failed || embedded === undefined ? new Float32Array() : vectorIn(embedded, content % 32),
    };
  });
  const present = photos.filter(({ failed }) => !failed);
  return {
    photos,
    present,
    labels,
    photo: (name) => found(photos, (photo) => photo.name === name, name),
    label: (id) => found(labels, (label) => label.id === id, id),
    counts: labels
      .map((label) => ({ label, count: present.filter(({ tags }) => tags.has(label.id)).length }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
  };
}

interface VectorChunk {
  readonly chunk: number;
  readonly dim: number;
  readonly records: Uint8Array;
}

/** A record is a scale and a signed byte per component, filled up to a multiple of 4; vectors have length 1. */
function vectorIn({ dim, records }: VectorChunk, row: number): Float32Array {
  const size = 4 + Math.ceil(dim / 4) * 4;
  const bytes = new Int8Array(records.buffer, records.byteOffset + row * size + 4, dim);
  const length = Math.hypot(...bytes);
  return Float32Array.from(bytes, (value) => value / length);
}

const rowsPerChunk = 1024;

/** The packed columns that tests look at; all others lie between and behind them. */
function rowsOf({ chunk, bytes }: { readonly chunk: number; readonly bytes: ArrayBuffer }) {
  const doubles = (column: number) => new Float64Array(bytes, column * 8 * rowsPerChunk, rowsPerChunk);
  const capturedAt = doubles(0);
  const size = doubles(4);
  // Five columns of 8 bytes, three of 4 (width, height, content), one of 2 (model), then the status.
  const content = new Uint32Array(bytes, 48 * rowsPerChunk, rowsPerChunk);
  const status = new Uint8Array(bytes, 54 * rowsPerChunk, rowsPerChunk);
  return Array.from(status, (code, row) => ({
    id: chunk * rowsPerChunk + row,
    exists: code !== 0,
    capturedAt: capturedAt[row]!,
    size: size[row]!,
    content: content[row]!,
  })).filter(({ exists }) => exists);
}

function found<Value>(values: readonly Value[], test: (value: Value) => boolean, what: string): Value {
  const value = values.find(test);
  if (value === undefined) throw new Error(`no ${what} in the library`);
  return value;
}
