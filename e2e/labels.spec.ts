import { expectAccessible } from './support/accessible.ts';
import { openApp, openPhoto, photoCell } from './support/person.ts';
import { expect, expectCount, test } from './support/seed.ts';
import { namedLike, saidOfViews } from './support/seeded-library.ts';
import { numbersCalled, teachAndJudge } from './support/teach.ts';

test('a label set is made, photos are labelled by keys, and what was said is counted, shown and taken back', async ({
  page,
  library,
}) => {
  await openApp(page, '#/?sort=name');
  await expectCount(page, library.present.length);
  await page.getByRole('link', { name: 'Labels' }).click();
  await page.getByRole('button', { name: 'New label set' }).click();
  const dialog = page.getByRole('dialog', { name: 'New label set' });
  await dialog.getByLabel('Name of the set').fill('Places');
  await dialog.getByLabel('Kind').selectOption('One of several');
  await dialog.getByLabel('Labels', { exact: true }).fill('town, sea');
  await expectAccessible(page, 'a new label set');
  await dialog.getByRole('button', { name: 'Make set' }).click();
  await expect(page.getByRole('heading', { name: 'Places' })).toBeVisible();
  const row = (name: string) =>
    page.getByRole('table', { name: 'Label dictionary' }).getByRole('row', { name });
  await expect(row('town')).toContainText('t');

  await page.getByRole('link', { name: 'Photos', exact: true }).click();
  await expectCount(page, library.present.length);
  const cities = library.present.filter(({ name }) => name.startsWith('city-'));
  await photoCell(page, cities[0]!.name).click({ modifiers: ['Control'] });
  await photoCell(page, cities[1]!.name).click({ modifiers: ['Control'] });
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Label' }).click();
  const labelling = page.getByRole('dialog', { name: 'Label 2 photos' });
  await expect(labelling.getByRole('button', { name: /^sea/ })).toBeVisible();
  await page.keyboard.press('s');
  await page.keyboard.press('t');
  await expect(labelling.getByRole('button', { name: /^town/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(labelling.getByRole('button', { name: /^sea/ })).toHaveAttribute('aria-pressed', 'false');
  await expectAccessible(page, 'labelling');
  await labelling.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('link', { name: 'Labels' }).click();
  await expect(row('town').getByRole('cell').nth(1)).toHaveText('2');
  await expect(row('sea').getByRole('cell').nth(1)).toHaveText('0');
  await expectAccessible(page, 'a label set');
  await page.keyboard.press('Control+z');
  await expect(row('sea').getByRole('cell').nth(1)).toHaveText('2');
  await page.keyboard.press('Control+Shift+z');
  await expect(row('town').getByRole('cell').nth(1)).toHaveText('2');

  await page.reload();
  await page.getByRole('button', { name: 'town', exact: true }).click();
  await expectCount(page, 2, library.present.length);
  await page.goBack();
  // Every count opens its photos.
  const rest = library.present.length - 2;
  await page.getByRole('link', { name: `${rest} photos: Not labelled yet` }).click();
  await expectCount(page, rest, library.present.length);
  await page.getByRole('button', { name: 'Back to the label set' }).click();
  await page.getByRole('link', { name: '2 photos: sea: ruled out' }).click();
  await expectCount(page, 2, library.present.length);
  await page.goBack();
  await page.getByRole('button', { name: 'Delete the set' }).click();
  await expect(page.getByRole('heading', { name: 'Labels of your own' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /^Places/ }).click();
  await expect(row('town').getByRole('cell').nth(1)).toHaveText('2');
});

test('a few labelled photos teach a set: its labels are filters and scores of all photos, and it says how good it is', async ({
  page,
  library,
}) => {
  const said = [...saidOfViews(library), 'elsewhere.jpg,garden'];
  await openApp(page, '#/labels');
  await page.getByRole('button', { name: 'Import labels' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import labels' });
  const take = (name: string, text: string) =>
    dialog
      .getByLabel('Files of labels')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await take('broken.json', '{"photos":');
  await expect(dialog.getByRole('alert')).toContainText('The file is damaged');
  await take('Views.csv', ['file,label', ...said].join('\n'));
  await expect(dialog.getByText('6 photos of your library get labels; the file names 7.')).toBeVisible();
  await expect(dialog.getByText('1 name is not in your library')).toBeVisible();
  await expectAccessible(page, 'a dry run of an import');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Views' })).toBeVisible();

  await page.getByRole('button', { name: 'Teach' }).click();
  await expect(page.getByText(/^Taught on 6 photos/)).toBeVisible();
  await expect(page.getByText(/^Accuracy/)).toBeVisible();
  await expectAccessible(page, 'a taught set');

  // A third of them judges: the others are taught anew, and these are found to be right.
  const sides = page.getByRole('region', { name: 'Teach or judge' });
  await sides.getByText('Keep near-duplicates on one side').click();
  await sides.getByLabel('Share that judges').fill('33');
  await sides.getByRole('button', { name: 'Split at random' }).click();
  await expect(sides.getByText('4 photos teach, 2 judge, 0 are on neither side')).toBeVisible();
  await page.getByText('Learn as strictly as last time').click();
  await page.getByRole('button', { name: 'Teach', exact: true }).click();
  await expect(
    page.getByText(/^Taught on 4 photos .* Judged on the 2 photos that you set apart\.$/),
  ).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: /^1\.00\s*Accuracy/ })).toContainText('2 photos');
  await sides.getByRole('button', { name: 'Back to folds' }).click();
  await expect(sides.getByText('No split: folds judge.')).toBeVisible();

  await page.getByRole('button', { name: 'Label next photos' }).click();
  const queue = page.getByRole('region', { name: 'Labelling queue' });
  await queue.getByRole('radio', { name: 'Uncertain' }).check();
  await expect(queue.getByText(/^1 of /)).toBeVisible();
  await expectAccessible(page, 'the labelling queue');
  await page.keyboard.press('g');
  await expect(queue.getByText(/^2 of /)).toBeVisible();
  await queue.getByRole('button', { name: 'Skip' }).click();
  await expect(queue.getByText(/^3 of /)).toBeVisible();
  await page.keyboard.press('Control+z');
  // One key agrees with what is suggested.
  const suggested =
    /^Suggested: (.*)\.$/.exec((await queue.getByText(/^Suggested: /).textContent()) ?? '')?.[1] ?? '';
  await page.keyboard.press('Enter');
  await expect(queue.getByText(/^4 of /)).toBeVisible();
  await queue.getByRole('button', { name: 'Back', exact: true }).click();
  const agreed = queue.getByRole('button', { name: new RegExp(`^${suggested}`), pressed: true });
  await expect(agreed).toBeVisible();
  await queue.getByRole('button', { name: 'Back to the set' }).click();
  await page.keyboard.press('Control+z');

  // The whole set as a file, with what a label is called in Chinese, and back again.
  const dictionary = page.getByRole('table', { name: 'Label dictionary' });
  await dictionary.getByRole('button', { name: 'Edit garden' }).click();
  const editing = page.getByRole('dialog', { name: 'Edit garden' });
  await editing.getByLabel('Name in Chinese').fill('花园');
  await editing.getByLabel('Key while labelling').fill('j');
  await expectAccessible(page, 'a label of a set');
  await editing.getByRole('button', { name: 'Save' }).click();
  await expect(dictionary.getByRole('row', { name: 'garden' })).toContainText('j');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Labels as JSON' }).click();
  const saved = await (await saving).path();
  await page.getByRole('button', { name: 'Import labels' }).click();
  await dialog.getByLabel('Files of labels').setInputFiles(saved);
  await dialog.getByLabel('Into').selectOption('New label set');
  await expect(dialog.getByLabel('Kind')).toHaveValue('multi-class');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Views 2' })).toBeVisible();
  await expect(dictionary.getByRole('row', { name: 'garden' })).toContainText('j');
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(
    page.getByRole('table', { name: '标签词典' }).getByRole('button', { name: '花园', exact: true }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Delete the set' }).click();
  await expect(page.getByRole('button', { name: /^Views 2/ })).toBeHidden();
  await page.getByRole('button', { name: /^Views/ }).click();

  await page.getByRole('button', { name: 'skyline', exact: true }).click();
  await expect(page).toHaveURL(/all=/);
  const filter = new URL(page.url()).hash;
  await page.goto(`./${filter}&q=city-`);
  await expectCount(page, namedLike(library, 'city-').length, library.present.length);
  await page.goto(`./${filter}&q=flowers-`);
  await expect(page.getByRole('heading', { name: 'No photos match' })).toBeVisible();
  await page.goto(`./#/?q=${namedLike(library, 'city-').at(-1)!.name}`);
  const view = await openPhoto(page, namedLike(library, 'city-').at(-1)!.name);
  await expect(view.getByRole('list', { name: 'Tags' })).toContainText('skyline');

  // Labels by their keys in the photo view; what a key has said it takes back.
  const pad = view.getByRole('region', { name: 'Label set' });
  const garden = pad.getByRole('button', { name: /^garden/ });
  await expect(garden).toBeVisible();
  await page.keyboard.press('l');
  await expect(pad.getByRole('switch', { name: 'Label by keys (L)' })).toBeChecked();
  await page.keyboard.press('j');
  await expect(garden).toHaveAttribute('aria-pressed', 'true');
  await expectAccessible(page, 'labels by keys in the photo view');
  await page.keyboard.press('j');
  await expect(garden).toHaveAttribute('aria-pressed', 'false');
});

test('generated photos with labels of three kinds are taught on two thirds and judged on the rest', async ({
  page,
  library,
}) => {
  await openApp(page);
  const scenes: Readonly<Record<string, { light: string; subject: string; things: readonly string[] }>> = {
    beach: { light: 'day', subject: 'nature', things: ['sea', 'sky'] },
    city: { light: 'day', subject: 'town', things: ['house', 'sky'] },
    flowers: { light: 'day', subject: 'nature', things: ['plant'] },
    forest: { light: 'day', subject: 'nature', things: ['plant', 'sky'] },
    fruit: { light: 'lamp', subject: 'food', things: ['plant'] },
    hills: { light: 'day', subject: 'nature', things: ['sky', 'plant'] },
    night: { light: 'night', subject: 'town', things: ['house'] },
    portrait: { light: 'lamp', subject: 'people', things: [] },
  };
  const photos = library.present.flatMap(({ name }) => {
    const [, scene = '', number = ''] = /^([a-z]+)-(\d)\.jpg$/.exec(name) ?? [];
    return Object.hasOwn(scenes, scene) ? [{ name, scene, isJudge: number === '3', ...scenes[scene]! }] : [];
  });
  expect(photos).toHaveLength(24);
  const labelled = {
    'multi-class': ({ scene }: (typeof photos)[number]) => scene,
    'multi-output': ({ light, subject }: (typeof photos)[number]) => ({ light, subject }),
    'multi-label': ({ things }: (typeof photos)[number]) => things,
  };
  for (const [kind, labelsOf] of Object.entries(labelled)) {
    const figures = await teachAndJudge(page, {
      name: kind,
      kind,
      photos: photos.map((photo) => ({
        name: photo.name,
        labels: labelsOf(photo),
        fullyLabelled: kind === 'multi-label',
        split: photo.isJudge ? 'test' : 'train',
      })),
    });
    const found = numbersCalled(figures, kind === 'multi-label' ? 'meanAveragePrecision' : 'accuracy');
    console.log(kind, ...found.map(({ group, value }) => `${group} ${value.toFixed(3)}`));
    expect(found).toHaveLength(kind === 'multi-output' ? 2 : 1);
    for (const { value } of found) expect.soft(value, kind).toBeGreaterThanOrEqual(0.9);
  }
});
