import { fixture } from './support/fixtures.ts';
import {
  expectReflow,
  expectSeenApart,
  motions,
  smallTargets,
  wordsOnTheirOwnColour,
} from './support/for-everyone.ts';
import { addPhotos, openApp, openPhoto, waitForImport } from './support/person.ts';
import { expect, expectCount, type Page, test } from './support/seed.ts';
import type { SeededLibrary } from './support/seeded-library.ts';

/**
 * The main screens for people who point with difficulty, want nothing to move, magnify, choose their own colours, or
 * listen. What axe-core finds is in accessibility.spec.ts, keys are in keyboard.spec.ts.
 */

const screens = ['photos', 'photo', 'similar', 'settings', 'labels', 'evaluate', 'duplicates'] as const;
type Screen = (typeof screens)[number];

/** Goes to a screen and waits until it shows what it is for. */
async function visit(page: Page, screen: Screen, library: SeededLibrary): Promise<void> {
  const { id } = library.photo('city-1.jpg');
  const fragments = {
    photos: '',
    photo: `?photo=${id}`,
    similar: `?similar=${id}`,
    settings: '?panel=settings',
    labels: 'labels',
    evaluate: 'evaluate',
    duplicates: 'duplicates',
  };
  const shown = {
    photos: page.locator('[data-index="0"] img'),
    photo: page.locator('.recharts-surface').first(),
    similar: page.getByRole('list', { name: 'Similar photos' }).getByRole('button').first(),
    settings: page.getByRole('dialog', { name: 'Settings' }),
    labels: page.getByRole('button', { name: 'Import labels' }).first(),
    evaluate: page.getByRole('heading', { level: 1, name: 'Evaluate' }),
    duplicates: page.getByRole('heading', { level: 1, name: 'Duplicates' }),
  };
  await page.goto(`./#/${fragments[screen]}`);
  await expect(shown[screen]).toBeVisible();
}

/** 200 % zoom on a small laptop, and 400 % of 1280 pixels. */
const magnified = [
  { width: 640, height: 400 },
  { width: 320, height: 640 },
] as const;

test('targets are large enough, less motion is respected, and magnified screens lose nothing', async ({
  page,
  library,
}) => {
  await visit(page, 'photos', library);
  // Something moves at all where that is welcome.
  expect(await page.evaluate(motions)).not.toEqual([]);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const usual = page.viewportSize()!;
  for (const screen of screens) {
    await page.setViewportSize(usual);
    await visit(page, screen, library);
    expect.soft(await page.evaluate(smallTargets), screen).toEqual([]);
    expect.soft(await page.evaluate(motions), screen).toEqual([]);
    for (const size of magnified) {
      await page.setViewportSize(size);
      await expectReflow(page, `${screen}, ${size.width} pixels wide`);
    }
  }
  await visit(page, 'photos', library);
  await page.locator('[data-index="0"]').focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible();
  await expectReflow(page, 'a selection');
});

test('forced colours: selections, pressed buttons, thresholds and the focus are seen', async ({
  page,
  library,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await visit(page, 'photos', library);
  await page.locator('[data-index="1"]').focus();
  await page.keyboard.press('Space');
  expect(await page.evaluate(wordsOnTheirOwnColour)).toEqual([]);
  const [selected, other] = ['[data-index="1"]', '[data-index="2"]'];
  await expect(page.locator(selected)).toHaveAttribute('aria-selected', 'true');
  await expectSeenApart(page, 'a selected photo', selected, other);
  await expectSeenApart(page, 'its tick', `${selected} .grid-cell__tick`, `${other} .grid-cell__tick`);
  const face = (checked: string) => `.segmented__input${checked} + .segmented__face`;
  await expectSeenApart(page, 'the layout', face(':checked'), face(':not(:checked)'));
  await expectSeenApart(page, 'the place', '.filters__place--current', '.filters__place:not([aria-current])');
  // The ring around a photo has another colour than the page.
  await page.keyboard.press('ArrowRight');
  const ring = await page.locator(`${other} .grid-cell__frame`).evaluate((frame) => {
    const { outlineStyle, outlineColor } = getComputedStyle(frame);
    return {
      outlineStyle,
      apart: outlineColor !== getComputedStyle(document.documentElement).backgroundColor,
    };
  });
  expect(ring).toEqual({ outlineStyle: 'solid', apart: true });
  await page.keyboard.press('Escape');

  await visit(page, 'photo', library);
  const accept = page.locator('.label-row__button--accept[aria-pressed="false"]').first();
  await accept.click();
  const button = (pressed: boolean) => `.label-row__button--accept[aria-pressed="${pressed}"]`;
  await expect(page.locator(button(true)).first()).toBeVisible();
  await expectSeenApart(page, 'an accepted label', button(true), button(false));
  const chart = '.label-chart .recharts-bar-rectangle';
  await expectSeenApart(
    page,
    'a bar and its scale',
    `${chart} rect:nth-child(2)`,
    `${chart} rect:nth-child(1)`,
  );
  await expectSeenApart(
    page,
    'a threshold on it',
    `${chart} rect:nth-child(3)`,
    `${chart} rect:nth-child(1)`,
  );

  await visit(page, 'settings', library);
  await expectSeenApart(page, 'the appearance', face(':checked'), face(':not(:checked)'));
  expect(await page.evaluate(wordsOnTheirOwnColour)).toEqual([]);
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const colourOfSwitch = () =>
    settings
      .locator('.checkbox__face')
      .first()
      .evaluate((one) => getComputedStyle(one).backgroundColor);
  const before = await colourOfSwitch();
  await settings.getByRole('switch').first().press('Space');
  await expect.poll(colourOfSwitch).not.toBe(before);
});

test.describe('with the model', () => {
  test.use({ modelRuns: true });

  test('the main job as a screen reader tells it', async ({ page, library }) => {
    await openApp(page);
    await expectCount(page, library.present.length);
    await addPhotos(page, [fixture('formats/picture.webp')]);
    await waitForImport(page, 1);
    await expect(page.getByRole('region', { name: 'Import progress' })).toMatchAriaSnapshot(`
      - region "Import progress":
        - text: All done 1 / 1
        - button "Show less" [expanded]
        - button "Dismiss"
        - paragraph: 1 photo processed
        - status: "Adding photos is finished: 1 of 1."
    `);
    await expect(page.getByRole('grid')).toMatchAriaSnapshot(`
      - grid "Photos":
        - row /Select/:
          - rowheader /Select/:
            - button /Select/
        - row /picture.webp/:
          - gridcell "picture.webp"
    `);
    const view = await openPhoto(page, 'picture.webp');
    await expect(view.getByRole('list', { name: 'Labels' }).getByRole('listitem').first()).toBeVisible();
    await expect(view).toMatchAriaSnapshot(`
      - dialog "Photo":
        - banner:
          - button "Close"
          - heading "picture.webp" [level=1]
          - button "Find similar"
          - button "Download original"
          - button "Remove"
          - button "Hide tags and details" [pressed]
        - img "picture.webp"
        - complementary:
          - region "Tags":
            - heading "Tags" [level=2]
            - list "Tags":
              - listitem "suggested by the model":
                - button /Accept/
                - button /Reject/
            - combobox "Add a tag"
          - region "Labels":
            - heading "Labels" [level=2]
            - paragraph: How sure the model is of each label, from 0 to 1. The mark is the label’s threshold.
            - searchbox "Search labels"
            - list "Labels":
              - listitem:
                - text: /0\\.\\d\\d/
                - button /Accept/
                - button /Reject/
    `);
    await view.getByRole('button', { name: 'Find similar' }).click();
    await expect(page.getByRole('region', { name: 'Photos like this one' })).toMatchAriaSnapshot(`
      - region "Photos like this one":
        - button "Back to all photos"
        - button "Photo searched for"
        - heading "Photos like this one" [level=1]
        - button "Select region"
        - slider "Similar from"
        - status:
          - strong: /\\d+ similar photos/
        - list "Similar photos":
          - listitem:
            - button "picture.png similarity 100"
          - listitem:
            - button /flowers-\\d.jpg similarity \\d+/
    `);
  });
});
