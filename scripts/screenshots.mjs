// @ts-check
/**
 * Pictures of the app with the generated photos: docs/screenshot.png for the README, public/screenshots for the
 * manifest, and with `--all FOLDER` every screen in phone, laptop and wide sizes, light and dark, in both languages.
 *
 *   node scripts/screenshots.mjs [--all FOLDER]
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { serve } from './serve.mjs';
import { ensureBuild, projectRoot, runInProject } from './setup.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ name: string, width: number, height: number, touch?: boolean }} Screen */

/** @type {Screen[]} */
const screens = [
  { name: 'phone', width: 390, height: 844, touch: true },
  { name: 'laptop', width: 1280, height: 800 },
  { name: 'wide', width: 1920, height: 1080 },
];

const words = {
  en: { files: 'Photo files', progress: 'Import progress', grid: 'Photos', dismiss: /Dismiss|Close/ },
  zh: { files: '照片文件', progress: '导入进度', grid: '照片', dismiss: /关闭|忽略/ },
};

const { values: options } = parseArgs({ options: { all: { type: 'string' } } });

const fixtures = join(projectRoot, 'e2e', '.fixtures');
runInProject('node', ['scripts/fixtures/generate.mjs']);
const photos = ['photos', 'nested'].flatMap((folder) =>
  readdirSync(join(fixtures, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name)),
);

/**
 * A page with the photos imported.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {Screen} screen
 * @param {'light' | 'dark'} colorScheme
 * @param {'en' | 'zh'} language
 */
async function libraryPage(browser, url, { width, height, touch }, colorScheme, language) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    hasTouch: touch ?? false,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(url);
  const said = words[language];
  await page.getByLabel(said.files, { exact: true }).setInputFiles(photos);
  const progress = page.getByRole('region', { name: said.progress });
  await progress.getByText(`${photos.length} / ${photos.length}`).first().waitFor({ timeout: 60_000 });
  return { context, page };
}

/** @param {Page} page */
async function settled(page) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(900);
}

/**
 * @param {Page} page
 * @param {'en' | 'zh'} language
 */
async function dismissPanel(page, language) {
  const panel = page.getByRole('region', { name: words[language].progress });
  await panel.getByRole('button', { name: words[language].dismiss }).last().click();
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 */
async function forReadme(browser, url) {
  mkdirSync(join(projectRoot, 'docs'), { recursive: true });
  mkdirSync(join(projectRoot, 'public', 'screenshots'), { recursive: true });
  for (const [screen, path] of /** @type {const} */ ([
    [{ name: 'laptop', width: 1280, height: 800 }, 'docs/screenshot.png'],
    [{ name: 'wide', width: 1280, height: 720 }, 'public/screenshots/wide.png'],
    [{ name: 'narrow', width: 540, height: 960 }, 'public/screenshots/narrow.png'],
  ])) {
    const { context, page } = await libraryPage(browser, url, screen, 'light', 'en');
    await dismissPanel(page, 'en');
    await settled(page);
    await page.screenshot({ path: join(projectRoot, path) });
    console.log(path);
    await context.close();
  }
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {string} folder
 */
async function gallery(browser, url, folder) {
  mkdirSync(folder, { recursive: true });
  for (const screen of screens) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      for (const language of /** @type {const} */ (['en', 'zh'])) {
        const { context, page } = await libraryPage(browser, url, screen, colorScheme, language);
        const shot = async (/** @type {string} */ name) => {
          await settled(page);
          await page.screenshot({
            path: join(folder, `${name}-${screen.name}-${colorScheme}-${language}.png`),
          });
        };
        await shot('import');
        await dismissPanel(page, language);
        await shot('grid');
        const cell = page.getByRole('grid', { name: words[language].grid }).getByRole('gridcell').nth(2);
        await cell.focus();
        await cell.press('Enter');
        await shot('photo');
        const hash = await page.evaluate(() => location.hash);
        const id = /photo=(\d+)/.exec(hash)?.[1] ?? '1';
        await page.goto(`${url}#/?similar=${id}`);
        await shot('similar');
        await page.goto(`${url}#/?panel=settings`);
        await shot('settings');
        for (const name of ['labels', 'evaluate', 'duplicates']) {
          await page.goto(`${url}#/${name}`);
          await shot(name);
        }
        await context.close();
        const fresh = await browser.newContext({
          viewport: { width: screen.width, height: screen.height },
          colorScheme,
          locale: language === 'zh' ? 'zh-CN' : 'en-GB',
        });
        const empty = await fresh.newPage();
        await empty.goto(url);
        await settled(empty);
        await empty.screenshot({ path: join(folder, `empty-${screen.name}-${colorScheme}-${language}.png`) });
        await fresh.close();
      }
    }
  }
}

// As for the browser tests, PICSIFT_DIST names another build.
const root = process.env.PICSIFT_DIST;
if (root === undefined) ensureBuild();
const served = await serve(root === undefined ? { port: 0 } : { port: 0, root });
const browser = await chromium.launch(await launchOptions());
try {
  if (options.all === undefined) await forReadme(browser, served.url);
  else await gallery(browser, served.url, options.all);
} finally {
  await browser.close();
  await served.close();
}
