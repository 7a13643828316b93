// @ts-check
/**
 * How long the built app in Chromium takes to look through a folder on the disk in which nothing changed, and one in
 * which a hundred files were moved to another folder.
 *
 * PICSIFT_BENCH_FILES: files in the folder (default 50000). PICSIFT_BENCH_ROUNDS: turns (default 3).
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from '../chromium.mjs';
import { serve } from '../serve.mjs';

const count = Number(process.env.PICSIFT_BENCH_FILES ?? 50_000);
const rounds = Number(process.env.PICSIFT_BENCH_ROUNDS ?? 3);
const filesPerFolder = 500;
const movedFiles = 100;

/** @param {string} folder */
function makeFiles(folder) {
  for (let i = 0; i < count; i++) {
    const inner = join(folder, `day ${Math.floor(i / filesPerFolder)}`);
    if (i % filesPerFolder === 0) mkdirSync(inner, { recursive: true });
    const file = join(inner, `IMG_${i}.jpg`);
    // Sizes as photos have them would only fill the disk: nothing of an unchanged file is read.
    writeFileSync(file, `\xff\xd8\xff${i}`, 'latin1');
    utimesSync(file, 1_600_000_000 + i, 1_600_000_000 + i);
  }
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} path
 */
async function drop(page, path) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop']))
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  await session.detach();
}

export async function run() {
  const folder = join(mkdtempSync(join(tmpdir(), 'picsift-bench-')), 'Photos');
  makeFiles(folder);
  const served = await serve({ port: 0 });
  const browser = await chromium.launch(await launchOptions());
  try {
    const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
    // Without a model the photos are taken in and wait.
    await page.route('**/models/**', () => {});
    await page.goto(served.url);
    await page.getByRole('button', { name: 'Add photos' }).first().waitFor();
    const began = performance.now();
    await drop(page, folder);
    await page.getByText(`/ ${count}`).waitFor({ timeout: 600_000 });
    console.log(`taken in: ${count} files in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    await page.getByRole('button', { name: 'Settings' }).click();
    const settings = page.getByRole('dialog', { name: 'Settings' });
    // Only what is asked for is measured.
    await settings.getByRole('switch', { name: 'Keep in step by itself' }).press('Space');
    const look = settings.getByRole('button', { name: /^Look for changes in / });
    /** @param {string} said */
    const timed = async (said) => {
      const start = performance.now();
      await look.click();
      await page.getByText(said, { exact: true }).last().waitFor({ timeout: 600_000 });
      const seconds = (performance.now() - start) / 1000;
      await page.getByRole('button', { name: 'Dismiss' }).first().click();
      return seconds;
    };
    for (let round = 1; round <= rounds; round++)
      console.log(`looked through, nothing changed: ${(await timed('Nothing has changed.')).toFixed(1)} s`);
    const inner = join(folder, 'elsewhere');
    mkdirSync(inner);
    for (let i = 0; i < movedFiles; i++)
      renameSync(join(folder, 'day 0', `IMG_${i}.jpg`), join(inner, `IMG_${i}.jpg`));
    // They were never processed, so nothing is known of their bytes: they count as new, and as missing where they were.
    const moved = await timed(`${movedFiles} new photos · ${movedFiles} missing`);
    console.log(`looked through, ${movedFiles} files elsewhere: ${moved.toFixed(1)} s`);
  } finally {
    await browser.close();
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
