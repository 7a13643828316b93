import { expectAccessible } from './support/accessible.ts';
import { photoView } from './support/person.ts';
import { expect, test } from './support/seed.ts';
import { namedLike, saidOfViews } from './support/seeded-library.ts';

test.use({ modelRuns: true, viewport: { width: 1280, height: 3000 } });

test('why a label: where it comes from lies over the picture, label by label, photo by photo', async ({
  page,
  library,
}) => {
  const photo = library.present.find(({ tags }) => tags.size > 0)!;
  const [top = '', ...rest] = [...photo.scores]
    .sort((a, b) => b[1] - a[1])
    .map(([id]) => library.label(id).en);
  await page.goto(`./#/?photo=${photo.id}`);
  const view = photoView(page);
  const why = (label: string) => view.getByRole('button', { name: `Why ${label}?` });
  const words = view.getByRole('status').filter({ hasText: /speaks/ });
  await why(top).click();
  await expect(words).toHaveText(new RegExp(`^Orange speaks for ${top}, most of all (at|on|in) the `));
  await expect(why(top)).toHaveAttribute('aria-pressed', 'true');
  const colours = () =>
    view.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const cells = Array.from({ length: data.length / 4 }, (_, n) => [...data.subarray(4 * n, 4 * n + 4)]);
      const strong = cells.filter(([, , , opacity = 0]) => opacity > 30);
      const orange = strong.filter(([red = 0, , blue = 0]) => red > blue).length;
      return { cells: cells.length, orange, blue: strong.length - orange };
    });
  const first = await colours();
  expect(first.cells).toBeGreaterThan(8);
  expect(first.orange).toBeGreaterThan(0);
  // The picture stays in sight below it, and another label has another map.
  await expectAccessible(page, 'why a label');
  const unlikely = rest.at(-1)!;
  await view.getByRole('searchbox', { name: 'Search labels' }).fill(unlikely);
  await why(unlikely).click();
  await expect(words).toContainText(`Nothing in the picture speaks for ${unlikely}`);
  expect((await colours()).orange).toBe(0);
  // It goes with the person to the next photo, until it is closed.
  await view.getByRole('button', { name: 'Next photo' }).click();
  await expect(words).toContainText(unlikely);
  await view.getByRole('button', { name: 'Hide what speaks for the label' }).click();
  await expect(view.locator('canvas')).toHaveCount(0);
  await view.getByRole('button', { name: 'Close', exact: true }).click();

  // A label of one's own has its map as well: through the model's projection and the weights that were taught.
  const said = saidOfViews(library);
  await page.goto('./#/labels');
  await page.getByRole('button', { name: 'Import labels' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import labels' });
  const buffer = Buffer.from(['file,label', ...said].join('\n'));
  await dialog
    .getByLabel('Files of labels')
    .setInputFiles({ name: 'Views.csv', mimeType: 'text/csv', buffer });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Teach', exact: true }).click();
  await expect(page.getByText(/^Taught on 6 photos/)).toBeVisible();
  await page.goto(`./#/?photo=${namedLike(library, 'city-').at(-1)!.id}`);
  await view.getByRole('searchbox', { name: 'Search labels' }).fill('skyline');
  await why('skyline').click();
  await expect(words).toContainText('skyline');
  const own = await colours();
  await view.getByRole('searchbox', { name: 'Search labels' }).fill('garden');
  await why('garden').click();
  await expect(words).toContainText('garden');
  const rival = await colours();
  expect(own.cells).toBe(first.cells);
  // What speaks for one of two classes speaks against the other.
  expect(own.orange).toBeGreaterThan(0);
  expect([rival.orange, rival.blue]).toEqual([own.blue, own.orange]);
  // On a phone the picture comes into sight: the labels lie below it.
  await page.setViewportSize({ width: 390, height: 844 });
  await view.getByRole('searchbox', { name: 'Search labels' }).fill(unlikely);
  await why(unlikely).click();
  await expect(view.locator('canvas')).toBeInViewport({ ratio: 0.9 });
});
