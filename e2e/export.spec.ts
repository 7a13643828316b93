import { readFileSync } from 'node:fs';
import { expectAccessible } from './support/accessible.ts';
import { fixture } from './support/fixtures.ts';
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
  expect(found.tags).toContainEqual({ id: label.id, name: label.en, said: 'rejected', set: null });
  const carried = found.tags.filter(({ said }) => said !== 'rejected').map(({ id }) => id);
  expect(carried.sort()).toEqual([...photo.tags].filter((id) => id !== label.id).sort());

  const csv = (await saved(page, 'Table (CSV)')).bytes.toString('utf8');
  expect(csv.split('\r\n').filter((line) => line.includes(photo.name))).toHaveLength(found.tags.length);
  expect(csv).toContain(`${label.en},${label.id},rejected,`);

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

test('a copy of a photo asks whether to tell where and with what it was taken, and can leave it out', async ({
  page,
}) => {
  await openApp(page);
  await openPhoto(page, 'hills-1.jpg');
  const press = () => photoView(page).getByRole('button', { name: 'Download original' }).click();
  await press();
  const question = page.getByRole('dialog', { name: 'Save a copy' });
  await expect(question).toContainText('with which camera');
  await expectAccessible(page, 'the question about a copy');
  await question.getByText('Do the same from now on').click();
  const [first] = await Promise.all([
    page.waitForEvent('download'),
    question.getByRole('button', { name: 'Leave it out' }).click(),
  ]);
  const whole = readFileSync(fixture('photos/hills-1.jpg'));
  expect(whole.includes('Lumen')).toBe(true);
  const copy = readFileSync(await first.path());
  expect(first.suggestedFilename()).toBe('hills-1.jpg');
  expect(copy.includes('Lumen')).toBe(false);
  // The picture is the same to the last bit.
  const from = whole.lastIndexOf(Buffer.from([0xff, 0xda]));
  expect(copy.subarray(-(whole.length - from)).equals(whole.subarray(from))).toBe(true);

  const [second] = await Promise.all([page.waitForEvent('download'), press()]);
  expect(readFileSync(await second.path()).equals(copy)).toBe(true);
});
