// @ts-check
/** Label sets for the pictures of every screen: made, labelled and taught as a person would, then shown. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {typeof labelWords.en | typeof labelWords.zh} Said */
/** @typedef {{ page: Page, said: Said, go: (fragment: string) => Promise<void>, shot: (name: string) => Promise<void> }} Tour */

export const labelWords = {
  en: {
    importLabels: 'Import labels',
    labelFiles: 'Files of labels',
    import: 'Import',
    teach: 'Teach',
    taught: /^Taught on/,
    next: 'Label next photos',
    newSet: 'New label set',
    asTables: 'Charts as tables',
    guesses: 'How sure are the answers?',
    version: 'Name of a version',
    why: /^Why .*\?$/,
  },
  zh: {
    importLabels: '导入标注',
    labelFiles: '标注文件',
    import: '导入',
    teach: '开始训练',
    taught: /^用 .* 张照片训练/,
    next: '标注下一批照片',
    newSet: '新建标签集',
    asTables: '以表格显示图表',
    guesses: '答案有多可靠？',
    version: '版本名称',
    why: /^为什么是.*？$/,
  },
};

/** What is said of the generated photos, by the scene that each is named after. */
const scenes = {
  beach: { light: 'day', subject: 'nature', things: ['sea', 'sky', 'sand'] },
  city: { light: 'day', subject: 'town', things: ['building', 'sky'] },
  flowers: { light: 'day', subject: 'nature', things: ['plant'] },
  forest: { light: 'day', subject: 'nature', things: ['plant', 'sky'] },
  fruit: { light: 'lamp', subject: 'food', things: ['plant', 'table'] },
  hills: { light: 'day', subject: 'nature', things: ['sky', 'plant'] },
  night: { light: 'night', subject: 'town', things: ['building'] },
  portrait: { light: 'lamp', subject: 'people', things: ['person'] },
};

/**
 * Files of labels: each `labels.json` among the files, else three sets made from the generated photos' names.
 * @param {readonly string[]} files
 */
function labelFiles(files) {
  const given = files
    .filter((file) => basename(file) === 'labels.json')
    .map((file) => readFileSync(file, 'utf8'));
  if (given.length > 0) return given;
  const photos = files.flatMap((file) => {
    const scene = /** @type {keyof typeof scenes} */ (
      /^[a-z]+(?=-\d+\.jpg$)/.exec(basename(file))?.[0] ?? ''
    );
    return Object.hasOwn(scenes, scene) ? [{ name: basename(file), scene, ...scenes[scene] }] : [];
  });
  // A slip, for there to be something that looks like a mistake.
  const slip = photos.find(({ name }) => name === 'city-2.jpg');
  if (slip !== undefined) Object.assign(slip, { scene: 'forest', things: ['plant'] });
  const sets = [
    { name: 'Things', kind: 'multi-label', said: photos.map(({ things }) => things) },
    { name: 'Scenes', kind: 'multi-class', said: photos.map(({ scene }) => scene) },
    { name: 'Looks', kind: 'multi-output', said: photos.map(({ light, subject }) => ({ light, subject })) },
  ];
  return sets.map(({ said, ...set }) =>
    JSON.stringify({
      ...set,
      fullyLabelled: true,
      photos: Object.fromEntries(photos.map(({ name }, n) => [name, said[n]])),
    }),
  );
}

/**
 * Imports label sets and teaches them; takes pictures of that.
 * @param {Tour} tour
 * @param {readonly string[]} files
 */
export async function teachSets({ page, said, go, shot }, files) {
  for (const [n, text] of labelFiles(files).entries()) {
    await go('#/labels');
    await page.getByRole('button', { name: said.importLabels }).click();
    const file = { name: 'labels.json', mimeType: 'application/json', buffer: Buffer.from(text) };
    await page.getByLabel(said.labelFiles).setInputFiles(file);
    const confirm = page.getByRole('dialog').getByRole('button', { name: said.import, exact: true });
    await page.getByRole('dialog').getByRole('status').waitFor();
    if (n === 0) await shot('labels-import');
    await confirm.click();
    await page.getByRole('button', { name: said.teach, exact: true }).click();
    if (n === 0) await shot('labels-teaching');
    await page.getByText(said.taught).waitFor({ timeout: 300_000 });
    await go(`#/evaluate?set=${n + 1}&part=changes`);
    await page.getByRole('textbox', { name: said.version }).fill('1');
    await page.keyboard.press('Enter');
    await page.locator('.versions__item').first().waitFor();
  }
}

/**
 * The screens of the taught sets.
 * @param {Tour} tour
 * @param {{ several: number, one: number }} sets numbers of one with any number of labels and of one with classes
 */
export async function showSets({ page, said, go, shot }, { several, one } = { several: 1, one: 2 }) {
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  /** All of it in one picture. @param {string} name */
  const whole = async (name) => {
    await page.setViewportSize({ ...size, height: 3600 });
    await shot(name);
    await page.setViewportSize(size);
  };
  await go('#/labels?set=0');
  await shot('labels-built-in');
  for (const set of [1, 2, 3]) {
    await go(`#/labels?set=${set}`);
    await page.locator('.teach__figures').waitFor();
    if (set === 1) await shot('labels-set');
    await whole(`labels-set-${set}`);
    if (set === 1) {
      await page.locator('.dictionary__actions button').first().click();
      await shot('label-dialog');
      await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: said.next }).click();
    await page.locator('.queue__image').waitFor();
    await shot(`labels-queue-${set}`);
  }
  for (const set of [1, 2, 3]) {
    await go(`#/evaluate?set=${set}`);
    await page.locator('.figure-table').first().waitFor();
    await shot(`evaluate-set-${set}`);
    await whole(`evaluate-whole-${set}`);
    await page.locator('.figure-table__label').first().click();
    await page.locator('.recharts-surface').last().waitFor();
    await shot(`evaluate-label-${set}`);
    await page.getByText(said.asTables).click();
    await whole(`evaluate-charts-${set}`);
    for (const part of ['errors', 'changes']) {
      await go(`#/evaluate?set=${set}&part=${part}`);
      if (part === 'changes') await page.locator('.versions__item').waitFor();
      await whole(`evaluate-${part}-${set}`);
    }
  }
  await go(`#/evaluate?set=${several}`);
  await page.locator('.figure-table').first().waitFor();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await whole('evaluate-paper');
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await go(`#/evaluate?set=${several}&part=pairs`);
  await shot('evaluate-pairs');
  await go(`#/evaluate?set=${several}&part=changes`);
  await page.getByRole('slider').first().fill('0.9');
  await page.locator('.compared').waitFor();
  await whole('evaluate-compared');
  await go(`#/evaluate?set=${one}`);
  await page.getByRole('slider').first().fill('0.6');
  await page.getByRole('button', { name: said.guesses }).click();
  await page.locator('.recharts-surface').last().waitFor();
  await whole('evaluate-guesses');
}

/**
 * What taught sets say in the photo view, which is open.
 * @param {Tour} tour
 */
export async function showReadings({ page, said, shot }) {
  const readings = page.locator('.readings').first();
  await readings.locator('summary').click();
  await readings.scrollIntoViewIfNeeded();
  await shot('photo-readings');
  await page.getByRole('button', { name: said.why }).first().click();
  await page.locator('.photo-why__map').waitFor({ timeout: 60_000 });
  await shot('photo-why');
}
