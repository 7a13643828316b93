import { NotABackup } from '../../core/backup/read-frames.ts';
import { writeFrames } from '../../core/backup/write-frames.ts';
import { BackupCancelled, type Backups } from '../../core/library/backup/backups.ts';
import type { BackupResult, RestoreResult } from '../../protocol/backup.ts';
import { type BackupSink, clearScratch, fileSink, scratchSink } from './backup-sink.ts';
import { joinPieces, readBackup } from './read-backup.ts';

/** Writes a backup; nothing is left of one that does not come to its end. */
export async function saveBackup(
  backups: Backups,
  app: string,
  originals: boolean,
  handle: FileSystemFileHandle | null,
): Promise<BackupResult> {
  let sink: BackupSink | null = null;
  const counts = { photos: 0, originals: 0, missing: 0 };
  try {
    await clearScratch();
    sink = handle === null ? await scratchSink() : await fileSink(handle);
    const [number] = crypto.getRandomValues(new Uint32Array(1));
    let bytes = 0;
    for await (const part of writeFrames(backups.write({ app, originals }, counts), number!)) {
      await sink.write(part);
      bytes += part.length;
    }
    return { kind: 'saved', file: await sink.close(), bytes, ...counts };
  } catch (error) {
    await sink?.abort().catch(() => {}); // it failed already, and that is told
    if (error instanceof BackupCancelled) return { kind: 'cancelled' };
    if (!(error instanceof DOMException)) throw error;
    const reason = error.name === 'QuotaExceededError' ? 'no-room' : 'not-writable';
    return { kind: 'failed', reason, detail: error.message };
  }
}

/** @param dry nothing is changed: the report says what would be */
export async function restoreFrom(backups: Backups, file: Blob, dry: boolean): Promise<RestoreResult> {
  try {
    const report = await backups.restore(
      (progress) => readBackup(file, progress),
      (pieces, type) => joinPieces(file, pieces, type),
      dry,
    );
    return { kind: 'read', report };
  } catch (error) {
    if (error instanceof NotABackup) return { kind: 'refused', reason: error.code };
    if (error instanceof DOMException) return { kind: 'refused', reason: 'unreadable' };
    throw error;
  }
}
