import { readFileSync } from 'node:fs';
import { expectAccessible } from './support/accessible.ts';
import { smallTargets } from './support/for-everyone.ts';
import { openApp, shownNames } from './support/person.ts';
import { expect, expectCount, test } from './support/seed.ts';

test.use({ viewport: { width: 1280, height: 3000 } });

test('a taught set of classes has a confusion matrix that keys move in and whose cells open their photos', async ({
  page,
  library,
}) => {
  await openApp(page, '#/labels');
  await page.getByRole('button', { name: 'New label set' }).click();
  const dialog = page.getByRole('dialog', { name: 'New label set' });
  await dialog.getByLabel('Name of the set').fill('Views');
  await dialog.getByLabel('Kind').selectOption('One of several');
  await dialog.getByLabel('Labels', { exact: true }).fill('town, bloom, face');
  await dialog.getByRole('button', { name: 'Make set' }).click();
  await page.getByRole('link', { name: 'Evaluate' }).click();
  await page.getByRole('combobox', { name: 'Label set' }).selectOption('Views');
  await expect(page.getByRole('button', { name: 'To the label sets' })).toBeVisible();

  const named = (start: string) => library.present.filter(({ name }) => name.startsWith(start));
  const lots = [
    { label: 'town', start: 'city-', key: 't' },
    { label: 'bloom', start: 'flowers-', key: 'b' },
    { label: 'face', start: 'portrait-', key: 'f' },
  ] as const;
  for (const { label, start, key } of lots) {
    await page.goto(`./#/?q=${start}`);
    await expectCount(page, named(start).length, library.present.length);
    // Both lots have as many photos: these are there once they are seen. Then one key follows the other at once.
    await expect(page.getByRole('gridcell').first()).toHaveAccessibleName(new RegExp(`^${start}`));
    await page.getByRole('gridcell').first().press('Control+a');
    await page.keyboard.press('l');
    const labelling = page.getByRole('dialog', { name: `Label ${named(start).length} photos` });
    await expect(labelling.getByRole('button', { name: /^town/ })).toBeVisible();
    await page.keyboard.press(key);
    await expect(
      labelling.getByRole('button', { name: new RegExp(`^${label}`), pressed: true }),
    ).toBeVisible();
    await labelling.getByRole('button', { name: 'Done' }).click();
  }
  await page.getByRole('link', { name: 'Labels' }).click();
  await page.getByRole('button', { name: /^Views/ }).click();
  await page.getByRole('button', { name: 'Teach' }).click();
  await expect(page.getByText(/^Taught on/)).toBeVisible();

  await page.getByRole('link', { name: 'Evaluate' }).click();
  const matrix = page.getByRole('grid', { name: 'Confusion matrix' });
  await expect(matrix.getByRole('columnheader')).toHaveCount(lots.length + 1);
  const total = lots.reduce((sum, { start }) => sum + named(start).length, 0);
  const cells = () =>
    matrix
      .getByRole('gridcell')
      .evaluateAll((all) =>
        all.map((cell) => /^actual (.+), predicted (.+): (\d+) photos?$/.exec(cell.ariaLabel ?? '') ?? []),
      );
  await expect
    .poll(async () => (await cells()).reduce((sum, [, , , count = 0]) => sum + Number(count), 0))
    .toBe(total);
  for (const { label, start } of lots) {
    const own = (await cells()).filter(([, actual]) => actual === label);
    expect(
      own.reduce((sum, [, , , count]) => sum + Number(count), 0),
      label,
    ).toBe(named(start).length);
  }
  await expect(page.getByRole('table', { name: 'Labels' }).getByRole('row')).toHaveCount(lots.length + 1);
  await expectAccessible(page, 'figures of classes');
  expect(await page.evaluate(smallTargets)).toEqual([]);

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save Confusion matrix' }).click();
  await page.getByRole('menuitem', { name: 'As a drawing (SVG)' }).click();
  const drawn = readFileSync(await (await saving).path(), 'utf8');
  const filled = (await cells()).filter(([, , , count]) => Number(count) > 0);
  expect(drawn.match(/<rect x/g)).toHaveLength(filled.length);

  // Keys go from cell to cell, those without photos included; Enter opens what is there.
  await page.getByRole('radio', { name: 'As in the set' }).check();
  await page.getByRole('radio', { name: '% of row' }).check();
  await matrix.locator('[tabindex="0"]').focus();
  await page.keyboard.press('Control+Home');
  await expect(matrix.getByRole('gridcell', { name: /^actual town, predicted town:/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(matrix.getByRole('gridcell', { name: /^actual town, predicted bloom:/ })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  await expect(matrix.getByRole('gridcell', { name: /^actual bloom, predicted face:/ })).toBeFocused();
  const [, actual = '', predicted = '', count = ''] = (await cells()).sort(
    (a, b) => Number(b[3]) - Number(a[3]),
  )[0]!;
  await matrix.getByRole('gridcell', { name: `actual ${actual}, predicted ${predicted}:` }).click();
  await expectCount(page, Number(count), library.present.length);
  const { start } = lots.find(({ label }) => label === actual)!;
  expect((await shownNames(page)).every((name) => name.startsWith(start))).toBe(true);
  await page.getByRole('button', { name: 'Back to the figures' }).click();
  await expect(matrix).toBeVisible();

  // Taught again after a slip of the person: not so sure any more, and compared with the answers that were kept before.
  await page.getByRole('radio', { name: 'Compare' }).check();
  await page.getByRole('textbox', { name: 'Name of a version' }).fill('First');
  await page.getByRole('textbox', { name: 'Name of a version' }).press('Enter');
  await expect(page.getByRole('list', { name: 'Kept versions' })).toContainText('First');
  await page.goto(`./#/?q=${named('city-')[0]!.name}`);
  await expectCount(page, 1, library.present.length);
  await page.getByRole('gridcell').first().press('Control+a');
  await page.keyboard.press('l');
  const slip = page.getByRole('dialog', { name: 'Label 1 photo' });
  await expect(slip.getByRole('button', { name: /^town/ })).toBeVisible();
  await page.keyboard.press('f');
  await expect(slip.getByRole('button', { name: /^face/, pressed: true })).toBeVisible();
  await slip.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'Labels' }).click();
  await page.getByRole('button', { name: /^Views/ }).click();
  await page.getByRole('button', { name: 'Teach' }).click();
  await page.getByRole('link', { name: 'Evaluate' }).click();
  await page.getByRole('radio', { name: 'Compare' }).check();
  // What the set said before it was taught again was kept by itself.
  await expect(page.getByRole('combobox', { name: 'Before' }).locator('option:checked')).toHaveText(
    'Before the last teaching',
  );
  await page.getByRole('combobox', { name: 'Before' }).selectOption('First');
  await page.getByRole('combobox', { name: 'After' }).selectOption('Present answers, own thresholds');
  const side = page.getByRole('region', { name: 'Figures side by side' });
  await expect(side.getByText(`Photos that both have answers for: ${total}.`)).toBeVisible();
  await page.getByRole('radio', { name: 'Figures' }).check();

  // What is not probable enough is refused, in a column of its own; a class has curves, whose bars open photos.
  const refusing = page.getByRole('slider', { name: 'Threshold' });
  await refusing.fill('1');
  await expect(matrix.getByRole('columnheader')).toHaveCount(lots.length + 2);
  const refused = matrix.getByRole('gridcell', { name: /^actual town, predicted None of these:/ });
  const refusals = Number(/(\d+) photos?$/.exec((await refused.getAttribute('aria-label')) ?? '')?.[1]);
  expect(refusals).toBeGreaterThan(0);
  await refused.click();
  await expectCount(page, refusals, library.present.length);
  await page.getByRole('button', { name: 'Back to the figures' }).click();
  await expect(refusing).toHaveValue('1');
  await page.getByRole('button', { name: 'How sure are the answers?' }).click();
  await page.getByText('Charts as tables').click();
  const sure = page.getByRole('table', { name: 'Reliability' }).getByRole('link').last();
  const surest = Number(await sure.textContent());
  await expectAccessible(page, 'how sure the answers are');
  await sure.click();
  await expectCount(page, surest, library.present.length);
  await page.getByRole('button', { name: 'Back to the figures' }).click();
  await page.getByRole('table', { name: 'Labels' }).getByRole('button', { name: 'bloom' }).click();
  const bloom = page.getByRole('region', { name: 'bloom', exact: true });
  await expect(bloom.getByRole('img', { name: /^ROC curve of bloom/ })).toBeVisible();
  // Points and bars by keyboard: the last point of the curve opens all photos that are judged.
  const curve = bloom.getByRole('button', { name: /^ROC curve, bloom: / });
  await curve.focus();
  await page.keyboard.press('End');
  await expect(curve).toHaveAccessibleName(new RegExp(`Recall 1\\.000 – ${total} photos`));
  await page.keyboard.press('Enter');
  await expectCount(page, total, library.present.length);
  await page.getByRole('button', { name: 'Back to the figures' }).click();
  await bloom.getByRole('button', { name: /^Scores, bloom: / }).press('End');
  await expect(bloom.getByText(/^Score [\d.]+–[\d.]+, With the label – /)).toBeVisible();
  await bloom.getByText('Charts as tables').click();
  const bars = bloom.getByRole('table', { name: 'Scores' }).getByRole('link', { name: /with bloom/ });
  const inBars = await bars.allInnerTexts();
  expect(inBars.reduce((sum, text) => sum + Number(text), 0)).toBe(named('flowers-').length);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByRole('grid', { name: '混淆矩阵' })).toBeVisible();
  await expectAccessible(page, 'figures of classes, dark, in Chinese');
});
