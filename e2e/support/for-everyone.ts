import { expect, type Page } from './test.ts';

/** Checks of WCAG 2.2 that axe-core does not make. Those without a page as argument run inside of the page. */

/**
 * Targets that are too small (2.5.8): below 24 CSS pixels, and with a circle of 24 pixels around their middle that
 * touches another target or the circle of another small one. Links within text are let be.
 */
export function smallTargets(): readonly string[] {
  const least = 24;
  const pressed =
    'button, a[href], input, select, textarea, summary, [role="gridcell"], [role="option"], [data-check]';
  const found: { readonly element: Element; readonly box: DOMRect; readonly name: string }[] = [];
  for (const element of document.querySelectorAll(pressed)) {
    const target = element.matches('[type="checkbox"], [type="radio"]') ? element.closest('label')! : element;
    const box = target.getBoundingClientRect();
    const isHidden = element.closest('.visually-hidden, [inert]') !== null || box.width * box.height === 0;
    if (isHidden || !target.checkVisibility({ visibilityProperty: true })) continue;
    if (element.matches('a') && getComputedStyle(element).display === 'inline') continue;
    const words = element.getAttribute('aria-label') ?? target.textContent?.slice(0, 30);
    const size = `${box.width.toFixed(1)} x ${box.height.toFixed(1)}`;
    found.push({ element: target, box, name: `${target.tagName} ${target.className} '${words}' ${size}` });
  }
  if (found.length < 5) throw new Error('hardly any target is there');
  const isSmall = (box: DOMRect) => Math.min(box.width, box.height) < least - 0.01;
  const middle = (box: DOMRect) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const problems: string[] = [];
  for (const { element, box, name } of found.filter((one) => isSmall(one.box))) {
    const { x, y } = middle(box);
    const near = found.find((other) => {
      if (other.element === element || other.element.contains(element)) return false;
      const centre = middle(other.box);
      if (isSmall(other.box) && Math.hypot(centre.x - x, centre.y - y) < least) return true;
      const beside = Math.max(other.box.left - x, 0, x - other.box.right);
      const above = Math.max(other.box.top - y, 0, y - other.box.bottom);
      return Math.hypot(beside, above) < least / 2;
    });
    if (near !== undefined) problems.push(`${name}, near ${near.name}`);
  }
  return problems;
}

/** Animations, transitions and smooth scrolling that would take longer than a millisecond. */
export function motions(): readonly string[] {
  const problems = new Set<string>();
  const milliseconds = (list: string) =>
    Math.max(
      ...list.split(',').map((time) => Number.parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000)),
    );
  for (const element of document.querySelectorAll('*')) {
    for (const part of [undefined, '::before', '::after']) {
      const style = getComputedStyle(element, part);
      const name = `${element.tagName} ${element.getAttribute('class')} ${part ?? ''}`;
      if (milliseconds(style.transitionDuration) > 1) problems.add(`${name}: transition`);
      if (style.animationName !== 'none' && milliseconds(style.animationDuration) > 1) {
        problems.add(`${name}: animation ${style.animationName}`);
      }
      if (style.scrollBehavior === 'smooth') problems.add(`${name}: smooth scrolling`);
    }
  }
  for (const animation of document.getAnimations()) {
    const time = Number(animation.effect?.getComputedTiming().duration ?? 0);
    if (time > 1) problems.add(`an animation of ${time} ms runs`);
  }
  return [...problems];
}

/** Colours that carry a state, as they are computed; `without`: the same part in the other state. */
export async function expectSeenApart(page: Page, what: string, one: string, without: string): Promise<void> {
  const colours = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((part) => {
        const { backgroundColor, fill } = getComputedStyle(part);
        return part instanceof SVGElement ? fill : backgroundColor;
      });
  expect(await colours(one), what).not.toBe(await colours(without));
}

/** Words in the colour of the plate that the browser draws behind them where colours are forced. */
export function wordsOnTheirOwnColour(): readonly string[] {
  const plate = getComputedStyle(document.documentElement).backgroundColor;
  return [...document.querySelectorAll('*')].flatMap((element) => {
    const { color, forcedColorAdjust } = getComputedStyle(element);
    const hasWords = [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
    return hasWords && color === plate && forcedColorAdjust !== 'none' ? [element.textContent] : [];
  });
}

/** Reflow (1.4.10) and resized text (1.4.4) at the page's present size. */
export async function expectReflow(page: Page, screen: string): Promise<void> {
  await expect.poll(() => page.evaluate(cutOff), { message: screen }).toEqual([]);
}

/** What is wider than the page, loses text, or cannot be scrolled to and pressed. */
function cutOff(): readonly string[] {
  const problems: string[] = [];
  const dialog = [...document.querySelectorAll('[role="dialog"]')].at(-1);
  const shown = dialog ?? document.body;
  if (document.documentElement.scrollWidth > innerWidth) problems.push('the page scrolls sideways');
  for (const element of shown.querySelectorAll<HTMLElement>('*')) {
    if (element.closest('.visually-hidden, .button__label, svg') !== null || !element.checkVisibility())
      continue;
    const { overflowX, textOverflow } = getComputedStyle(element);
    if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth === 0) continue;
    // A strip of one row, beside buttons that step through it.
    if (element.matches('[data-strip]')) continue;
    const name = `${element.tagName} ${element.className}`;
    if (overflowX === 'auto' || overflowX === 'scroll') problems.push(`${name} scrolls sideways`);
    const isClipped = overflowX === 'hidden' || overflowX === 'clip';
    if (isClipped && textOverflow !== 'ellipsis' && element.textContent.trim() !== '') {
      problems.push(`${name} is cut off`);
    }
  }
  for (const control of shown.querySelectorAll<HTMLElement>('button, select, input, [data-check]')) {
    const target = control.closest('label') ?? control;
    if (control.closest('.visually-hidden, [inert]') !== null || !target.checkVisibility()) continue;
    if (control.matches('.shell__skip, [type="file"], :disabled, [data-disabled]')) continue;
    target.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    const box = target.getBoundingClientRect();
    const name = `${control.className} '${control.getAttribute('aria-label') ?? target.textContent?.slice(0, 30)}'`;
    if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1) {
      problems.push(`${name} is outside: ${box.left}..${box.right}, ${box.top}..${box.bottom}`);
      continue;
    }
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (there === null || !(target.contains(there) || there.contains(target))) {
      problems.push(`${name} is covered by ${there?.className}`);
    }
  }
  return problems;
}
