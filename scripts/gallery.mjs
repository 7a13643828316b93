// @ts-check
/** Pictures of every screen and dialog: see scripts/screenshots.mjs. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { addAlbum, answerFolderPicker, duplicateViews, makeDuplicates } from './gallery-duplicates.mjs';
import { cameraArguments, findViews } from './gallery-find.mjs';
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
    save: 'Save a backup …',
    backupFile: 'Backup file',
    erase: 'Erase Picsift from this browser',
    cancel: 'Cancel',
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
    save: '保存备份…',
    backupFile: '备份文件',
    erase: '从此浏览器清除 Picsift',
    cancel: '取消',
    options: '显示选项',
    ...labelWords.zh,
  },
};
const languageTags = { en: 'en', zh: 'zh-CN' };

/** @typedef {{ page: Page, said: typeof words.en | typeof words.zh, language: 'en' | 'zh', isPhone: boolean, photo: number, idOf: (name: string) => Promise<number>, go: (fragment: string) => Promise<void>, shot: (name: string, of?: Page) => Promise<void> }} Tour */

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
      await page.getByRole('dialog').waitFor();
      await shot(`${name}-photos`);
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
    await page.locator('.label-row').first().waitFor();
    await shot('photo');
    const size = page.viewportSize() ?? { width: 0, height: 0 };
    await page.setViewportSize({ ...size, height: 2600 });
    await shot('photo-all');
    await page.setViewportSize(size);
    await page.keyboard.press('t');
    await page.getByRole('combobox').first().pressSequentially('a');
    await shot('photo-tagging');
  },
  ...findViews,
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
  async ({ page, said, go, shot }) => {
    await go('#/?panel=settings');
    const settings = page.getByRole('dialog');
    await settings.waitFor();
    await shot('settings');
    const size = page.viewportSize() ?? { width: 0, height: 0 };
    // All of it in one picture.
    await page.setViewportSize({ ...size, height: 4000 });
    await shot('settings-all');
    await page.setViewportSize(size);
    const [backup] = await Promise.all([
      page.waitForEvent('download'),
      settings.getByRole('button', { name: said.save }).click(),
    ]);
    await shot('backup-saved');
    await settings.getByLabel(said.backupFile).setInputFiles(await backup.path());
    await page.getByRole('alertdialog').waitFor();
    await shot('restore');
    await page.getByRole('alertdialog').getByRole('button', { name: said.cancel }).click();
    await settings.getByRole('button', { name: said.erase }).click();
    await page.getByRole('alertdialog').waitFor();
    await shot('erase');
    await page.keyboard.press('Escape');
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
            args: [...launch.args, ...cameraArguments],
            viewport: { width, height },
            hasTouch: touch,
            colorScheme,
            locale: languageTags[language],
          });
          await answerFolderPicker(context);
          // What is saved is downloaded.
          await context.addInitScript(() => {
            Reflect.deleteProperty(window, 'showSaveFilePicker');
          });
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
            for (const screen of ['', 'labels', 'evaluate', 'duplicates']) {
              await go(`#/${screen}`);
              await shot(`empty${screen === '' ? '' : `-${screen}`}`);
            }
            await go('');
            await importAll(page, said, [...photos, ...(await makeDuplicates(page, photos, profile))], shot);
            await teachSets({ page, said, go, shot }, files);
          }
          const idOf = async (/** @type {string} */ name) => {
            await go(`#/?sort=name&q=${name}`);
            await cell(page, 0).press('Enter');
            await page.waitForURL(/photo=\d/);
            return Number(/photo=(\d+)/.exec(page.url())?.[1]);
          };
          const photo = await idOf('');
          const tour = { page, said, language, isPhone: touch, photo, idOf, go, shot };
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
