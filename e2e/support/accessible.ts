import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from './test.ts';

const partAttribute = 'data-looked-at';

/**
 * Nothing on the screen goes against axe-core's rules of WCAG 2.2 A and AA and its best practices. `part`: only that is
 * looked at, where all around it was before.
 */
export async function expectAccessible(page: Page, screen: string, part?: Locator): Promise<void> {
  // What fades in has another contrast while it does.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((one) => one.finished.catch(() => {})),
    ),
  );
  // Rows of a list are alike; of one of six hundred, those behind the first screens are let be.
  // Tooltips belong to no landmark, and come when the focus goes back to a button.
  // Read by the page only once, and run in it: else each look opens a window of its own to sum up what was found.
  const isThere = await page.evaluate(() => 'axe' in window);
  const builder = new AxeBuilder({ page, ...(isThere && { axeSource: ';' }) })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .exclude('.label-list > :nth-child(n + 41)')
    .exclude(':has(> [role="tooltip"])');
  await part?.evaluate((element, name) => element.setAttribute(name, ''), partAttribute);
  if (part !== undefined) builder.include(`[${partAttribute}]`);
  const { violations } = await builder
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  await part?.evaluate((element, name) => element.removeAttribute(name), partAttribute);
  const told = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  );
  expect(told, screen).toEqual([]);
}
