// @ts-check
/**
 * How fast photos are imported by the built app in Chromium, against a bare loop of the same stages with equally many
 * workers in the same run (scripts/bench/bare-loop). The two take turns; medians are printed.
 *
 * PICSIFT_BENCH_PHOTOS: generated photos of each size (default 60). PICSIFT_BENCH_REAL: real ones at most (default all).
 * PICSIFT_BENCH_ROUNDS: turns (default 3).
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { launchOptions } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { projectRoot, runInProject } from '../setup.mjs';
import { median } from './core/figures.mjs';
import { traceTasks, watchLongTasks } from './import/page-tasks.mjs';

const photosOfEachSize = Number(process.env.PICSIFT_BENCH_PHOTOS ?? 60);
const mostReal = Number(process.env.PICSIFT_BENCH_REAL ?? Number.POSITIVE_INFINITY);
const rounds = Number(process.env.PICSIFT_BENCH_ROUNDS ?? 3);
const stageNames = ['read', 'hash', 'header', 'decode', 'thumbnail', 'signature', 'preprocess', 'inference'];

/** @typedef {{ name: string, files: string[] }} PhotoSet */
/** @typedef {{ photosPerSecond: number, stages: Record<string, number> }} Figures */
/** @typedef {import('./import/page-tasks.mjs').LongestTasks} LongestTasks */
/** @typedef {Figures & { write: number, longTasks: number[], longestTasks: LongestTasks | null, bytesPerPhoto: number, workers: number, overlap: number }} AppFigures */

/**
 * Generated sets, and real photos where there are any.
 * @returns {PhotoSet[]}
 */
function photoSets() {
  const folder = join(tmpdir(), `picsift-bench-${photosOfEachSize}`);
  runInProject('node', ['scripts/fixtures/generate.mjs', '--bench', String(photosOfEachSize), folder]);
  const jpegs = filesBelow(folder).filter((file) => file.endsWith('.jpg'));
  const isLarge = (/** @type {string} */ file) => statSync(file).size > 700_000;
  /** @type {PhotoSet[]} */
  const sets = [
    { name: 'generated, 12 megapixels', files: jpegs.filter(isLarge) },
    { name: 'generated, 2 megapixels', files: jpegs.filter((file) => !isLarge(file)) },
  ];
  const real = ['coco', 'groceries', 'multilabel']
    .map((name) => join(projectRoot, '..', 'shared', 'photos', name))
    .filter((path) => existsSync(path))
    .flatMap((path) => filesBelow(path).filter((file) => file.endsWith('.jpg')))
    .slice(0, mostReal);
  if (real.length > 0) sets.push({ name: 'real, below 1 megapixel', files: real });
  return sets;
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * One import by the app, in a new browser profile, through file handles as a picked folder gives them.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {readonly string[]} files
 * @param {boolean} isTraced traces the page's tasks, which costs some speed
 * @returns {Promise<AppFigures>}
 */
async function importWithApp(browser, url, files, isTraced) {
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole('button', { name: 'Add photos' }).first().waitFor();
    await copyToPickedFolder(page, files);
    // The model is started and the service worker settled: this is about imports, not about the first visit.
    await page.waitForTimeout(8000);
    const before = await storedBytes(page);
    await page.getByRole('button', { name: 'More ways to add' }).click();
    const folder = page.getByRole('menuitem', { name: /folder/i });
    await folder.waitFor();
    // From here: opening a menu is no part of an import.
    const readLongTasks = await watchLongTasks(page);
    const stopTrace = isTraced ? await traceTasks(browser) : null;
    const start = performance.now();
    await folder.click();
    const progress = page.getByRole('region', { name: 'Import progress' });
    await progress
      .getByText(new RegExp(`\\b${files.length} / ${files.length}\\b`))
      .first()
      .waitFor({ timeout: 600_000 });
    const seconds = (performance.now() - start) / 1000;
    await page.waitForTimeout(500);
    const longTasks = await readLongTasks();
    const longestTasks = (await stopTrace?.()) ?? null;
    const after = await storedBytes(page);
    const workers = page.workers().filter((worker) => worker.url().includes('inference')).length;
    return {
      photosPerSecond: files.length / seconds,
      ...(await timings(page)),
      longTasks,
      longestTasks,
      bytesPerPhoto: (after - before) / files.length,
      workers,
      overlap: 2,
    };
  } finally {
    await context.close();
  }
}

/**
 * Puts the files into a folder of the origin's own, and has the folder picker answer with it.
 * @param {import('@playwright/test').Page} page
 * @param {readonly string[]} files
 */
async function copyToPickedFolder(page, files) {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.id = 'bench-files';
    document.body.append(input);
  });
  await page.locator('#bench-files').setInputFiles([...files]);
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('bench', { create: true });
    const input = /** @type {HTMLInputElement} */ (document.querySelector('#bench-files'));
    for (const file of input.files ?? []) {
      const handle = await folder.getFileHandle(file.name, { create: true });
      await file.stream().pipeTo(await handle.createWritable());
    }
    input.remove();
    Object.assign(window, { showDirectoryPicker: async () => folder });
  });
}

/**
 * Bytes in the database, the origin's files left out.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<number>}
 */
function storedBytes(page) {
  return page.evaluate(async () => {
    const estimate = /** @type {any} */ (await navigator.storage.estimate());
    return estimate.usageDetails?.indexedDB ?? 0;
  });
}

/**
 * The app's own account of where the time went (Settings, Speed of imports): a row a stage, then the writing.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<{ stages: Record<string, number>, write: number }>}
 */
async function timings(page) {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Speed of imports').click();
  const value = async (/** @type {string} */ stage) =>
    Number(await page.locator(`tr[data-stage="${stage}"]`).getAttribute('data-value'));
  /** @type {Record<string, number>} */
  const stages = {};
  for (const name of stageNames) stages[name] = await value(name);
  return { stages, write: await value('write') };
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {readonly string[]} files
 * @param {number} workers
 * @param {number} overlap
 * @returns {Promise<Figures>}
 */
async function runBareLoop(browser, url, files, workers, overlap) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.getByLabel('Photo files').setInputFiles([...files]);
    const request = {
      config: { backend: 'wasm', threads: 1 },
      workers,
      overlap,
      options: { maxMegapixels: 120, thumbnailSize: 360 },
    };
    const result = await page.evaluate((value) => /** @type {any} */ (window).bareLoop(value), request);
    return { photosPerSecond: result.photos / result.seconds, stages: result.stages };
  } finally {
    await context.close();
  }
}

/** @param {Record<string, number>} stages */
function stagesText(stages) {
  return stageNames.map((name) => `${name} ${(stages[name] ?? Number.NaN).toFixed(1)}`).join(', ');
}

/**
 * By how much signatures lengthen an import, least to greatest: what they take of the time that workers have for a photo,
 * by the rest of it.
 *
 * @param {readonly AppFigures[]} runs
 */
function signatureOverhead(runs) {
  const parts = runs.map(({ photosPerSecond, workers, stages }) => {
    const own = stages.signature ?? Number.NaN;
    return (100 * own) / ((workers * 1000) / photosPerSecond - own);
  });
  return `${Math.min(...parts).toFixed(1)} to ${Math.max(...parts).toFixed(1)} %`;
}

export async function run() {
  await build({ configFile: join(projectRoot, 'scripts/bench/bare-loop/vite.config.ts'), logLevel: 'warn' });
  const app = await serve({ port: 0 });
  const bare = await serve({ port: 0, root: join(projectRoot, 'dist-bench') });
  const browser = await chromium.launch(await launchOptions());
  try {
    for (const { name, files } of photoSets()) {
      /** @type {AppFigures[]} */
      const appRuns = [];
      /** @type {Figures[]} */
      const bareRuns = [];
      /** @type {Figures[]} */
      const overlappedRuns = [];
      for (let round = 0; round < rounds; round++) {
        const figures = await importWithApp(browser, app.url, files, false);
        appRuns.push(figures);
        bareRuns.push(await runBareLoop(browser, bare.url, files, figures.workers, 1));
        overlappedRuns.push(await runBareLoop(browser, bare.url, files, figures.workers, figures.overlap));
      }
      const speed = (/** @type {readonly Figures[]} */ runs) =>
        median(runs.map((each) => each.photosPerSecond));
      const last = appRuns.at(-1);
      if (last === undefined) return;
      console.log(`${name}: ${files.length} photos, ${last.workers} workers, ${rounds} rounds`);
      console.log(`  app                   ${speed(appRuns).toFixed(1)} photos/s`);
      console.log(
        `  bare loop             ${speed(bareRuns).toFixed(1)} photos/s, app / bare ${(speed(appRuns) / speed(bareRuns)).toFixed(2)}`,
      );
      console.log(
        `  bare loop, ${last.overlap} at a time ${speed(overlappedRuns).toFixed(1)} photos/s, app / bare ${(speed(appRuns) / speed(overlappedRuns)).toFixed(2)}`,
      );
      console.log(`  ms per photo, app     ${stagesText(last.stages)}, write ${last.write.toFixed(1)}`);
      console.log(`  signatures lengthen it by ${signatureOverhead(appRuns)} (bar: 15 %)`);
      console.log(`  ms per photo, bare    ${stagesText(bareRuns.at(-1)?.stages ?? {})}`);
      const longTasks = appRuns.flatMap((each) => each.longTasks);
      console.log(
        `  tasks over 50 ms on the page, by the clock: ${longTasks.length} in ${rounds} imports ${longTasks.map((each) => each.toFixed(0)).join(', ')}`,
      );
      const { longestTasks } = await importWithApp(browser, app.url, files, true);
      console.log(
        `  longest task on the page ${longestTasks?.processor.toFixed(0)} ms of processor time, ${longestTasks?.clock.toFixed(0)} ms by the clock (one more import, traced)`,
      );
      console.log(
        `  stored per photo      ${(median(appRuns.map((each) => each.bytesPerPhoto)) / 1000).toFixed(1)} kB`,
      );
    }
  } finally {
    await browser.close();
    await app.close();
    await bare.close();
  }
}
