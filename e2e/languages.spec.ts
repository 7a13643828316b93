import { expect, expectCount, type Page, test } from './support/seed.ts';

/** English and Simplified Chinese: chosen from the browser, switched, complete. */

/** Every text that the page shows or tells to screen readers. */
function shownTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const texts = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.closest('script, style, noscript, [lang]:not(html)') == null) {
        texts.add(node.textContent?.trim() ?? '');
      }
    }
    for (const element of document.querySelectorAll('*')) {
      for (const name of [
        'aria-label',
        'aria-description',
        'aria-roledescription',
        'title',
        'placeholder',
        'alt',
      ]) {
        texts.add(element.getAttribute(name)?.trim() ?? '');
      }
    }
    texts.delete('');
    return [...texts];
  });
}

/** Names that are the same in every language, and what photos and figures bring along. */
const names =
  /Picsift|English|JPEG|PNG|WebP|AVIF|HEIC|GIF|BMP|EXIF|GPS|ISO|MIT|React|onnxruntime-web|Aria|Recharts|WebGPU|WebAssembly|Ctrl|⌘V|\b[kMG]?B\b|\bms\b|\bmm\b|f\/|\bs\b|IndexedDB|picsift|Cache Storage|localStorage|Service Worker|SHA-256|starter|libheif|LGPL-3\.0|digiKam|darktable|CSV|JSON|XMP|ZIP|\bFlat\b|Faiss|Milvus|Qdrant|pgvector|LanceDB|\.npy|\.fvecs|\.jsonl/g;

test.describe('with a Chinese browser', () => {
  test.use({ locale: 'zh-CN' });

  test('everything is in Chinese, labels included', async ({ page, library }) => {
    const ownTexts = library.photos.map(({ name }) => name);
    const untranslated = async (screen: string) => {
      const left = (await shownTexts(page)).filter((text) => {
        const rest = ownTexts.reduce((cut, own) => cut.replaceAll(own, ''), text);
        return /[a-z]{2,}/i.test(rest.replaceAll(names, ''));
      });
      expect(left, screen).toEqual([]);
    };
    await page.goto('./');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`照片${library.present.length}`);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    const [most] = library.counts;
    await expect(page.getByRole('list', { name: '当前视图中的标签' })).toContainText(most?.label.zh ?? '');
    await untranslated('photos');

    const photo = library.photo('city-1.jpg');
    await page.goto(`./#/?photo=${photo.id}`);
    const scores = page.getByRole('list', { name: '全部评分' }).getByRole('listitem');
    await expect(scores.first()).toBeVisible();
    const [best] = [...photo.scores].sort(([, a], [, b]) => b - a);
    await expect(scores.first()).toContainText(library.label(best?.[0] ?? '').zh);
    await page.goto(`./#/?similar=${photo.id}`);
    await expect(page.getByRole('list', { name: '相似照片' }).getByRole('listitem').first()).toBeVisible();
    await untranslated('similar photos');
    await page.goto('./#/?panel=settings');
    await expect(page.getByRole('dialog', { name: '设置' })).toBeVisible();
    await untranslated('settings');
  });
});

test('the language is switched in place, and what was chosen stays', async ({ page, library }) => {
  await page.goto('./');
  await expectCount(page, library.present.length);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  expect((await shownTexts(page)).filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
  const grid = page.locator('[role="grid"]');
  await page.locator('[data-index="0"]').focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(grid).toHaveAccessibleName('照片');
  // Nothing that the person did is lost with it.
  await expect(page.getByRole('region', { name: '所选照片' })).toContainText('已选 1 张');
  await page.reload();
  await expect(grid).toHaveAccessibleName('照片');
  await page.goto('./#/?panel=settings');
  const settings = page.getByRole('dialog', { name: '设置' });
  await settings.getByRole('combobox', { name: '语言' }).selectOption('English');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  // So are the texts that came with the screen.
  await expect(page.getByText('One file with all photos’ tags')).toBeAttached();
  await page.keyboard.press('Escape');
  await page.reload();
  await expectCount(page, library.present.length);
});

test.describe('with a browser in another language', () => {
  test.use({ locale: 'fr-FR' });

  test('it is English', async ({ page, library }) => {
    await page.goto('./');
    await expectCount(page, library.present.length);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  });
});
