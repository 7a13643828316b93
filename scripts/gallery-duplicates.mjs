// @ts-check
/** The part of scripts/gallery.mjs that shows duplicates: photos to find some among, and pictures of what is done about them. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./gallery.mjs').Tour} Tour */

const words = {
  en: {
    folder: /folder/i,
    look: 'How to look',
    dryRun: 'Dry run',
    scope: 'What to compare',
    decisions: 'Decisions',
    splitOff: 'Split off from this group',
    addRule: 'Add a rule',
    files: 'Files',
    apply: 'Apply',
    undo: 'Undo',
    export: 'Export',
    decisionFile: 'File of decisions',
    keepBoth: 'Keep both',
    conflicts: 'Show these decisions',
  },
  zh: {
    folder: /文件夹/,
    look: '查看方式',
    dryRun: '试运行',
    scope: '比较范围',
    decisions: '决定',
    splitOff: '从本组分出的照片',
    addRule: '添加规则',
    files: '文件',
    apply: '执行',
    undo: '撤销',
    export: '导出',
    decisionFile: '决定文件',
    keepBoth: '两张都保留',
    conflicts: '显示这些决定',
  },
};
/** A folder of the browser's own, which its picker answers with. */
const album = 'Album';

/**
 * Copies of some photos: equal, recompressed, mirrored, cropped, and two halves of one, which are no copies of each other.
 *
 * @param {Page} page
 * @param {readonly string[]} photos
 * @param {string} folder where they go
 */
export async function makeDuplicates(page, photos, folder) {
  const [first, second] = photos.filter((path) => /hills-1|fruit-2/.test(path)).concat(photos);
  if (first === undefined || second === undefined) return [];
  const copies = [join(folder, 'first, a copy.jpg')];
  copyFileSync(first, copies[0] ?? '');
  for (const [n, source] of [first, second].entries()) {
    const made = await page.evaluate(draw, readFileSync(source).toString('base64'));
    for (const [kind, bytes] of Object.entries(made)) {
      const path = join(folder, `${n === 0 ? 'first' : 'second'}, ${kind}.jpg`);
      writeFileSync(path, Buffer.from(bytes, 'base64'));
      copies.push(path);
    }
  }
  return copies;
}

/** In the page. @param {string} picture JPEG, base64 @returns {Promise<Record<string, string>>} by kind, base64 */
async function draw(picture) {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width: w, height: h } = bitmap;
  /** @type {Record<string, [width: number, height: number, left: number, top: number, scale: number]>} */
  const kinds = {
    smaller: [w * 0.6, h * 0.6, 0, 0, 0.6],
    cropped: [w * 0.85, h * 0.85, -0.1 * w, -0.08 * h, 1],
    'left half': [w / 2, h, 0, 0, 1],
    'right half': [w / 2, h, -w / 2, 0, 1],
  };
  /** @type {Record<string, string>} */
  const made = {};
  for (const [kind, [width, height, left, top, scale]] of Object.entries(kinds)) {
    const canvas = new OffscreenCanvas(Math.round(width), Math.round(height));
    canvas.getContext('2d')?.drawImage(bitmap, left, top, w * scale, h * scale);
    const out = await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })).arrayBuffer();
    made[kind] = btoa(Array.from(new Uint8Array(out), (byte) => String.fromCharCode(byte)).join(''));
  }
  return made;
}

/** To be called before pages are opened. @param {import('@playwright/test').BrowserContext} context */
export async function answerFolderPicker(context) {
  await context.addInitScript((name) => {
    const picked = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(name);
    Object.assign(window, { showDirectoryPicker: picked });
  }, album);
}

/**
 * Adds a picked folder with copies of a photo, so that there are files to be moved or deleted.
 *
 * @param {Tour} tour
 * @param {string} photo
 */
export async function addAlbum({ page, said, language, go }, photo) {
  await go('');
  await page.evaluate(
    async ({ name, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, {
        create: true,
      });
      for (const file of ['beach.jpg', 'beach (1).jpg']) {
        const writable = await (await folder.getFileHandle(file, { create: true })).createWritable();
        await writable.write(bytes);
        await writable.close();
      }
    },
    { name: album, base64: readFileSync(photo).toString('base64') },
  );
  await page.getByRole('button', { name: said.add }).click();
  await page.getByRole('menuitem', { name: words[language].folder }).click();
  await page
    .getByRole('region', { name: said.progress })
    .getByText('2 / 2')
    .first()
    .waitFor({ timeout: 60_000 });
}

/** @param {Tour} tour */
async function lists({ page, language, go, shot }) {
  const said = words[language];
  await go('#/duplicates');
  const tiers = page.getByRole('tab');
  await tiers.nth(0).click();
  await shot('duplicates');
  await tiers.nth(1).click();
  await shot('duplicates-1');
  const ways = page.getByRole('group', { name: said.look }).locator('label');
  await ways.nth(1).click();
  await shot('duplicates-flip');
  await ways.nth(2).click();
  await shot('duplicates-difference');
  await ways.nth(0).click();
  await tiers.nth(2).click();
  await shot('duplicates-2');
  const splitOff = page.getByRole('region', { name: said.splitOff });
  const groups = page.locator('.group-list__button');
  for (let n = 0; n < (await groups.count()); n++) {
    await groups.nth(n).click();
    await page.waitForTimeout(500);
    if (await splitOff.isVisible()) break;
  }
  if (await splitOff.isVisible()) {
    await splitOff.scrollIntoViewIfNeeded();
    await shot('duplicates-split-off');
  }
  for (const at of [3, 4]) {
    await tiers.nth(at).click();
    await shot(`duplicates-${at}`);
  }
}

/** @param {Tour} tour */
async function dryRun({ page, language, go, shot }) {
  const said = words[language];
  await go('#/duplicates');
  await page.getByRole('button', { name: said.dryRun, exact: true }).click();
  const dialog = page.getByRole('dialog').first();
  await dialog.locator('label').nth(1).click(); // by rules
  await shot('dry-run');
  const add = dialog.getByLabel(said.addRule);
  for (const rule of ['folder-order', 'name-pattern']) {
    // Added the last time: rules are remembered.
    if ((await add.locator(`option[value="${rule}"]`).count()) > 0) await add.selectOption(rule);
  }
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  await page.setViewportSize({ ...size, height: 2600 });
  await shot('dry-run-all');
  await page.setViewportSize(size);
  await dialog.locator('.plan-list__choose').first().click();
  await shot('dry-run-otherwise');
  await page.keyboard.press('Escape');
  await dialog.getByRole('group', { name: said.files }).locator('label').nth(2).click();
  await dialog.getByRole('button', { name: said.apply }).click();
  await shot('delete-files');
  await page.getByRole('alertdialog').getByRole('button').first().click();
  await dialog.getByRole('group', { name: said.files }).locator('label').nth(1).click();
  await dialog.getByRole('button', { name: said.apply }).click();
  await dialog.waitFor({ state: 'detached' });
  await shot('applied');
  // Something else in the place of a file that was moved aside.
  const inItsPlace = (/** @type {boolean} */ there) =>
    page.evaluate(
      async ({ name, there }) => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(name);
        if (!there) return folder.removeEntry('beach.jpg');
        const writable = await (await folder.getFileHandle('beach.jpg', { create: true })).createWritable();
        await writable.write('another one');
        await writable.close();
      },
      { name: album, there },
    );
  await inItsPlace(true);
  const undo = page.getByRole('main').getByRole('button', { name: said.undo, exact: true });
  await undo.first().click();
  await page.waitForTimeout(2000);
  await shot('not-taken-back');
  await inItsPlace(false);
  if (await undo.first().isEnabled()) await undo.first().click();
  await page.waitForTimeout(2000);
  await shot('applied-undone');
}

/** @param {Tour} tour */
async function decisions({ page, language, go, shot }) {
  const said = words[language];
  await go('#/duplicates');
  await page.getByRole('button', { name: said.scope, exact: true }).click();
  await shot('scope');
  await page.keyboard.press('Escape');
  await page.getByRole('tab').nth(0).click();
  await page.locator('.group-view').press('k');
  await shot('duplicates-decided');
  await page.getByRole('button', { name: said.decisions, exact: true }).click();
  await shot('decisions');
  const dialog = page.getByRole('dialog').first();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: said.export }).click(),
  ]);
  /** @type {{ decisions: { photos: unknown[] }[] }} */
  const contrary = JSON.parse(readFileSync(await download.path(), 'utf8'));
  for (const { photos } of contrary.decisions) photos.reverse();
  await dialog.getByLabel(said.decisionFile).setInputFiles({
    name: 'decisions.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(contrary)),
  });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: said.conflicts }).waitFor();
  await shot('duplicates-conflicts');
  await page.getByRole('button', { name: said.conflicts }).click();
  await shot('conflicts');
  const takeBack = page.getByRole('dialog').locator('.plan-list__choose');
  while ((await takeBack.count()) > 0) {
    await takeBack.first().click();
    await page.waitForTimeout(300);
  }
  await page.keyboard.press('Escape');
}

/** As `views` of scripts/gallery.mjs. */
export const duplicateViews = [lists, dryRun, decisions];
