// @ts-check
/** Pictures of every screen and dialog: see scripts/screenshots.mjs. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { addAlbum, answerFolderPicker, duplicateViews, makeDuplicates } from './gallery-duplicates.mjs';
import { labelWords, showReadings, showSets, teachSets } from './gallery-labels.mjs';

/** @typedef {import('@playwright/test').Page} Page */

const sizes = [
  { name: 'phone', width: 390, height: 844, touch: true },
  { name: 'laptop', width: 1280, height: 800, touch: false },
  { name: 'wide', width: 1920, height: 1080, touch: false },
];

const words = {
  en: {
    files: 'Photo files',
    progress: 'Import progress',
    grid: 'Photos',
    selection: 'Selection',
    tag: /^Tag/,
    label: 'Label',
    search: 'Search',
    typed: 'ca',
    filters: 'Filters',
    add: 'More ways to add',
    region: 'Part of the photo to search for',
    catalogue: 'Catalogue',
    options: 'View options',
    ...labelWords.en,
  },
  zh: {
    files: '照片文件',
    progress: '导入进度',
    grid: '照片',
    selection: '所选照片',
    tag: /^标签/,
    label: '标注',
    search: '搜索',
    typed: '车',
    filters: '筛选',
    add: '更多添加方式',
    region: '要查找的部分',
    catalogue: '物品目录',
    options: '显示选项',
    ...labelWords.zh,
  },
};
const languageTags = { en: 'en', zh: 'zh-CN' };

/** @typedef {{ page: Page, said: typeof words.en | typeof words.zh, language: 'en' | 'zh', isPhone: boolean, photo: number, go: (fragment: string) => Promise<void>, shot: (name: string, of?: Page) => Promise<void> }} Tour */

/**
 * What is looked at, one after the other; each begins by going somewhere and changes nothing.
 * @type {readonly ((tour: Tour) => Promise<void>)[]}
 */
const views = [
  async ({ page, said, isPhone, go, shot }) => {
    await go('');
    await shot('grid');
    await page.getByRole('button', { name: said.add }).click();
    await shot('add-menu');
    await page.keyboard.press('Escape');
    await cell(page, 2).click({ button: 'right' });
    await shot('photo-menu');
    await page.keyboard.press('Escape');
    for (const name of isPhone ? [said.filters, said.options] : []) {
      await page.getByRole('button', { name }).click();
      await shot(name === said.filters ? 'filters' : 'view-options');
      await page.keyboard.press('Escape');
    }
    await page.getByRole('searchbox', { name: said.search }).fill(said.typed);
    await shot('suggestions');
    await page.keyboard.press('Escape');
  },
  async ({ page, said, go, shot }) => {
    await go('');
    await cell(page, 0).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowRight');
    await shot('selection');
    const bar = page.getByRole('region', { name: said.selection });
    for (const name of /** @type {const} */ (['tag', 'label'])) {
      await bar.getByRole('button', { name: said[name], exact: true }).click();
      await shot(`${name}-dialog`);
      await page.keyboard.press('Escape');
    }
  },
  async ({ go, shot }) => {
    for (const [name, fragment] of [
      ['filtered', '#/?all=sky&none=car&from=2020-01-01'],
      ['no-match', '#/?q=there-is-no-such-photo'],
      ['failed', '#/?show=failed'],
      ['removed', '#/?show=removed'],
      ['missing', '#/?show=missing'],
    ]) {
      await go(fragment ?? '');
      await shot(name ?? '');
    }
  },
  async ({ page, photo, go, shot }) => {
    await go(`#/?photo=${photo}`);
    await shot('photo');
    await page.keyboard.press('t');
    await page.keyboard.type('a');
    await shot('photo-tagging');
  },
  async ({ page, said, photo, go, shot }) => {
    for (const match of ['similar', 'same', 'strict', 'product']) {
      await go(`#/?similar=${photo}&match=${match}`);
      await shot(match);
    }
    await page.getByRole('button', { name: said.catalogue }).click();
    await shot('catalogue');
    await go(`#/?similar=${photo}&panel=region`);
    await shot('region');
    await go(`#/?similar=tray&like=${photo},${photo + 1}*-0.5`);
    await shot('tray');
    await go('#/?panel=camera');
    await shot('camera');
  },
  ...duplicateViews,
  async (tour) => {
    await tour.go('#/labels');
    await tour.shot('labels');
    await tour.page.getByRole('button', { name: tour.said.newSet }).click();
    await tour.shot('new-set');
    await showSets(tour);
    await tour.go(`#/?photo=${tour.photo}`);
    await showReadings(tour);
  },
  async ({ page, go, shot }) => {
    await go('#/?panel=settings');
    await shot('settings');
    const size = page.viewportSize() ?? { width: 0, height: 0 };
    // All of it in one picture.
    await page.setViewportSize({ ...size, height: 4000 });
    await shot('settings-all');
    await page.setViewportSize(size);
  },
  async ({ page, shot }) => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.bringToFront();
    await shot('second-tab', other);
    await other.close();
  },
];

/** @param {Page} page @param {number} index */
const cell = (page, index) => page.locator(`[data-index="${index}"]`);

/**
 * The library, imported once, in every size, light and dark, in both languages.
 * @param {string} url where the app is served
 * @param {readonly string[]} files to import, and files `labels.json` of label sets to teach
 * @param {string} folder where the pictures go
 * @param {string} only what the names of pictures hold that are wanted, such as `phone-dark`; empty: all
 */
export async function takeGallery(url, files, folder, only) {
  const photos = files.filter((file) => !file.endsWith('.json'));
  mkdirSync(folder, { recursive: true });
  const profile = mkdtempSync(join(tmpdir(), 'picsift-gallery-'));
  const launch = await launchOptions();
  /** @type {import('@playwright/test').BrowserContext | null} */
  let context = null;
  try {
    let isFirst = true;
    for (const { name, width, height, touch } of sizes) {
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        for (const language of /** @type {const} */ (['en', 'zh'])) {
          if (!`${name}-${colorScheme}-${language}`.includes(only)) continue;
          const said = words[language];
          context = await chromium.launchPersistentContext(profile, {
            ...launch,
            viewport: { width, height },
            hasTouch: touch,
            colorScheme,
            locale: languageTags[language],
          });
          await answerFolderPicker(context);
          const page = await context.newPage();
          const shot = async (/** @type {string} */ what, of = page) => {
            await of.evaluate(() => document.fonts.ready);
            await of.waitForTimeout(900);
            await of.screenshot({ path: join(folder, `${what}-${name}-${colorScheme}-${language}.png`) });
          };
          // A page of its own each time: going from one fragment to another keeps what is selected and typed.
          const go = async (/** @type {string} */ fragment) => {
            await page.goto('about:blank');
            await page.goto(`${url}${fragment}`);
            await page.locator('h1').first().waitFor();
          };
          if (isFirst) {
            for (const screen of ['', 'labels', 'evaluate']) {
              await go(`#/${screen}`);
              await shot(`empty${screen === '' ? '' : `-${screen}`}`);
            }
            await go('');
            await importAll(page, said, [...photos, ...(await makeDuplicates(page, photos, profile))], shot);
            await teachSets({ page, said, go, shot }, files);
          }
          await go('#/?sort=name');
          await cell(page, 0).press('Enter');
          const photo = Number(/photo=(\d+)/.exec(page.url())?.[1]);
          const tour = { page, said, language, isPhone: touch, photo, go, shot };
          if (isFirst) await addAlbum(tour, photos[0] ?? '');
          isFirst = false;
          for (const view of views) await view(tour);
          await context.close();
        }
      }
    }
  } finally {
    await context?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
  }
}

/**
 * Imports, and takes pictures of that.
 * @param {Page} page
 * @param {Tour['said']} said
 * @param {readonly string[]} photos
 * @param {(name: string) => Promise<void>} shot
 */
async function importAll(page, said, photos, shot) {
  await page.getByLabel(said.files, { exact: true }).setInputFiles([...photos]);
  await shot('importing');
  const progress = page.getByRole('region', { name: said.progress });
  await progress.getByText(`${photos.length} / ${photos.length}`).first().waitFor({ timeout: 300_000 });
  await shot('imported');
}
