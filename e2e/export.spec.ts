import { readFileSync } from 'node:fs';
import { openApp, openPhoto, photoView } from './support/person.ts';
import { expect, type Page, test } from './support/seed.ts';
import { openSettings } from './support/settings.ts';

test.use({ viewport: { width: 1280, height: 3000 } });

/** Presses a button of the open settings and gives the file that the browser saves. */
async function saved(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog', { name: 'Settings' }).getByRole('button', { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The files of an archive that is not compressed, by path. */
function unpacked(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name] = [archive.readUInt32LE(at + 18), archive.readUInt16LE(at + 26)];
    const from = at + 30 + name;
    files.set(archive.toString('utf8', at + 30, from), archive.toString('utf8', from, from + size));
    at = from + size;
  }
  return files;
}

test('tags and decisions leave the library as a table, as JSON and as sidecars', async ({
  page,
  library,
}) => {
  const { label } = library.counts[0]!;
  const photo = library.present.find(({ tags }) => tags.has(label.id))!;
  await openApp(page);
  await openPhoto(page, photo.name);
  await photoView(page)
    .getByRole('list', { name: 'Tags', exact: true })
    .getByRole('button', { name: `Reject ${label.en}` })
    .click();
  await page.keyboard.press('Escape');
  await expect(photoView(page)).toBeHidden();
  await openSettings(page);

  const json = await saved(page, 'Data (JSON)');
  expect(json.name).toBe('picsift-tags.json');
  const { photos } = JSON.parse(json.bytes.toString('utf8')) as {
    photos: { name: string; tags: { id: string; name: string; said: string }[] }[];
  };
  expect(photos.map(({ name }) => name).sort()).toEqual(library.present.map(({ name }) => name).sort());
  const found = photos.find(({ name }) => name === photo.name)!;
  expect(found.tags).toContainEqual({ id: label.id, name: label.en, said: 'rejected' });
  const carried = found.tags.filter(({ said }) => said !== 'rejected').map(({ id }) => id);
  expect(carried.sort()).toEqual([...photo.tags].filter((id) => id !== label.id).sort());

  const csv = (await saved(page, 'Table (CSV)')).bytes.toString('utf8');
  expect(csv.split('\r\n').filter((line) => line.includes(photo.name))).toHaveLength(found.tags.length);
  expect(csv).toContain(`${label.en},${label.id},rejected`);

  const archive = await saved(page, 'Sidecars (XMP)');
  expect(archive.name).toBe('picsift-sidecars.zip');
  const sidecars = unpacked(archive.bytes);
  expect(sidecars.size).toBe(library.present.length);
  const [, sidecar] = [...sidecars].find(([path]) => path.endsWith(`${photo.name}.xmp`))!;
  expect(sidecar).not.toContain(`<rdf:li>${label.en}</rdf:li>`);
  const other = library.present.find((one) => one !== photo && one.tags.has(label.id))!;
  const [, otherSidecar] = [...sidecars].find(([path]) => path.endsWith(`${other.name}.xmp`))!;
  expect(otherSidecar).toContain(`<rdf:li>${label.en}</rdf:li>`);
});
