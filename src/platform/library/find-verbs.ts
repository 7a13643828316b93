import type { FindApi } from '../../protocol/library.ts';
import type { LibrarySession } from './library-session.ts';

export function findVerbs(session: () => LibrarySession): FindApi {
  const library = () => session().library;
  const finding = () => library().finding;
  return {
    similar(query, limit, beyond) {
      return finding().similar(query, limit, beyond);
    },

    async rebuildIndex() {
      finding().rebuildIndex();
    },

    async cancelIndexBuild() {
      finding().cancelIndexBuild();
    },

    checkIndex() {
      return finding().checkIndex();
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
