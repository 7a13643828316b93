// @ts-check
/**
 * Pictures of the app with the generated photos: docs/screenshot.png for the README, public/screenshots for the
 * manifest, and with `--all FOLDER` every screen in phone, laptop and wide sizes, light and dark, in both languages.
 *
 *   node scripts/screenshots.mjs [--all FOLDER [--photos FOLDER] [--only phone-dark-zh]]
 *
 * `--photos`: those of that folder in place of the generated ones, with `labels.json` of label sets to teach, if any. `--only`: a size, an appearance, a language.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { takeGallery } from './gallery.mjs';
import { serve } from './serve.mjs';
import { ensureBuild, projectRoot, runInProject } from './setup.mjs';

const { values: options } = parseArgs({
  options: {
    all: { type: 'string' },
    photos: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});

/** @param {string} folder */
const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function generatedPhotos() {
  runInProject('node', ['scripts/fixtures/generate.mjs']);
  return ['photos', 'nested'].flatMap((folder) => filesIn(join(projectRoot, 'e2e', '.fixtures', folder)));
}

/** Files that are no photos: there is something to be seen of them, too. */
const broken = ['text.jpg', 'truncated.png'].map((name) =>
  join(projectRoot, 'e2e', '.fixtures', 'broken', name),
);

const photos = options.photos === undefined ? generatedPhotos() : filesIn(options.photos);

/** @param {string} url */
async function forReadme(url) {
  mkdirSync(join(projectRoot, 'docs'), { recursive: true });
  mkdirSync(join(projectRoot, 'public', 'screenshots'), { recursive: true });
  const browser = await chromium.launch(await launchOptions());
  for (const [path, width, height] of /** @type {const} */ ([
    ['docs/screenshot.png', 1280, 800],
    ['public/screenshots/wide.png', 1280, 720],
    ['public/screenshots/narrow.png', 540, 960],
  ])) {
    const page = await browser.newPage({ viewport: { width, height }, locale: 'en-GB' });
    await page.goto(url);
    await page.getByLabel('Photo files', { exact: true }).setInputFiles(photos);
    const progress = page.getByRole('region', { name: 'Import progress' });
    await progress.getByText(`${photos.length} / ${photos.length}`).first().waitFor({ timeout: 60_000 });
    await progress.getByRole('button', { name: 'Dismiss' }).click();
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(900);
    await page.screenshot({ path: join(projectRoot, path) });
    console.log(path);
    await page.close();
  }
  await browser.close();
}

// As for the browser tests, PICSIFT_DIST names another build.
const root = process.env.PICSIFT_DIST;
if (root === undefined) ensureBuild();
const served = await serve(root === undefined ? { port: 0 } : { port: 0, root });
try {
  if (options.all === undefined) await forReadme(served.url);
  else {
    const all = options.photos === undefined ? [...photos, ...broken] : photos;
    await takeGallery(served.url, all, options.all, options.only);
  }
} finally {
  await served.close();
}
