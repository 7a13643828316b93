import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from './test.ts';

/** The ways photos come in, other than the input that `addPhotos` fills. */

/** Gives a folder to the app, as the folder picker of browsers without handles does. */
export async function addFolder(page: Page, folder: string): Promise<void> {
  await page.getByLabel('Photo folder').setInputFiles(folder);
}

/** Drops files and folders of the disk on the middle of the page. */
export async function dropOnPage(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize() ?? { width: 800, height: 600 };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  }
  await session.detach();
}

/** Drops files that another program hands over without a file on disk: the browser gives no handles for them. */
export async function dropBytes(page: Page, files: readonly string[]): Promise<void> {
  await sendFiles(page, files, 'drop');
}

/** Pastes pictures as other programs put them on the clipboard. */
export async function paste(page: Page, files: readonly string[]): Promise<void> {
  await sendFiles(page, files, 'paste');
}

async function sendFiles(page: Page, files: readonly string[], how: 'drop' | 'paste'): Promise<void> {
  await page.evaluate(
    ({ contents, how }) => {
      const transfer = new DataTransfer();
      for (const { name, type, base64, lastModified } of contents) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type, lastModified }));
      }
      const init = { bubbles: true, cancelable: true };
      if (how === 'paste') {
        document.body.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: transfer }));
        return;
      }
      for (const type of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { ...init, dataTransfer: transfer }));
      }
    },
    { contents: files.map(contentOf), how },
  );
}

function contentOf(file: string) {
  return {
    name: basename(file),
    type: 'image/jpeg',
    base64: readFileSync(file).toString('base64'),
    lastModified: Date.UTC(2024, 0, 1),
  };
}

/**
 * Makes the browser's pickers answer with a folder (or the files in it) of the origin's private file system: real
 * handles, as no test can press the buttons of the browser's own dialog. To be called before the page is opened.
 */
export async function answerPickers(page: Page, folder: string): Promise<void> {
  await page.addInitScript((name) => {
    const picked = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(name);
    window.showDirectoryPicker = picked;
    const files = async () => {
      const handles: FileSystemFileHandle[] = [];
      for await (const entry of (await picked()).values()) if (entry.kind === 'file') handles.push(entry);
      return handles;
    };
    Object.assign(window, { showOpenFilePicker: files });
  }, folder);
}

/** Fills that folder. `files`: path in the folder -> file on disk. */
export async function fillPickedFolder(
  page: Page,
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const contents = Object.entries(files).map(([path, file]) => ({
    path,
    base64: readFileSync(file).toString('base64'),
  }));
  await page.evaluate(
    async ({ folder, contents }) => {
      const root = await navigator.storage.getDirectory();
      const top = await root.getDirectoryHandle(folder, { create: true });
      for (const { path, base64 } of contents) {
        const parts = path.split('/');
        const name = parts.pop() ?? path;
        let place = top;
        for (const part of parts) place = await place.getDirectoryHandle(part, { create: true });
        const writable = await (await place.getFileHandle(name, { create: true })).createWritable();
        await writable.write(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
        await writable.close();
      }
    },
    { folder, contents },
  );
}
