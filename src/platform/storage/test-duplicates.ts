import { defaultRules } from '../../core/dedup/keep-rules.ts';
import { defaultMerge } from '../../core/dedup/merge.ts';
import type { Found } from '../../core/library/candidate.ts';
import { everything } from '../../core/library/duplicate-scope.ts';
import type { DuplicatePlanRequest } from '../../core/library/duplicate-view.ts';
import { type FolderFiles, removedFolderPrefix } from '../../core/library/file-removal.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import { file, type TestBrowser, type TestSession } from './test-browser.ts';
import { until } from './test-clock.ts';
import type { TestHandle } from './test-files.ts';

/** What tests of duplicates do, over a `TestBrowser`. */

export const exact = { tier: 'exact', sensitivity: 0.5, scope: everything } as const;

export const same = { tier: 'same-picture', sensitivity: 0.5, scope: everything } as const;

export const byRules: DuplicatePlanRequest = {
  rules: defaultRules,
  tiers: ['exact'],
  sensitivity: 0.5,
  scope: everything,
  merge: defaultMerge,
  stays: [],
};

export const decidedOnly: DuplicatePlanRequest = { ...byRules, rules: null };

/** Three photos of the same bytes, two others of the same, and one. */
export async function withCopies(browser: TestBrowser): Promise<TestSession> {
  const session = await browser.started();
  await session.add([
    file('a.jpg', 'picture one', '2019/a.jpg'),
    file('a copy.jpg', 'picture one', '2019/a copy.jpg'),
    file('a again.jpg', 'picture one', 'Phone/a again.jpg'),
    file('b.jpg', 'picture two dog=0.9'),
    file('b.jpg', 'picture two dog=0.9', 'Phone/b.jpg'),
    file('c.jpg', 'picture three'),
  ]);
  return session;
}

/** Has a list shown, and waits until all that it needs is compared. */
export async function searched({ library }: TestSession): Promise<void> {
  await library.duplicates.view(same);
  await until(() => library.duplicates.search.status.state === 'done');
}

/** The names of each group's photos. */
export async function groupsOf(
  { library }: TestSession,
  query: Parameters<TestSession['library']['duplicates']['view']>[0] = exact,
): Promise<string[][]> {
  const { starts, photos } = await library.duplicates.view(query);
  const found: string[][] = [];
  for (let n = 0; n + 1 < starts.length; n++) {
    const cells = library.reading.cells(photos.subarray(starts[n]!, starts[n + 1]!));
    // Files made in the same millisecond have no order of their own.
    const [first, ...rest] = cells.map((cell) => cell!.name);
    found.push([first!, ...rest.sort()]);
  }
  return found;
}

export async function idOf(session: TestSession, text: string): Promise<PhotoId> {
  const [id] = await session.ids({ text });
  return id!;
}

/** As the person does: a dry run, then what it listed. */
export async function apply(
  session: TestSession,
  request: DuplicatePlanRequest,
  files: 'leave' | 'move' | 'delete' = 'leave',
) {
  const { fingerprint } = await session.library.duplicates.plan(request);
  return session.library.duplicates.apply(request, fingerprint, files);
}

const root = { kind: 'directory', name: 'Photos' } as const;

/**
 * A picked folder on the disk of `browser.folderFiles`, whose files the library opens there, too.
 *
 * @param files content by path below the folder
 */
export function putOnDisk(browser: TestBrowser, files: Readonly<Record<string, string>>): void {
  const { disk } = browser.folderFiles;
  for (const [path, text] of Object.entries(files)) disk.set(path, text);
  browser.files.open = async (handle) => {
    const text = disk.get((handle as TestHandle).entry);
    return text === undefined
      ? { ok: false, failure: { code: 'file-missing' } }
      : { ok: true, bytes: new Blob([text], { type: 'image/jpeg' }), modifiedAt: 5 };
  };
  browser.folders.list = async function* () {
    yield* candidatesOn(browser);
  };
}

function candidatesOn({ folderFiles }: TestBrowser): Found[] {
  const there = [...folderFiles.disk].filter(([path]) => !path.startsWith(removedFolderPrefix));
  return there.map(([path, text]) => ({
    candidate: {
      name: path.slice(path.lastIndexOf('/') + 1),
      path: `Photos/${path}`,
      modifiedAt: 5,
      bytes: new Blob([text], { type: 'image/jpeg' }),
      handle: { kind: 'file', name: path, entry: path } as TestHandle,
      root,
    },
  }));
}

/** Takes what is on that disk into the library, as a scan of the folder does. */
export async function addFromDisk(browser: TestBrowser, session: TestSession): Promise<void> {
  await session.add(candidatesOn(browser));
}

/** Files are moved on the disk on which folders are picked and looked through. */
export function onOneDisk({ files: { disk }, folderFiles }: TestBrowser): void {
  const entryOf = (folder: unknown, path: readonly string[]) =>
    [(folder as TestHandle).entry, ...path].join('/');
  Object.assign(folderFiles, {
    locate: async (folder, file) => (file as TestHandle).entry.slice(entryOf(folder, ['']).length).split('/'),
    read: async (folder, path) => {
      const found = disk.get(entryOf(folder, path));
      const { bytes, modifiedAt: lastModified } = found ?? { bytes: null, modifiedAt: 0 };
      return bytes === null ? null : new File([bytes], path.at(-1)!, { type: bytes.type, lastModified });
    },
    // Whoever writes a file anew loses its time.
    write: async (folder, path, bytes) => {
      const entry = entryOf(folder, path);
      disk.set(entry, { bytes: bytes as Blob, modifiedAt: Date.now() });
      return { kind: 'file', name: path.at(-1)!, entry } as TestHandle;
    },
    remove: async (folder, path) => void disk.delete(entryOf(folder, path)),
  } satisfies Partial<FolderFiles>);
}

/**
 * Ends a session in the middle of its work on files: before that step on the disk, or when the work is through.
 *
 * @param isMoment told each step, answers whether the tab is closed before it
 */
export async function cutOff(
  browser: TestBrowser,
  session: TestSession,
  work: () => Promise<unknown>,
  isMoment: (step: 'read' | 'write' | 'remove') => boolean,
): Promise<void> {
  let isOver = false;
  let isThrough = false;
  browser.folderFiles.beforeStep = (step) => {
    isOver ||= isMoment(step);
    if (isOver) throw new Error('the tab was closed');
  };
  const ended = work()
    .catch(() => {})
    .finally(() => {
      isThrough = true;
    });
  await until(() => isOver || isThrough);
  session.kill();
  await ended;
  browser.folderFiles.beforeStep = () => {};
}
