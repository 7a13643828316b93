import { expect, type Locator, type Page } from './test.ts';

export async function openSettings(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog).toBeVisible();
  return dialog;
}

export async function closeSettings(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
}

/** The ways to run the model, in the open settings: one is in use, each other one says why it is not. */
export function backends(page: Page): Locator {
  return page.getByRole('list', { name: 'Ways to run the model' }).getByRole('listitem');
}

/** Waits until a way to run the model, such as 'processor, 1 thread', is the one in use. */
export async function waitForBackend(page: Page, name: RegExp): Promise<Locator> {
  const inUse = backends(page).filter({ hasText: 'in use' });
  await expect(inUse).toContainText(name);
  return inUse;
}
