import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from './test.ts';

/** Nothing on the screen goes against axe-core's rules of WCAG 2.2 A and AA and its best practices. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // What fades in has another contrast while it does.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((one) => one.finished.catch(() => {})),
    ),
  );
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const told = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  );
  expect(told, screen).toEqual([]);
}
