// @ts-check

/**
 * Opens a document of the app's origin in which the app does not run: what it has stored can be read and changed there.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} url of the app, with a final slash
 */
export async function openEmptyPage(page, url) {
  const address = `${url}empty.html`;
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(address);
}
