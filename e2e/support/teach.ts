import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';

/** A file of labels as Picsift reads it; photos say on which side they are. */
interface LabelledFile {
  readonly name: string;
  readonly kind: string;
  readonly photos: readonly {
    readonly name: string;
    readonly labels: unknown;
    readonly fullyLabelled: boolean;
    readonly split: string;
  }[];
}

/** Imports a set with its labels, teaches it, and answers with the figures in full: those of the file that Evaluate saves. */
export async function teachAndJudge(page: Page, file: LabelledFile): Promise<unknown> {
  const { name } = file;
  await page.getByRole('link', { name: 'Labels' }).click();
  await page.getByRole('button', { name: 'Import labels' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import labels' });
  await dialog.getByLabel('Files of labels').setInputFiles({
    name: `${name}.json`,
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  });
  await expect(dialog.getByText(`of your library get labels; the file names`)).toBeVisible();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  const teaching = page.getByRole('region', { name: 'Teaching' });
  // The same photos judge as in figures that were made elsewhere.
  await teaching.getByText('Keep near-duplicates on one side').click();
  await teaching.getByRole('button', { name: 'Teach' }).click();
  await expect(page.getByText(/^Taught on/)).toBeVisible({ timeout: 300_000 });
  await page.getByRole('link', { name: 'Evaluate' }).click();
  await page.getByLabel('Label set').selectOption(name);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'JSON' }).click();
  return JSON.parse(readFileSync(await (await saved).path(), 'utf8'));
}

/** Every number of that name in a file of figures, with the name of the group that it stands in. */
export function numbersCalled(
  value: unknown,
  wanted: string,
  group = '',
): { readonly group: string; readonly value: number }[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'name' in value && typeof value.name === 'string' ? value.name : group;
  return Object.entries(value).flatMap(([key, member]) =>
    key === wanted && typeof member === 'number'
      ? [{ group: own, value: member }]
      : numbersCalled(member, wanted, own),
  );
}
