// @ts-check
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { launchOptions } from '../../chromium.mjs';
import { serve } from '../../serve.mjs';

/** @typedef {import('./browser/worker.ts').Request} Request */

/**
 * The index in a worker of a page in Chromium, kept open so that its runs and Node's can take turns.
 *
 * @param {ArrayBuffer} snapshot
 * @param {import('./vectors.mjs').Vectors} queries
 */
export async function openBrowser(snapshot, queries) {
  const folder = mkdtempSync(join(tmpdir(), 'picsift-index-page-'));
  const profile = mkdtempSync(join(tmpdir(), 'picsift-index-profile-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('./browser', import.meta.url)),
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2023' },
  });
  writeFileSync(join(folder, 'snapshot.bin'), new Uint8Array(snapshot));
  const used = queries.values.subarray(0, queries.count * queries.dims);
  writeFileSync(join(folder, 'queries.bin'), new Uint8Array(used.buffer, used.byteOffset, used.byteLength));
  const server = await serve({ port: 0, root: folder });
  // A real profile: the IndexedDB of a private window is kept in memory.
  const context = await chromium.launchPersistentContext(profile, await launchOptions());
  const page = await context.newPage();
  await page.goto(server.url);
  /** @param {Request} request @param {boolean} fresh */
  const ask = (request, fresh) =>
    page.evaluate((given) => window.askWorker(given.request, given.fresh), { request, fresh });
  await ask({ kind: 'store', url: '/snapshot.bin' }, true);
  return {
    version: context.browser()?.version() ?? 'of unknown version',
    /** Milliseconds from opening the database to the first answer, in a new worker; then of reading, opening (checking included), answering. */
    open: async () => {
      const query = [...queries.values.subarray(0, queries.dims)];
      const { ms } = await ask({ kind: 'open', query }, true);
      return ms;
    },
    /** @param {{ k: number, nprobe: number, rerank: number }} how @returns milliseconds, one per query */
    measure: async (how) => {
      const { ms } = await ask({ kind: 'measure', url: '/queries.bin', dims: queries.dims, ...how }, false);
      return ms;
    },
    close: async () => {
      await context.close();
      await server.close();
      for (const made of [folder, profile]) rmSync(made, { recursive: true, force: true });
    },
  };
}
