import type { BackupResult, RestoreResult } from '../../../protocol/backup.ts';
import type { LibraryCalls } from '../../engine/connection.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';
import { saveFile } from '../../ui/save-file.ts';

type BackupJob = 'saving' | 'checking' | 'restoring';

/** What the person is in the middle of; it outlives the settings, which may be closed meanwhile. */
export type BackupPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: BackupJob }
  | { readonly kind: 'saved'; readonly result: BackupResult }
  /** The file was looked through: whether to take it in is the person's to say. */
  | { readonly kind: 'checked'; readonly file: Blob; readonly result: RestoreResult }
  | { readonly kind: 'restored'; readonly result: RestoreResult }
  /** The library stopped meanwhile. */
  | { readonly kind: 'broken'; readonly job: BackupJob };

let phase: BackupPhase = { kind: 'idle' };
const listeners = new Set<() => void>();

function enter(next: BackupPhase): void {
  phase = next;
  for (const listener of listeners) listener();
}

export function backupPhase(): BackupPhase {
  return phase;
}

export function subscribeBackup(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function isBusy({ kind }: BackupPhase): boolean {
  return kind === 'saving' || kind === 'checking' || kind === 'restoring';
}

export function leaveBackup(): void {
  enter({ kind: 'idle' });
}

/**
 * Asks where to, and saves a backup there; where the browser cannot write files it is made first and downloaded then. To be
 * called in a press: browsers ask only then.
 */
export async function startBackup(library: LibraryCalls, originals: boolean): Promise<void> {
  const name = `picsift-${new Date().toISOString().slice(0, 10)}.picsift`;
  let handle: FileSystemFileHandle | null = null;
  if ('showSaveFilePicker' in window) {
    try {
      handle = await window.showSaveFilePicker({
        suggestedName: name,
        types: [{ description: 'Picsift', accept: { 'application/octet-stream': ['.picsift'] } }],
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      throw error;
    }
  }
  await follow('saving', async () => {
    const result = await library.backUp(originals, handle);
    if (result.kind === 'saved' && result.file !== null) saveFile(result.file, name);
    return result.kind === 'cancelled' ? { kind: 'idle' } : { kind: 'saved', result };
  });
}

/** Looks a file through; nothing is changed. */
export function checkBackup(library: LibraryCalls, file: Blob): Promise<void> {
  return follow('checking', async () => {
    const result = await library.inspectBackup(file);
    const isCancelled = result.kind === 'read' && result.report.stopped === 'cancelled';
    return isCancelled ? { kind: 'idle' } : { kind: 'checked', file, result };
  });
}

export function takeBackupIn(library: LibraryCalls, file: Blob): Promise<void> {
  return follow('restoring', async () => ({ kind: 'restored', result: await library.restoreBackup(file) }));
}

async function follow(kind: BackupJob, job: () => Promise<BackupPhase>): Promise<void> {
  enter({ kind });
  try {
    enter(await job());
  } catch (error) {
    enter({ kind: 'broken', job: kind });
    ignoreWorkerDied(error);
  }
}
