import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/accessible.ts';
import { groups, photo, press } from './support/duplicates.ts';
import { fixture } from './support/fixtures.ts';
import { addPhotos, openApp, photoCell, waitForImport } from './support/person.ts';
import { temporaryFolder } from './support/temporary.ts';
import { expect, type Locator, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({ serveOptions: { overlay: tinyPackOverlay() }, keptOffline: false });

/** Duplicates: decided by button and by key, removed from the library, taken back after a restart. */

test('copies of equal bytes: decisions, dry run, apply, undo after a restart', async ({ page }) => {
  const copies = [
    ['photos/hills-1.jpg', 'duplicates/hills copy.jpg'],
    ['photos/fruit-2.jpg', 'duplicates/Kopie von Früchte (1).JPG'],
  ] as const;
  await openApp(page);
  await addPhotos(page, [...copies.flat(), 'photos/city-1.jpg'].map(fixture));
  await waitForImport(page, 5);
  await page.getByRole('link', { name: 'Duplicates' }).click();
  const exact = page.getByRole('tab', { name: 'Exact', exact: true });
  await expect(exact).toHaveAttribute('aria-selected', 'true');
  await expect(groups(page)).toHaveCount(2);
  await expect(exact).toHaveAccessibleDescription('2');
  await expect(groups(page).nth(1)).toHaveAccessibleName('Group 2 of 2');
  await expect(page.getByText('2 groups not decided')).toBeVisible();
  await expectAccessible(page, 'duplicates');

  // By arrow from wherever the focus is: it goes along.
  await groups(page).nth(0).getByRole('button').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('region', { name: 'Group 2 of 2' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('region', { name: 'Group 1 of 2' })).toBeFocused();

  // By button: the other copy goes, and the next group is shown.
  await photo(page, 'hills copy.jpg').getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Group 2 of 2' })).toBeFocused();
  await expect(page.getByText('1 group not decided')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /^Group 2 of 2$/ })).toBeAttached();
  // By key: both stay, which takes the group off the list; Z brings it back.
  await page.keyboard.press('o');
  await expect(groups(page)).toHaveCount(1);
  // Ctrl+Z means the same wherever on the screen the focus is.
  await page.getByRole('button', { name: 'Dry run' }).focus();
  await page.keyboard.press('Control+z');
  await expect(groups(page)).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'Group 2 of 2' })).toBeFocused();
  await page.keyboard.press('n');
  await expect(groups(page)).toHaveCount(1);
  await expect(photo(page, 'hills-1.jpg')).toContainText('Goes');
  // A group that was decided long ago can be decided again; and that was only a look.
  await press(page, 'Decide again');
  await expect(photo(page, 'hills-1.jpg')).not.toContainText('Goes');
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
  await expect(photo(page, 'hills-1.jpg')).toContainText('Goes');

  // A decision outlives the page, and the same files taken in again; what it comes to is listed before it is done.
  await addPhotos(page, copies.flat().map(fixture));
  await page.reload();
  await expect(groups(page)).toHaveCount(1);
  await expect(page.getByText('1 photo decided to go')).toBeVisible();
  await press(page, 'Dry run');
  const dialog = page.getByRole('dialog', { name: 'Dry run' });
  const list = dialog.getByRole('list', { name: 'What would be removed' });
  await expect(list.getByRole('listitem')).toHaveText(/hills-1\.jpg.*You decided: hills copy\.jpg stays/);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('1 photo removed from the library').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No duplicates here' })).toBeVisible();
  await page.getByRole('link', { name: 'Photos' }).click();
  await expect(photoCell(page, 'hills copy.jpg')).toBeVisible();
  await expect(photoCell(page, 'hills-1.jpg')).toHaveCount(0);

  // After a restart it can still be taken back, step by step.
  await page.goto('about:blank');
  await openApp(page, '#/duplicates');
  await press(page, 'Undo');
  await expect(page.getByText('1 photo is back')).toBeVisible();
  await expect(groups(page)).toHaveCount(1);
  await press(page, 'Undo');
  await expect(groups(page)).toHaveCount(2);

  // Rules decide the rest, as listed.
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await undo.press('Enter');
  await expect(undo).toBeDisabled();
  // The keys go on from the middle of the screen, not from the top of the page.
  await expect(page.getByRole('main')).toBeFocused();
  await press(page, 'Dry run');
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('heading', { name: 'No duplicates here' })).toBeVisible();

  // Whatever was applied can be taken back, also when it is not the last thing any more.
  await press(page, 'Decisions');
  const decisions = page.getByRole('dialog', { name: 'Decisions' });
  const applied = decisions.getByRole('list', { name: 'Applied' });
  await expect(applied.getByRole('listitem')).toHaveText(/2 photos removed/);
  await expectAccessible(page, 'what was applied', decisions);
  await applied.getByRole('button', { name: /^Take back what was applied on/ }).click();
  await expect(page.getByText('2 photos are back').first()).toBeVisible();
  await expect(applied).toBeHidden();
  await decisions.getByRole('button', { name: 'Close' }).click();
  await expect(groups(page)).toHaveCount(2);
});

test('decisions: listed, searched, taken back, saved and read; contradictions are shown and settled; rules with exceptions', async ({
  page,
}) => {
  await openApp(page);
  const copies = ['photos/hills-1.jpg', 'duplicates/hills copy.jpg'];
  await addPhotos(page, copies.map(fixture));
  await waitForImport(page, 2);
  await page.getByRole('link', { name: 'Duplicates' }).click();

  // Rules, and what the person wants otherwise for one group.
  await press(page, 'Dry run');
  const dryRun = page.getByRole('dialog', { name: 'Dry run' });
  const list = dryRun.getByRole('list', { name: 'What would be removed' });
  await expect(list.getByRole('listitem')).toHaveText(/hills copy\.jpg.*By rules: hills-1\.jpg stays/);
  const otherwise = async (name: string, choice: string) => {
    await dryRun.getByRole('button', { name: `Choose otherwise: ${name}` }).press('Enter');
    await page.getByRole('menuitem', { name: choice }).press('Enter');
  };
  await otherwise('hills copy.jpg', 'hills copy.jpg stays instead');
  const again = dryRun.getByRole('button', { name: 'By the rules again: hills copy.jpg' });
  await expect(again).toBeFocused();
  await expect(list.getByRole('listitem')).toHaveText(/hills-1\.jpg.*By rules: hills copy\.jpg stays/);
  await otherwise('hills-1.jpg', 'All of its group stay');
  await expect(dryRun.getByText('Nothing would be removed.')).toBeVisible();
  await expect(dryRun.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(dryRun).toBeHidden();

  await photo(page, 'hills copy.jpg').getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.getByText('1 photo decided to go')).toBeVisible();
  await press(page, 'Decisions');
  const dialog = page.getByRole('dialog', { name: 'Decisions' });
  const decisions = dialog.getByRole('list', { name: 'Decisions' }).getByRole('listitem');
  await expect(decisions).toHaveText(/The first stays, the others go.*hills copy\.jpg · hills-1\.jpg/);
  const search = dialog.getByRole('searchbox', { name: 'Search by name or folder' });
  await search.fill('beach');
  await expect(dialog.getByText('0 decisions')).toBeVisible();
  await search.fill('HILLS');
  await expect(decisions).toHaveCount(1);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export' }).click(),
  ]);
  const saved = readFileSync(await download.path(), 'utf8');
  const takeBack = dialog.getByRole('button', { name: /Take back/ });
  await takeBack.click();
  await expect(decisions).toHaveCount(0);
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
  await expect(decisions).toHaveCount(1);
  await takeBack.click();
  await expect(decisions).toHaveCount(0);
  const read = (text: string) =>
    dialog
      .getByLabel('File of decisions')
      .setInputFiles({ name: 'decisions.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await read('[]');
  await expect(page.getByText('That file holds no decisions about duplicates.').first()).toBeVisible();
  await read(saved);
  await expect(decisions).toHaveCount(1);
  // Another library's decision says the contrary.
  const contrary = JSON.parse(saved) as { decisions: { photos: unknown[] }[] };
  contrary.decisions[0]!.photos.reverse();
  await read(JSON.stringify(contrary));
  await expect(decisions).toHaveCount(2);
  await page.keyboard.press('Escape');
  const conflicts = page.getByRole('region', { name: 'Decisions that contradict each other' });
  await expect(conflicts).toContainText('each photo is to go for another of them');
  await expect(page.getByText('decided to go')).toBeHidden();
  await expectAccessible(page, 'contradictions', conflicts);
  await conflicts.getByRole('button', { name: 'Show these decisions' }).click();
  const contradicting = page.getByRole('dialog', { name: 'Decisions that contradict each other' });
  await expect(contradicting.getByRole('listitem')).toHaveCount(2);
  await contradicting
    .getByRole('listitem')
    .filter({ hasText: 'hills-1.jpg · hills copy.jpg' })
    .getByRole('button')
    .click();
  await contradicting.getByRole('button', { name: 'Close' }).click();
  await expect(conflicts).toBeHidden();
  await expect(page.getByText('1 photo decided to go')).toBeVisible();

  // What is compared is remembered, and seen.
  await press(page, 'What to compare');
  const scope = page.getByRole('dialog', { name: 'What to compare' });
  const none = page.getByText('No duplicates here');
  const leavesNone = async (field: Locator, value: string) => {
    await field.fill(value);
    await expect(none).toBeVisible();
    await field.fill('');
    await expect(none).toBeHidden();
  };
  await leavesNone(scope.getByRole('textbox', { name: /^Leave out/ }), 'x; hills*');
  await leavesNone(scope.getByRole('spinbutton', { name: 'From this file size, kB' }), '99999');
  await leavesNone(scope.getByLabel('Taken from'), '2099-01-01');
  await leavesNone(scope.getByLabel('Taken until'), '1970-01-02');
  const tag = scope.getByLabel('With the tag');
  await tag.selectOption({ index: 1 });
  await expect(none).toBeVisible();
  await tag.selectOption('Any');
  await expect(none).toBeHidden();
  // Of no reference folder: there is nothing to compare them with.
  await scope.getByRole('radio', { name: 'With reference folders' }).check();
  await expect(none).toBeVisible();
  await scope.getByRole('radio', { name: 'Within each folder' }).check();
  await expect(none).toBeHidden();
  await scope.getByRole('radio', { name: 'All with all' }).check();
  await scope.getByRole('textbox', { name: /^Only these formats/ }).fill('png');
  await scope.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('heading', { name: 'No duplicates here' })).toBeVisible();
  await page.reload();
  await expect(page.getByText('What is compared: png')).toBeVisible();
  await press(page, 'Compare everything');
  await expect(groups(page)).toHaveCount(1);

  // What the photo that stays gets of the others is chosen field by field, and remembered.
  const camera = join(temporaryFolder(), 'IMG_0001.jpg');
  copyFileSync(fixture('photos/hills-1.jpg'), camera);
  await addPhotos(page, [camera]);
  await photo(page, 'IMG_0001.jpg').getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.getByText('2 photos decided to go')).toBeVisible();
  await page.getByRole('link', { name: 'Photos', exact: true }).click();
  await photoCell(page, 'hills copy.jpg').focus();
  await page.keyboard.press('f');
  await expect(photoCell(page, 'hills copy.jpg')).toHaveAccessibleDescription('Favourite');
  await page.getByRole('link', { name: 'Duplicates' }).click();
  await press(page, 'Dry run');
  const favourite = dryRun.getByRole('checkbox', { name: 'Being a favourite' });
  await dryRun.getByRole('checkbox', { name: 'Tags that were decided on or written in the file' }).uncheck();
  await favourite.uncheck();
  await dryRun.getByLabel('Capture date').selectOption('The oldest');
  await dryRun.getByLabel('Name in the library').selectOption('Theirs, if its own is a camera’s');
  await dryRun.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('heading', { name: 'No duplicates here' })).toBeVisible();
  await page.getByRole('link', { name: 'Photos', exact: true }).click();
  const cells = page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell');
  await expect(cells).toHaveCount(1);
  await expect(cells).toHaveAccessibleName(/^hills/);
  await expect(cells).not.toHaveAccessibleDescription('Favourite');
  await page.getByRole('link', { name: 'Duplicates' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(photo(page, 'IMG_0001.jpg')).toBeVisible();
  await press(page, 'Dry run');
  await expect(favourite).not.toBeChecked();
  await expect(dryRun.getByLabel('Capture date')).toHaveValue('oldest');
  await favourite.check();
  await dryRun.getByLabel('Name in the library').selectOption('Its own');
  await dryRun.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('heading', { name: 'No duplicates here' })).toBeVisible();
  await page.getByRole('link', { name: 'Photos', exact: true }).click();
  await expect(cells).toHaveCount(1);
  await expect(cells).toHaveAccessibleName('IMG_0001.jpg');
  await expect(cells).toHaveAccessibleDescription('Favourite');
});
