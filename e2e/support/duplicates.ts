import type { Locator, Page } from './test.ts';

/** What is on the screen of duplicates, by the names that it gives to it (in English). */

export const groups = (page: Page): Locator =>
  page.getByRole('list', { name: 'Groups' }).getByRole('listitem');

export const photo = (page: Page, name: string): Locator => page.getByRole('figure', { name, exact: true });

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
