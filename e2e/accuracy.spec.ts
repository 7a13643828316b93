import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addPhotos, closePhoto, openApp, openPhoto, shownScores, waitForImport } from './support/person.ts';
import { expect, type Page, test } from './support/test.ts';

/**
 * The whole way of a photo through the app, from its bytes to the figures on the screen, held against what another
 * implementation (Python, Pillow) made of the same photos with the same model.
 */

const photosFolder = fileURLToPath(new URL('../../shared/photos/', import.meta.url));
const pack = fileURLToPath(new URL('../public/models/starter/', import.meta.url));
const json = (name: string) => JSON.parse(readFileSync(join(pack, name), 'utf8'));

interface Reference {
  readonly embedding: readonly number[];
  /** Label id -> score, of the twelve highest. */
  readonly scores: Readonly<Record<string, number>>;
}

const references = Object.entries((json('evaluation.json') as { photos: Record<string, Reference> }).photos);
const isThere = references.every(([path]) => existsSync(join(photosFolder, path)));

test.use({ viewport: { width: 1280, height: 2600 } });

test('scores and embeddings of real photos are those of the reference', async ({ page }) => {
  if (!isThere) console.log(`skipped: the photos of evaluation.json are not in ${photosFolder}`);
  test.skip(!isThere, 'skipped: the photos of evaluation.json are not here');
  const files = references.map(([path]) => join(photosFolder, path));
  await openApp(page, '#/?sort=name');
  await addPhotos(page, files);
  await waitForImport(page, files.length);

  const names = new Map((json('labels.json') as { id: string; en: string }[]).map(({ id, en }) => [id, en]));
  const differences: number[] = [];
  for (const [path, { scores }] of references) {
    await openPhoto(page, basename(path));
    const shown = new Map(
      (await shownScores(page, names.size)).map(({ text, score }) => [
        text.replace(/\s+[01]\.\d\d\s*$/, ''),
        score,
      ]),
    );
    expect(shown.size, 'every label is listed').toBe(names.size);
    for (const [id, score] of Object.entries(scores)) {
      const found = shown.get(names.get(id) ?? '');
      expect(found, `${path}: ${id}`).toBeDefined();
      differences.push(Math.abs((found ?? Number.NaN) - score));
    }
    await closePhoto(page);
  }
  expect(differences).toHaveLength(12 * references.length);
  const mean = differences.reduce((sum, one) => sum + one, 0) / differences.length;

  const stored = await storedVectors(page);
  const cosines = references.map(([path, { embedding }]) => {
    const hash = createHash('sha256')
      .update(readFileSync(join(photosFolder, path)))
      .digest('hex');
    return cosine(stored[hash] ?? [], embedding);
  });
  const sorted = cosines.toSorted((a, b) => a - b);
  const median = ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
  console.log(
    `${references.length} photos: mean score difference ${mean.toFixed(4)} (greatest ${Math.max(...differences).toFixed(3)}), ` +
      `median cosine ${median.toFixed(4)} (least ${sorted[0]?.toFixed(4)})`,
  );
  expect(mean).toBeLessThanOrEqual(0.03);
  expect(median).toBeGreaterThanOrEqual(0.98);
});

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, one, i) => sum + one * (y[i] ?? 0), 0);
  return a.length === b.length ? dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)) : Number.NaN;
}

/** Vectors in the library by the SHA-256 of the photo, as src/platform/storage/schema.ts lays them out. */
function storedVectors(page: Page): Promise<Record<string, number[]>> {
  return page.evaluate(async () => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('picsift'));
    try {
      const all = (store: string) => done(database.transaction(store).objectStore(store).getAll());
      const chunks = (await all('vectors')) as {
        chunk: number;
        rows: number;
        dim: number;
        records: Uint8Array;
      }[];
      const contents = (await all('contents')) as { id: number; sha256: string }[];
      const rowsPerChunk = 32;
      return Object.fromEntries(
        contents.map(({ id, sha256 }) => {
          const chunk = chunks.find((one) => one.chunk === Math.floor(id / rowsPerChunk));
          const row = id % rowsPerChunk;
          if (chunk === undefined) return [sha256, []];
          // A scale, then a signed byte per component; only the direction counts.
          const size = 4 + Math.ceil(chunk.dim / 4) * 4;
          const { buffer, byteOffset } = chunk.records;
          return [sha256, [...new Int8Array(buffer, byteOffset + row * size + 4, chunk.dim)]];
        }),
      );
    } finally {
      database.close();
    }
  });
}
