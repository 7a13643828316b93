import { wordsOf } from '../../core/error-words.ts';
import type { Failure } from '../../core/library/photo.ts';
import type { IncomingFile } from '../../protocol/library.ts';
import type { LibraryCalls } from './connection.ts';
import { picked, pictureTypes } from './picked.ts';

/**
 * Files per message to the library worker. The browser asks the disk about each file that is sent, while the page waits:
 * up to half a millisecond a file, and no task of the page is to take 50.
 */
const filesPerCall = 50;

/** What was taken in of one drop, pick or paste. */
export interface IntakeReport {
  readonly accepted: number;
  readonly alreadyThere: number;
  readonly refused: number;
  /** Set when storage refused to take more: what was accepted stays. */
  readonly stopped: Failure | null;
  /** The browser's words for what could not be read (folders that vanished, refused access). */
  readonly unreadable: readonly string[];
}

const nothing: IntakeReport = { accepted: 0, alreadyThere: 0, refused: 0, stopped: null, unreadable: [] };

function sum(a: IntakeReport, b: Omit<IntakeReport, 'unreadable'> & Partial<IntakeReport>): IntakeReport {
  return {
    accepted: a.accepted + b.accepted,
    alreadyThere: a.alreadyThere + b.alreadyThere,
    refused: a.refused + b.refused,
    stopped: a.stopped ?? b.stopped,
    unreadable: [...a.unreadable, ...(b.unreadable ?? [])],
  };
}

/** Sends files in pieces while they are still being listed. */
class FileSender {
  readonly #library: LibraryCalls;
  #batch: IncomingFile[] = [];
  #sent: Promise<IntakeReport> = Promise.resolve(nothing);
  #intake: number | null = null;
  #cancelled = false;
  #unreadable: string[] = [];

  constructor(library: LibraryCalls) {
    this.#library = library;
  }

  /** The person has cancelled: nothing more is wanted. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  async add(file: IncomingFile): Promise<void> {
    this.#batch.push(file);
    if (this.#batch.length >= filesPerCall) await this.#send();
  }

  failed(what: string): void {
    this.#unreadable.push(what);
  }

  async finish(): Promise<IntakeReport> {
    await this.#send();
    const report = await this.#sent;
    return { ...report, unreadable: this.#unreadable };
  }

  async #send(): Promise<void> {
    if (this.#batch.length === 0 || this.#cancelled) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#sent = this.#sent.then(async (before) => {
      const report = await this.#library.addFiles(batch, this.#intake);
      this.#intake = report.intake;
      this.#cancelled = report.cancelled;
      return sum(before, report);
    });
    // Waiting here bounds what is in memory: a folder is listed no faster than it is stored.
    await this.#sent;
  }
}

/** Files of an `<input type="file">`; with `webkitdirectory` they carry their path in the folder. */
export function addFromInput(library: LibraryCalls, files: Iterable<File>): Promise<IntakeReport> {
  return sendAll(library, async (sender) => {
    for (const file of files) {
      if (sender.cancelled) break;
      await sender.add({ file, path: file.webkitRelativePath === '' ? null : file.webkitRelativePath });
    }
  });
}

/** While `send` goes on, the library knows that more is to come. */
async function sendAll(
  library: LibraryCalls,
  send: (sender: FileSender) => Promise<void>,
): Promise<IntakeReport> {
  const sender = new FileSender(library);
  await library.setScanning(true);
  try {
    await send(sender);
    return await sender.finish();
  } finally {
    await library.setScanning(false);
  }
}

/** True where the browser can hand out lasting file handles, so that nothing has to be copied. */
export function hasPickers(): boolean {
  return 'showOpenFilePicker' in window && 'showDirectoryPicker' in window;
}

/** Asks the browser for files or a folder, as handles; null if the person chose nothing. */
export async function addFromPickers(
  library: LibraryCalls,
  what: 'files' | 'folder',
): Promise<IntakeReport | null> {
  const handles = await picked<FileSystemHandle[]>(
    what === 'folder'
      ? showDirectoryPicker({ id: 'photos', mode: 'read' }).then((folder) => [folder])
      : showOpenFilePicker({ id: 'photos', multiple: true, types: pictureTypes }),
  );
  return handles === null ? null : addFromHandles(library, handles);
}

/** Files and folders behind handles. */
export async function addFromHandles(
  library: LibraryCalls,
  handles: readonly FileSystemHandle[],
): Promise<IntakeReport> {
  return sum(nothing, await library.addHandles(handles));
}

/**
 * What was dropped: handles where the browser gives them (nothing is copied), else files and folders read here, piece
 * by piece. Must be called inside of the drop event: the transfer is empty afterwards.
 */
export async function addFromDataTransfer(
  library: LibraryCalls,
  transfer: DataTransfer,
): Promise<IntakeReport> {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  // Everything is asked for before the first await.
  const pending = items.map((item) => ({
    handle: 'getAsFileSystemHandle' in item ? item.getAsFileSystemHandle() : Promise.resolve(null),
    entry: item.webkitGetAsEntry(),
    file: item.getAsFile(),
  }));
  const handles: FileSystemHandle[] = [];
  const others: { entry: FileSystemEntry | null; file: File | null }[] = [];
  for (const { handle, entry, file } of pending) {
    // A drop from another program may carry no handle: browsers answer null, undefined or an error.
    const found = await handle.catch(() => null);
    if (found) handles.push(found);
    else others.push({ entry, file });
  }
  let report = nothing;
  if (handles.length > 0) report = sum(report, await library.addHandles(handles));
  if (others.length > 0) report = sum(report, await addEntries(library, others));
  return report;
}

function addEntries(
  library: LibraryCalls,
  dropped: readonly { entry: FileSystemEntry | null; file: File | null }[],
): Promise<IntakeReport> {
  return sendAll(library, async (sender) => {
    for (const { entry, file } of dropped) {
      if (sender.cancelled) break;
      if (entry?.isDirectory) await addDirectory(sender, entry as FileSystemDirectoryEntry);
      else if (file !== null) await sender.add({ file, path: null });
    }
  });
}

async function addDirectory(sender: FileSender, root: FileSystemDirectoryEntry): Promise<void> {
  const waiting = [root];
  for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
    const reader = directory.createReader();
    for (;;) {
      const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      ).catch((error: DOMException) => {
        sender.failed(`${directory.fullPath}: ${error.message}`);
        return [];
      });
      if (entries.length === 0) break; // browsers answer in pieces of about 100
      if (sender.cancelled) return;
      for (const entry of entries) {
        if (entry.isDirectory) waiting.push(entry as FileSystemDirectoryEntry);
        else await addEntry(sender, entry as FileSystemFileEntry);
      }
    }
  }
}

async function addEntry(sender: FileSender, entry: FileSystemFileEntry): Promise<void> {
  try {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    await sender.add({ file, path: entry.fullPath.replace(/^\//, '') });
  } catch (error) {
    sender.failed(`${entry.fullPath}: ${wordsOf(error)}`);
  }
}

/** Pictures on the clipboard; null if there are none (the paste is then somebody else's). */
export async function addFromClipboard(
  library: LibraryCalls,
  event: ClipboardEvent,
): Promise<IntakeReport | null> {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length === 0) return null;
  event.preventDefault();
  return addFromInput(library, files);
}
