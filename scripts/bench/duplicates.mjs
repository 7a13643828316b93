// @ts-check
/**
 * `npm run bench:duplicates`: how many copies the built app finds and how many it makes up, beside a perceptual hash and
 * the bare embedding; how long it takes for a library of 20,000 photos, as they come and from nothing (imported once and
 * kept in the system's folder of temporary files); how long candidates of 20,000 and 200,000 generated photos take, in
 * Node; then how fast searches are answered meanwhile, in the app.
 *
 * PICSIFT_BENCH_PHOTOS: originals (default 100; 0 for none). PICSIFT_BENCH_LIBRARY: photos (default 20000; 0 for none).
 * PICSIFT_BENCH_ROWS: generated photos (default 20000,200000; '' for none).
 * PICSIFT_BENCH_SEARCHED: photos of the library that is searched while it is compared (default 200000; 0 for none).
 */
import { chromium } from '@playwright/test';
import { launchOptions } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { makeCopies } from './duplicates/copies.mjs';
import { measureFirstSearch } from './duplicates/first-search.mjs';
import { measureQuality } from './duplicates/quality.mjs';
import { measureSearchesMeanwhile } from './duplicates/searches-meanwhile.mjs';
import { measureSpeed } from './duplicates/speed.mjs';

const originals = Number(process.env.PICSIFT_BENCH_PHOTOS ?? 100);
const library = Number(process.env.PICSIFT_BENCH_LIBRARY ?? 20_000);
const sizes = (process.env.PICSIFT_BENCH_ROWS ?? '20000,200000').split(',').filter(Boolean).map(Number);
const searched = Number(process.env.PICSIFT_BENCH_SEARCHED ?? 200_000);

export async function run() {
  if (originals > 0) {
    const app = await serve({ port: 0 });
    const browser = await chromium.launch(await launchOptions());
    try {
      const set = await makeCopies(browser, originals);
      await measureQuality(browser, app.url, set);
    } finally {
      await browser.close();
      await app.close();
    }
  }
  if (library > 0) await measureFirstSearch(library);
  for (const rows of sizes) await measureSpeed(rows);
  if (searched > 0) await measureSearchesMeanwhile(searched);
}
