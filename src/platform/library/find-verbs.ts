import type { FindApi } from '../../protocol/find.ts';
import type { LibrarySession } from './library-session.ts';

/** More than an index of a million photos takes, less than would end the worker. */
const mostFaissBytes = 1.5 * 2 ** 30;

export function findVerbs(session: () => LibrarySession): FindApi {
  const library = () => session().library;
  const finding = () => library().finding;
  return {
    similar(query, limit, beyond) {
      return finding().similar(query, limit, beyond);
    },

    async rebuildIndex() {
      finding().indexAdmin.rebuild();
    },

    async cancelIndexBuild() {
      finding().indexAdmin.cancelBuild();
    },

    checkIndex() {
      return finding().indexAdmin.check();
    },

    async indexFile(kind, language) {
      const pieces = await finding().indexAdmin.file(kind, language);
      return pieces === null ? null : new Blob(pieces, { type: 'application/octet-stream' });
    },

    async openFaiss(file) {
      if (file.size > mostFaissBytes) {
        return { kind: 'refused', why: `${file.size} bytes; at most ${mostFaissBytes}` };
      }
      return finding().indexAdmin.openFaiss(new Uint8Array(await file.arrayBuffer()));
    },

    forYou(photos, labels) {
      return finding().recommendations.forYou(photos, labels);
    },

    async noteOpened(id) {
      if (session().settings.recommendations) await finding().recommendations.noteOpened(id);
    },

    savedSearches() {
      return library().searches.all();
    },

    async saveSearch(search) {
      return library().searches.save(search);
    },

    deleteSearch(number) {
      return library().searches.delete(number);
    },
  };
}
