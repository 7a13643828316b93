import { expectAccessible } from './support/accessible.ts';
import { addPhotos, openApp, openPhoto, photoCell, shownScores, waitForImport } from './support/person.ts';
import { expect, test } from './support/test.ts';

const photos = ['formats/picture.png', 'formats/picture.webp', 'duplicates/hills copy.jpg'];
const files = photos.map((name) => `e2e/.fixtures/${name}`);

test('a person adds photos, sees them tagged, opens one and finds them again after a reload', async ({
  page,
}) => {
  await openApp(page);
  await expectAccessible(page, 'the first visit');

  await addPhotos(page, files);
  await waitForImport(page, files.length);
  for (const file of files) await expect(photoCell(page, file)).toBeVisible();
  await expectAccessible(page, 'photos with tags');

  await openPhoto(page, 'picture.png');
  const scores = (await shownScores(page)).map(({ score }) => score);
  expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  await expectAccessible(page, 'a photo');

  await page.keyboard.press('Escape');
  await page.reload();
  for (const file of files) await expect(photoCell(page, file)).toBeVisible();
});
