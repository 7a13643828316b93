import { readFileSync } from 'node:fs';
import { expectAccessible } from './support/accessible.ts';
import { smallTargets } from './support/for-everyone.ts';
import { type SaidVerdict, storeVerdicts } from './support/judge.ts';
import { openApp, photoView, shownNames } from './support/person.ts';
import { expect, expectCount, type Page, test } from './support/seed.ts';
import type { SeededLibrary, SeededPhoto } from './support/seeded-library.ts';

test.use({ viewport: { width: 1280, height: 3000 } });

/** What the person is made to have said of the labels that photos have most: mostly what the model says, not always. */
function judged(library: SeededLibrary) {
  const labels = library.counts.slice(0, 5).map(({ label }) => label);
  const truth = new Map<string, Map<SeededPhoto, boolean>>();
  const verdicts: SaidVerdict[] = [];
  let state = 7;
  for (const label of labels) {
    const said = new Map<SeededPhoto, boolean>();
    for (const photo of library.present) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const chance = state / 2 ** 32;
      if (chance < 0.15) continue; // not judged
      const isThere = photo.tags.has(label.id) !== chance > 0.75;
      said.set(photo, isThere);
      verdicts.push([photo.id, library.labels.indexOf(label), isThere]);
    }
    truth.set(label.id, said);
  }
  const photosOf = (id: string, isThere: boolean, isPredicted: boolean, threshold: number) =>
    [...truth.get(id)!]
      .filter(([photo, said]) => said === isThere && photo.scores.get(id)! >= threshold === isPredicted)
      .map(([photo]) => photo.name)
      .sort();
  return { labels, truth, verdicts, photosOf };
}

const row = (page: Page, label: string) =>
  page
    .getByRole('table', { name: 'Labels' })
    .getByRole('row')
    .filter({
      has: page.getByRole('rowheader', { name: label, exact: true }),
    });

async function expectShown(page: Page, names: readonly string[]): Promise<void> {
  await expect.poll(async () => [...(await shownNames(page))].sort()).toEqual(names);
}

test('figures of what was judged: every cell opens exactly its photos, corrections and undo move them', async ({
  page,
  library,
}) => {
  const { labels, truth, verdicts, photosOf } = judged(library);
  await storeVerdicts(page, verdicts);
  await openApp(page);
  await page.getByRole('link', { name: 'Evaluate' }).click();
  const table = page.getByRole('table', { name: 'Labels' });
  await expect(table.getByRole('row')).toHaveCount(labels.length + 1);
  await expect(page.getByText(/^Photos that you judged: \d+; labels: 5\./)).toBeVisible();
  await expect(page.getByText(/^95%: 0\.\d{3} to 0\.\d{3}$/).first()).toBeVisible();

  for (const { id, en, threshold } of labels) {
    const outcomes = [
      photosOf(id, true, true, threshold),
      photosOf(id, false, true, threshold),
      photosOf(id, true, false, threshold),
      photosOf(id, false, false, threshold),
    ].map((photos) => photos.length);
    const [tp, fp, fn] = outcomes as [number, number, number];
    const shown = await row(page, en).getByRole('cell').allInnerTexts();
    const f1 = (2 * tp) / (2 * tp + fp + fn);
    expect(shown.slice(0, 5).map(Number), en).toEqual([tp + fn, ...outcomes]);
    expect(shown[7], `${en}: F1`).toBe(f1.toFixed(3));
  }

  // The photos of a cell, one of them corrected, and that taken back.
  const { id, en, threshold } = labels.find(
    (label) => photosOf(label.id, true, false, label.threshold).length > 1,
  )!;
  const missed = photosOf(id, true, false, threshold);
  const missedLink = row(page, en).getByRole('link', { name: `${en}: missed` });
  await missedLink.click();
  await expectShown(page, missed);
  await page.reload();
  await expectShown(page, missed);
  await page.getByRole('gridcell').first().press('Enter');
  await photoView(page)
    .getByRole('button', { name: `Reject ${en}` })
    .first()
    .click();
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await shownNames(page)).length).toBe(missed.length - 1);
  await page.getByRole('button', { name: 'Back to the figures' }).click();
  await expect(missedLink).toHaveText(`${missed.length - 1}`);
  await page.keyboard.press('Control+z');
  await expect(missedLink).toHaveText(`${missed.length}`);

  // Thresholds: of one label, of all, chosen, and back.
  const detail = page.getByRole('region', { name: en, exact: true });
  await detail.getByRole('slider', { name: 'Threshold', exact: true }).fill('0.9');
  const found = photosOf(id, true, true, 0.9);
  await expect(row(page, en).getByRole('cell').nth(1)).toHaveText(`${found.length}`);
  await expect(row(page, en).getByRole('cell').last()).toHaveText('0.90');
  await page.getByRole('slider', { name: 'Threshold of all labels' }).fill('0.2');
  for (const label of labels) {
    const all = photosOf(label.id, true, true, 0.2).length;
    await expect(row(page, label.en).getByRole('cell').nth(1)).toHaveText(`${all}`);
  }
  await page.getByRole('button', { name: 'Choose thresholds' }).click();
  await expect(row(page, en).getByRole('cell').last()).not.toHaveText('0.20');
  await page.getByRole('button', { name: 'Back to the model’s' }).click();
  await expect(missedLink).toHaveText(`${missed.length}`);

  // Bars and bins open their photos, too: by a press on the chart, and from the tables below.
  await detail.getByText('Charts as tables').click();
  const bar = detail.getByRole('link', { name: new RegExp(`Photos with ${en}, scores`) }).first();
  const [, lower = '', upper = ''] =
    /(\d\.\d+)–(\d\.\d+)/.exec((await bar.getAttribute('aria-label')) ?? '') ?? [];
  const inBar = [...truth.get(id)!]
    .filter(
      ([photo, said]) =>
        said && photo.scores.get(id)! >= Number(lower) && photo.scores.get(id)! < Number(upper),
    )
    .map(([photo]) => photo.name)
    .sort();
  await bar.click();
  await expectShown(page, inBar);
  await page.goBack();
  const chart = detail.getByRole('img', { name: /^Reliability of/ });
  await expect(chart.locator('.recharts-line-dot').first()).toBeVisible();
  await chart.locator('.recharts-line-dot').first().click();
  await expect(page.getByRole('list', { name: 'Active filters' })).toContainText(`${en}: scores 0.0`);
  await page.goBack();

  for (const [kind, start] of [
    ['As a picture (PNG)', '\u0089PNG'],
    ['As a drawing (SVG)', '<svg '],
  ] as const) {
    const saving = page.waitForEvent('download');
    await detail.getByRole('button', { name: 'Save ROC curve' }).click();
    await page.getByRole('menuitem', { name: kind }).click();
    const saved = readFileSync(await (await saving).path(), 'latin1');
    expect(saved.slice(0, start.length)).toBe(start);
    expect(saved.length).toBeGreaterThan(2000);
    expect(saved).not.toContain('var(--');
  }

  // Sorted by F1, worst first.
  await table.getByRole('button', { name: 'F1' }).click();
  await table.getByRole('button', { name: 'F1' }).click();
  await expect(table.getByRole('columnheader', { name: 'F1' })).toHaveAttribute('aria-sort', 'ascending');
  const f1s = (await table.locator('tbody tr td:nth-child(9)').allInnerTexts()).map(Number);
  expect(f1s).toEqual(f1s.toSorted((a, b) => a - b));
  await expectAccessible(page, 'figures of labels');
  expect(await page.evaluate(smallTargets)).toEqual([]);

  // Mixed up: a photo in which one is missed while another is given.
  await page.getByRole('radio', { name: 'Mix-ups' }).check();
  const pairs = page.getByRole('table', { name: 'Missed while another was given' });
  const [missedName = '', givenName = '', count = ''] = await pairs
    .locator('tbody tr')
    .first()
    .locator('th, td')
    .allInnerTexts();
  const one = labels.find((label) => label.en === missedName)!;
  const other = labels.find((label) => label.en === givenName)!;
  const both = [...truth.get(one.id)!]
    .filter(([photo, said]) => said && !photo.tags.has(one.id) && photo.tags.has(other.id))
    .map(([photo]) => photo.name)
    .sort();
  expect(Number(count)).toBe(both.length);
  await expectAccessible(page, 'mix-ups');
  await pairs.getByRole('link').first().click();
  await expectShown(page, both);

  // Figures of a selection: its counts open photos of it only.
  const cityPhotos = [...truth.get(id)!].filter(([photo]) => photo.name.startsWith('city-'));
  await page.goto('./#/?q=city-');
  await expectCount(
    page,
    library.present.filter(({ name }) => name.startsWith('city-')).length,
    library.present.length,
  );
  await page.getByRole('gridcell').first().press('Control+a');
  await page.getByRole('button', { name: 'Evaluate' }).click();
  await expect(page.getByRole('combobox', { name: 'Photos that are judged' })).toHaveValue('filter');
  const support = cityPhotos.filter(([, said]) => said).length;
  await expect(row(page, en).getByRole('cell').first()).toHaveText(`${support}`);
  const [outcome, behind] = (
    [
      ['missed', true, false],
      ['found', true, true],
      ['left out', false, false],
      ['given wrongly', false, true],
    ] as const
  )
    .map(([name, isThere, isPredicted]) => {
      const photos = cityPhotos.filter(
        ([photo, said]) => said === isThere && photo.scores.get(id)! >= threshold === isPredicted,
      );
      return [name, photos.map(([photo]) => photo.name).sort()] as const;
    })
    .find(([, photos]) => photos.length > 0)!;
  await row(page, en)
    .getByRole('link', { name: `${en}: ${outcome}` })
    .click();
  await expectShown(page, behind);
  await expect(page.getByRole('list', { name: 'Active filters' })).toContainText(/\d+ selected photos/);
  await page.getByRole('button', { name: 'Back to the figures' }).click();
  await page.getByRole('combobox', { name: 'Photos that are judged' }).selectOption('All photos');
  await expect(missedLink).toHaveText(`${missed.length}`);
});

test('what was likely said wrongly is reviewed one by one; moved thresholds are compared; figures are files', async ({
  page,
  library,
}) => {
  const { labels, truth, verdicts } = judged(library);
  await storeVerdicts(page, verdicts);
  await openApp(page, '#/evaluate?part=errors');
  const part = page.getByRole('region', { name: 'Likely mistakes in what was said' });
  const left = part.getByRole('status');
  await expect(left).toHaveText(/^\d+ to look at$/);
  const total = Number.parseInt((await left.textContent()) ?? '', 10);
  expect(total).toBeGreaterThan(2);

  // The most suspect one is that whose opposite is most probable.
  const suspect = part.getByRole('article');
  const words = (await suspect.getByText(/likely/).textContent()) ?? '';
  const [, isThere, en = '', share = ''] =
    /^You (said|ruled out) “(.+)”\. .* (\d+)% likely/.exec(words) ?? [];
  const { id } = labels.find((label) => label.en === en)!;
  await expect(suspect).toHaveAccessibleName(/./); // its name comes after the figures
  const name = (await suspect.getAttribute('aria-label')) ?? '';
  const photo = library.photo(name);
  expect(truth.get(id)!.get(photo)).toBe(isThere === 'said');
  const score = photo.scores.get(id)!;
  expect(Math.round(100 * (isThere === 'said' ? score : 1 - score))).toBe(Number(share));
  await expectAccessible(page, 'likely mistakes');

  await suspect.getByRole('button', { name: /^It is (not )?[A-Z]/ }).click();
  await expect(left).toHaveText(new RegExp(`^${total - 1} `));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(left).toHaveText(new RegExp(`^${total} `));
  await expect(suspect).toHaveAccessibleName(name);
  await suspect.getByRole('button', { name: 'It is right' }).press('Enter');
  await expect(left).toHaveText(new RegExp(`^${total - 1} `));
  await expect(suspect.getByRole('button', { name: 'It is right' })).toBeFocused();

  // Thresholds that give every label to every photo fix what was missed and break what was left out.
  await page.getByRole('slider', { name: 'Threshold of all labels' }).fill('0');
  await page.getByRole('radio', { name: 'Compare' }).check();
  const changes = page.getByRole('table', { name: 'Compare two versions' });
  const first = labels[0]!;
  const line = changes
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: first.en, exact: true }) });
  const said = [...truth.get(first.id)!];
  const fixed = said.filter(([one, isThere]) => isThere && !one.tags.has(first.id)).map(([one]) => one.name);
  const broken = said
    .filter(([one, isThere]) => !isThere && !one.tags.has(first.id))
    .map(([one]) => one.name);
  await expect(line.getByRole('cell').nth(5)).toHaveText(`${fixed.length}`);
  await expectAccessible(page, 'two versions side by side');
  await line.getByRole('link').last().click();
  await expectShown(page, broken.sort());
  await page.getByRole('button', { name: 'Back to the figures' }).click();

  // Kept under a name, and compared with what the set itself says.
  await page.getByRole('textbox', { name: 'Name of a version' }).fill('Everything');
  await page.getByRole('textbox', { name: 'Name of a version' }).press('Enter');
  await expect(page.getByRole('list', { name: 'Kept versions' })).toContainText('Everything');
  await page.getByRole('combobox', { name: 'Before' }).selectOption('Everything');
  await page.getByRole('combobox', { name: 'After' }).selectOption('Present answers, own thresholds');
  await expect(line.getByRole('cell').nth(5)).toHaveText(`${broken.length}`);
  await line.getByRole('link').first().click();
  await expectShown(page, broken.sort());
  await page.reload();
  await expectShown(page, broken.sort());
  await page.getByRole('button', { name: 'Back to the figures' }).click();
  await page.getByRole('combobox', { name: 'Before' }).selectOption('Everything');
  const wholes = page.getByRole('region', { name: 'Figures side by side' });
  await expect(wholes.getByRole('definition').first().getByRole('link')).toBeVisible();
  await page.getByRole('button', { name: 'Delete Everything' }).click();
  await expect(page.getByRole('list', { name: 'Kept versions' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('list', { name: 'Kept versions' })).toContainText('Everything');
  await page.getByRole('slider', { name: 'Threshold of all labels' }).fill('0');

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Table (CSV)' }).click();
  const csv = readFileSync(await (await saving).path(), 'utf8').split('\r\n');
  expect(csv[0]).toMatch(/^\uFEFFlabel,threshold,support,true_positives/);
  expect(csv.indexOf('')).toBe(labels.length + 1);
  expect(csv.find((text) => text.startsWith('hamming_loss,'))).toMatch(/^hamming_loss,0\.\d+,,$/);
  expect(csv.find((text) => text.startsWith(`${first.en},`))).toMatch(
    new RegExp(
      `^${first.en},0,${fixed.length + said.filter(([one, isThere]) => isThere && one.tags.has(first.id)).length},`,
    ),
  );

  // On paper: one page of figures, without what is pressed.
  const pages = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g);
  expect(pages).toHaveLength(1);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(page.getByText(/^Labels of the model · All photos · /)).toBeVisible();
  await expect(page.getByRole('slider')).toHaveCount(0);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(page.getByRole('slider').first()).toBeVisible();
});
