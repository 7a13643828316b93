import type { FoldersApi } from '../../protocol/folders.ts';
import type { LibrarySession } from './library-session.ts';

export function folderVerbs(session: () => LibrarySession): FoldersApi {
  const importing = () => session().library.importing;
  return {
    folders() {
      return importing().folders.list();
    },

    rescanFolders(numbers) {
      return importing().folders.rescan(numbers);
    },

    followFolder(number, isFollowed) {
      return importing().folders.follow(number, isFollowed);
    },

    relocateFolder(number, handle) {
      return importing().folders.relocate(number, handle);
    },

    relinkPhoto(id, handle, evenIfDifferent) {
      return importing().relink(id, handle, evenIfDifferent);
    },
  };
}
