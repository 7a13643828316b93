import type { BackupApi } from '../../protocol/backup.ts';
import { version } from '../../protocol/version.ts';
import { restoreFrom, saveBackup } from '../backup/save-and-restore.ts';
import type { LibrarySession } from './library-session.ts';

export function backupVerbs(session: () => LibrarySession): BackupApi {
  const library = () => session().library;
  return {
    async backUp(originals, handle) {
      const opened = session();
      const result = await saveBackup(opened.library.backups, version, originals, handle);
      if (result.kind === 'saved') await opened.rememberBackup(result.photos);
      return result;
    },

    inspectBackup(file) {
      return restoreFrom(library().backups, file, true);
    },

    restoreBackup(file) {
      return restoreFrom(library().backups, file, false);
    },

    async cancelBackup() {
      library().backups.cancel();
    },

    backupState() {
      return session().backupState();
    },
  };
}
