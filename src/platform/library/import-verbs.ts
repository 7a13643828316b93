import type { ImportApi } from '../../protocol/library.ts';
import { candidatesOfFiles, candidatesOfHandles } from '../files/walk.ts';
import type { LibrarySession } from './library-session.ts';

export function importVerbs(session: () => LibrarySession): ImportApi {
  const importing = () => session().library.importing;
  return {
    addFiles(files, intake) {
      return importing().add(candidatesOfFiles(files), intake);
    },

    addHandles(handles) {
      return importing().addPicked(handles, candidatesOfHandles(handles));
    },

    async setScanning(scanning) {
      importing().setScanning(scanning);
    },

    async pauseImport() {
      importing().pause();
    },

    async resumeImport() {
      importing().resume();
    },

    cancelImport() {
      return importing().cancel();
    },

    async importTimings() {
      return importing().timings();
    },

    importFailures(most) {
      return importing().failures(most);
    },

    retry(ids) {
      return importing().retry(ids);
    },

    async dismissImport() {
      importing().dismiss();
    },

    async handlesNeedingPermission() {
      return (await importing().handlesNeedingPermission()) as readonly FileSystemHandle[];
    },
  };
}
