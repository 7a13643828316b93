// @ts-check
/**
 * `npm run fuzz [-- --files 1000 --seed 1]`: damaged files of every format, and whole ones among them, through the built
 * app in Chromium. Prints what became of them; fails if a file hung or ended without a reason, or if a whole one was lost.
 * A harmful file stays in the folder that is named then; the same seed makes it again.
 */
import { requireNode } from './node-version.mjs';

requireNode();
const { mkdtempSync, rmSync } = await import('node:fs');
const { tmpdir } = await import('node:os');
const { join } = await import('node:path');
const { parseArgs } = await import('node:util');
const { ensureBuild, ensureDependencies, projectRoot, runInProject } = await import('./setup.mjs');

const { values } = parseArgs({
  options: { files: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const [count, seed] = [Number(values.files), Number(values.seed)];
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  console.error(`--files and --seed are whole numbers, not '${values.files}' and '${values.seed}'.`);
  process.exit(1);
}
ensureDependencies();
if (process.env.PICSIFT_DIST === undefined) ensureBuild();
if (runInProject('node', ['scripts/fixtures/generate.mjs']) !== 0) process.exit(1);

const { chromium } = await import('@playwright/test');
const { launchOptions } = await import('./chromium.mjs');
const { encodeHeic, hasHeicEncoder } = await import('./fixtures/heic.mjs');
const { serve } = await import('./serve.mjs');
const { writeTinyPack } = await import('./tiny-pack/generate.mjs');
const { fuzzSources, fuzzSummary, runFuzz, survived } = await import('./fuzz/run-fuzz.mjs');

const { originals, odd, neighbours } = fuzzSources(join(projectRoot, 'e2e', '.fixtures'));
const folder = mkdtempSync(join(tmpdir(), 'picsift-fuzz-'));
writeTinyPack(join(folder, 'overlay', 'models', 'starter'), 'none');
/** No fixture is a HEIC, as they are made without an encoder. */
const heics = hasHeicEncoder
  ? odd.filter((path) => path.endsWith('.png')).map((path, i) => encodeHeic(path, join(folder, `${i}.heic`)))
  : [];
if (heics.length === 0) console.log('heif-enc is not installed: no HEIC among the files.');
const site = await serve({
  root: process.env.PICSIFT_DIST ?? 'dist',
  port: 0,
  overlay: join(folder, 'overlay'),
});
const browser = await chromium.launch(await launchOptions());
try {
  const page = await browser.newPage({ locale: 'en-GB' });
  await page.goto(site.url);
  await page.getByRole('button', { name: 'Add photos' }).first().waitFor();
  const began = performance.now();
  const result = await runFuzz({
    page,
    originals: [...originals, ...heics, ...heics],
    neighbours,
    folder: join(folder, 'files'),
    count,
    seed,
  });
  console.log(`${fuzzSummary(result, seed)}; ${Math.round((performance.now() - began) / 1000)} s`);
  const harmful = [...result.endless, ...result.unexplained, ...result.lost];
  if (survived(result)) rmSync(folder, { recursive: true });
  else console.error(`Look into ${join(folder, 'files')}: ${harmful.join(', ')}`);
  process.exitCode = survived(result) ? 0 : 1;
} finally {
  await browser.close();
  await site.close();
}
