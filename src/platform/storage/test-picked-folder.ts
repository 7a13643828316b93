import type { PhotoId } from '../../core/library/photo.ts';
import { browser, type TestSession } from './test-browser.ts';
import type { TestHandle } from './test-files.ts';
import { folderHandle } from './test-folders.ts';

/** A folder on the disk of the running test, which the person picks, and which is looked through again. */

let time = 1000;

export const trip = folderHandle('/trip');
/** What looking through a folder answers where nothing has changed. */
export const nothing = { fresh: 0, moved: 0, changed: 0, missing: 0, back: 0 };

/** Writes files: entry -> text. */
export function save(files: Readonly<Record<string, string>>): void {
  for (const [entry, text] of Object.entries(files))
    browser.files.disk.set(entry, {
      bytes: new Blob([`picture ${text}`], { type: 'image/jpeg' }),
      modifiedAt: time++,
    });
}

export function move(from: string, to: string): void {
  browser.files.disk.set(to, browser.files.disk.get(from)!);
  browser.files.disk.delete(from);
}

export async function pick(session: TestSession, ...handles: TestHandle[]) {
  const list = async function* () {
    for (const handle of handles) yield* browser.folders.list(handle);
  };
  const report = await session.library.importing.addPicked(handles, list());
  await session.settled();
  return report;
}

/** Path -> id of all photos that are present. */
export async function photosByPath(session: TestSession): Promise<Record<string, PhotoId>> {
  const found: Record<string, PhotoId> = {};
  for (const id of await session.ids()) {
    const detail = await session.library.reading.photo(id);
    found[detail!.path ?? detail!.name] = id;
  }
  return found;
}

export async function rescanned(session: TestSession) {
  const report = await session.library.importing.folders.rescan(null);
  await session.settled();
  return report;
}
