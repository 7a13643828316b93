// @ts-check
/** The part of scripts/gallery.mjs that shows searches by picture: the ways to match, names of things, parts of photos, the camera. */

/** @typedef {import('./gallery.mjs').Tour} Tour */

const words = {
  en: {
    region: 'Part of the photo to search for',
    catalogue: 'Catalogue',
    csv: 'Choose a CSV file',
    give: 'Give these names',
    forget: 'Take all names away',
    live: 'Live matches',
  },
  zh: {
    region: '要查找的部分',
    catalogue: '物品目录',
    csv: '选择 CSV 文件',
    give: '使用这些名称',
    forget: '去掉全部名称',
    live: '实时匹配',
  },
};

/** To be given to the browser: a camera that shows a pattern, and leave to use it. */
export const cameraArguments = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** @param {Tour} tour */
async function matches({ page, photo, idOf, go, shot }) {
  await go(`#/?similar=${photo}`);
  await page.locator('.hits__item').first().waitFor();
  await shot('similar');
  const copied = await idOf('hills-1');
  for (const match of ['same', 'strict']) {
    await go(`#/?similar=${copied}&match=${match}`);
    await page.locator('.same').first().waitFor();
    await shot(match);
  }
  await go(`#/?similar=tray&like=${photo},${copied}*-0.5`);
  await page.locator('.hits__item').first().waitFor();
  await shot('tray');
}

/** @param {Tour} tour */
async function things({ page, language, photo, go, shot }) {
  const said = words[language];
  await go(`#/?similar=${photo}&match=product`);
  await page.locator('.thing__photo').first().waitFor();
  await shot('product');
  await page.getByRole('button', { name: said.catalogue }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { level: 3 }).waitFor();
  await shot('catalogue');
  const csv =
    'file,name,price\nbeach-1.jpg,Sea view,12\nbeach-2.jpg,Sea view,12\ncity-1.jpg,Town,9\nnowhere.jpg,Ghost,1\n';
  await dialog
    .getByLabel(said.csv)
    .setInputFiles({ name: 'names.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await dialog.getByRole('status').waitFor();
  await shot('catalogue-plan');
  await dialog.getByRole('button', { name: said.give }).click();
  await dialog.locator('.catalogue__item').first().waitFor();
  await shot('catalogue-filled');
  await page.keyboard.press('Escape');
  await page.locator('.named').waitFor();
  await shot('product-named');
  await page.getByRole('button', { name: said.catalogue }).click();
  await dialog.getByRole('button', { name: said.forget }).click();
  await dialog.locator('.catalogue__item').first().waitFor({ state: 'detached' });
}

/** @param {Tour} tour */
async function parts({ page, language, photo, go, shot }) {
  await go(`#/?similar=${photo}&panel=region`);
  const part = page.getByRole('group', { name: words[language].region });
  await part.waitFor();
  await shot('region');
  await part.press('ArrowRight');
  await shot('region-part');
}

/** @param {Tour} tour */
async function camera({ page, language, go, shot }) {
  await go('#/?panel=camera');
  await page.locator('.camera__video').waitFor();
  await shot('camera');
  await page.getByRole('dialog').getByText(words[language].live).first().click();
  await page.locator('.camera__hit').first().waitFor({ timeout: 60_000 });
  await shot('camera-live');
  await go('');
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
    location.hash = '#/?panel=camera';
  });
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await shot('camera-none');
}

/** As `views` of scripts/gallery.mjs. */
export const findViews = [matches, things, parts, camera];
