import { expectAccessible } from './support/accessible.ts';
import { fixture } from './support/fixtures.ts';
import { addPhotos, openApp, openPhoto, photoCell, waitForImport } from './support/person.ts';
import { expect, expectCount, test } from './support/seed.ts';
import { openSettings } from './support/settings.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

/** Every screen against axe-core's rules of WCAG 2.2 A and AA and its best practices. */

/** Names of screens in the two languages, where a test looks for them. */
const words = {
  en: {
    settings: 'Settings',
    filters: 'Filters',
    labels: 'Labels',
    similar: 'Similar photos',
    closest: 'The closest:',
    noCamera: 'No camera found',
    catalogue: 'Catalogue',
    part: 'Part of the photo to search for',
    selection: 'Selection',
    menu: 'More ways to add',
    download: 'Download original',
    actions: 'More actions',
    copy: 'Save a copy',
    save: 'Save a backup …',
    file: 'Backup file',
    erase: 'Erase Picsift from this browser',
    cancel: 'Cancel',
    groups: 'Groups',
    keep: 'Keep',
    dryRun: 'Dry run',
    otherwise: /^Choose otherwise/,
    decisions: 'Decisions',
    scope: 'What to compare',
  },
  'zh-CN': {
    settings: '设置',
    filters: '筛选',
    labels: '全部评分',
    similar: '相似照片',
    closest: '最接近的有：',
    noCamera: '找不到相机',
    catalogue: '物品目录',
    part: '要查找的部分',
    selection: '所选照片',
    menu: '更多添加方式',
    download: '下载原图',
    actions: '更多操作',
    copy: '保存副本',
    save: '保存备份…',
    file: '备份文件',
    erase: '从此浏览器清除 Picsift',
    cancel: '取消',
    groups: '分组',
    keep: '保留',
    dryRun: '试运行',
    otherwise: /^另作选择/,
    decisions: '决定',
    scope: '比较范围',
  },
} as const;
type Language = keyof typeof words;

for (const [language, colorScheme, viewport] of [
  ['en', 'light', { width: 1280, height: 800 }],
  ['zh-CN', 'dark', { width: 390, height: 844 }],
] as const satisfies readonly [Language, 'light' | 'dark', { width: number; height: number }][]) {
  test.describe(`${language}, ${colorScheme}, ${viewport.width} pixels wide`, () => {
    test.use({ locale: language === 'en' ? 'en-GB' : language, colorScheme, viewport });
    const said = words[language];

    test('photos, filters, a selection, a menu', async ({ page, library }) => {
      const phone = viewport.width < 500;
      await page.goto('./');
      await expect(page.locator('[data-index="0"] img')).toBeVisible();
      await expectAccessible(page, 'photos');
      await page.getByRole('button', { name: said.menu }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await expectAccessible(page, 'the menu of ways to add');
      await page.keyboard.press('Escape');
      if (phone) {
        await page.getByRole('button', { name: said.filters }).click();
        await expect(page.getByRole('dialog', { name: said.filters })).toBeVisible();
        await expectAccessible(page, 'filters');
        await page.keyboard.press('Escape');
      }
      await page.locator('[data-index="0"]').focus();
      await page.keyboard.press('Space');
      await expect(page.getByRole('region', { name: said.selection })).toBeVisible();
      await expectAccessible(page, 'a selection');
      await page.keyboard.press('Escape');
      await page.goto('./#/?q=there-is-no-such-photo');
      await expect(page.getByRole('heading', { level: 1 })).toContainText(`0`);
      await expectAccessible(page, 'no photo found');
      expect(library.present.length).toBeGreaterThan(0);
    });

    test('a photo', async ({ page, library }) => {
      await page.goto(`./#/?photo=${library.photo('city-1.jpg').id}`);
      await expect(page.getByRole('list', { name: said.labels }).getByRole('listitem').first()).toBeVisible();
      await expect(page.locator('.recharts-surface').first()).toBeVisible();
      await expectAccessible(page, 'a photo');
      const copy = page.getByRole('dialog', { name: said.copy });
      // There is little room on a phone.
      if (viewport.width < 500) {
        await page.getByRole('button', { name: said.actions }).click();
        await page.getByRole('menuitem', { name: said.download }).click();
      } else {
        await page.getByRole('button', { name: said.download }).click();
      }
      await expect(copy).toBeVisible();
      await expectAccessible(page, 'the question about a copy', copy);
    });

    test('similar photos', async ({ page, library }) => {
      const { id } = library.photo('city-1.jpg');
      const hits = page.getByRole('list', { name: said.similar }).getByRole('listitem');
      await page.goto(`./#/?similar=${id}`);
      await expect(hits.first()).toBeVisible();
      await expectAccessible(page, 'similar photos');
      await page.goto(`./#/?similar=tray&like=${id},${library.photo('hills-1.jpg').id}*-0.5`);
      await expect(hits.first()).toBeVisible();
      await expectAccessible(page, 'the tray');
      await page.goto('./#/?panel=camera');
      await expect(page.getByRole('alert')).toContainText(said.noCamera);
      await expectAccessible(page, 'no camera');
      await page.goto(`./#/?similar=${library.photo('picture.gif').id}`);
      await expect(page.getByText(said.closest)).toBeVisible();
      await expectAccessible(page, 'nothing similar');

      // The same language in the other appearance.
      await page.emulateMedia({ colorScheme: colorScheme === 'light' ? 'dark' : 'light' });
      await page.goto('./#/?panel=camera');
      await expect(page.getByRole('alert')).toContainText(said.noCamera);
      await expectAccessible(page, 'no camera, in the other appearance');
      await page.goto(`./#/?similar=${id}&panel=region`);
      await expect(page.getByRole('group', { name: said.part })).toBeVisible();
      await expect(hits.first()).toBeVisible();
      await expectAccessible(page, 'the choice of a part, in the other appearance');
      await page.goto(`./#/?similar=${id}&match=product`);
      await expect(hits.first()).toBeVisible();
      await page.getByRole('button', { name: said.catalogue }).click();
      const catalogue = page.getByRole('dialog', { name: said.catalogue });
      await expect(catalogue.getByRole('heading', { level: 3 })).toBeVisible();
      await expectAccessible(page, 'the catalogue, in the other appearance');
    });

    test('duplicates and their dialogs', async ({ page, library }) => {
      await page.goto('./#/duplicates');
      await expect(page.getByRole('list', { name: said.groups }).getByRole('listitem')).toHaveCount(1);
      await expectAccessible(page, 'duplicates');
      const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
      await press(said.dryRun);
      await page.getByRole('button', { name: said.otherwise }).first().press('Enter');
      await expectAccessible(page, 'the menu of exceptions', page.getByRole('menu'));
      await page.keyboard.press('Enter');
      await expectAccessible(page, 'a dry run', page.getByRole('dialog'));
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await press(said.keep);
      // The line above the groups grows with what is decided.
      await expect(page.getByRole('button', { name: said.keep, exact: true })).toHaveCount(0);
      await press(said.decisions);
      await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(1);
      await expectAccessible(page, 'decisions', page.getByRole('dialog'));
      await page.keyboard.press('Escape');
      await press(said.scope);
      await page.getByRole('dialog').getByRole('textbox').first().fill('Masters');
      await expectAccessible(page, 'what to compare', page.getByRole('dialog'));
      await page.keyboard.press('Escape');
      await expectAccessible(page, 'duplicates, narrowed');
      expect(library.present.length).toBeGreaterThan(0);
    });

    test('settings, a backup, its dry run, the question whether to erase', async ({ page }) => {
      await page.addInitScript(() => {
        Reflect.deleteProperty(window, 'showSaveFilePicker');
      });
      await page.goto('./#/?panel=settings');
      const settings = page.getByRole('dialog', { name: said.settings });
      await expect(settings).toBeVisible();
      const [backup] = await Promise.all([
        page.waitForEvent('download'),
        settings.getByRole('button', { name: said.save }).click(),
      ]);
      // Folders, space, backup, export, privacy: all of it is there, whether in sight or not.
      await expectAccessible(page, 'settings after a backup', settings);
      await settings.getByLabel(said.file).setInputFiles(await backup.path());
      const question = page.getByRole('alertdialog');
      await expect(question).toBeVisible();
      await expectAccessible(page, 'the dry run of restoring', question);
      await question.getByRole('button', { name: said.cancel }).click();
      await expect(question).toBeHidden();
      await settings.getByRole('button', { name: said.erase }).click();
      await expect(question).toBeVisible();
      await expectAccessible(page, 'the question whether to erase', question);
    });
  });
}

test.describe('with a model', () => {
  test.use({ modelRuns: true, serveOptions: { overlay: tinyPackOverlay() } });

  test('an import with files that fail, told at the end', async ({ page, library }) => {
    await openApp(page);
    await expectCount(page, library.present.length);
    await addPhotos(page, [fixture('broken/text.jpg'), fixture('formats/picture.webp')]);
    await waitForImport(page, 2);
    const panel = page.getByRole('region', { name: 'Import progress' });
    await expect(panel.getByRole('list', { name: 'Files with a problem' })).toBeVisible();
    await expectAccessible(page, 'the end of an import');
  });
});

test.describe('with a damaged model', () => {
  test.use({ modelRuns: true, serveOptions: { overlay: tinyPackOverlay('model') } });

  test('the message about it, on the screen and in the settings', async ({ page, library, watch }) => {
    watch.allow(/404/);
    await openApp(page);
    await expectCount(page, library.present.length);
    await expect(page.getByRole('alert').filter({ hasText: 'Tagging is off' })).toBeVisible();
    await expectAccessible(page, 'a damaged model');
    await openSettings(page);
    await expectAccessible(page, 'a damaged model, in the settings');
  });
});

test('what another tab owns', async ({ page, context, library }) => {
  await openApp(page);
  await expectCount(page, library.present.length);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByText('Picsift is open in another tab')).toBeVisible();
  await expectAccessible(second, 'open in another tab');
});

test('a tooltip and the dialogs that ask', async ({ page, library }) => {
  await openApp(page, '#/?sort=name');
  await expectCount(page, library.present.length);
  await openPhoto(page, 'city-1.jpg');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('tooltip')).toBeVisible();
  await expectAccessible(page, 'a tooltip');
  // The first Escape takes the tooltip away, the second one leaves the photo.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toBeHidden();
  await page.keyboard.press('Escape');
  await photoCell(page, 'city-1.jpg').focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: /^Tag/ }).click();
  await expect(page.getByRole('dialog', { name: /^Tag/ })).toBeVisible();
  await expectAccessible(page, 'bulk tagging');
});
