import { isBackupDue } from '../../core/library/backup/backup-due.ts';
import type { BackupState, LastBackup } from '../../protocol/backup.ts';
import type { IdbPhotoStore } from '../storage/idb-photo-store.ts';

const key = 'lastBackup';

/** Notes that so many photos were backed up just now. */
export function rememberBackup(store: Pick<IdbPhotoStore, 'remember'>, photos: number): Promise<void> {
  return store.remember(key, { at: Date.now(), photos } satisfies LastBackup);
}

/** @param since when the first photo came in; null: there are none */
export async function backupState(
  store: Pick<IdbPhotoStore, 'remembered'>,
  since: number | null,
): Promise<BackupState> {
  const last = ((await store.remembered(key)) as LastBackup | undefined) ?? null;
  const persisted = await navigator.storage.persisted();
  return { last, due: isBackupDue({ persisted, lastAt: last?.at ?? null, since, now: Date.now() }) };
}
