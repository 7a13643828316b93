import * as Comlink from 'comlink';
import type { PhotosApi } from '../../protocol/library.ts';
import type { LibrarySession } from './library-session.ts';
import { tagFile } from './tag-files.ts';

export function photoVerbs(session: () => LibrarySession): PhotosApi {
  const library = () => session().library;
  return {
    async labels() {
      return library().labelling.labels();
    },

    async view(query) {
      const view = await library().reading.view(query);
      if (view === 'superseded') return view;
      const counts = view.labelCounts === null ? [] : [view.labelCounts.buffer];
      return Comlink.transfer(view, [view.ids.buffer, view.aspects.buffer, ...counts]);
    },

    folderNames(part, limit) {
      return library().reading.folderNames(part, limit);
    },

    async cells(ids) {
      return library().reading.cells(ids);
    },

    async thumbnails(ids) {
      const thumbnails = await library().reading.thumbnails(ids);
      return Comlink.transfer(
        thumbnails,
        thumbnails.filter((bytes) => bytes !== null),
      );
    },

    photo(id) {
      return library().reading.photo(id);
    },

    async original(id) {
      const original = await library().reading.original(id);
      return 'code' in original ? original : (original as Blob);
    },

    async exportTags(kind, language) {
      return tagFile(kind, [...library().reading.taggedPhotos(language)]);
    },

    strongestEvidence(picture, count) {
      return library().labelling.strongestEvidence(picture, count);
    },

    evidence(id, label) {
      return library().labelling.evidence(id, label);
    },

    judge(ids, label, verdict) {
      return library().deciding.judge(ids, label, verdict);
    },

    ensureLabel(name) {
      return library().labelling.ensureLabel(name);
    },

    favour(ids, liked) {
      return library().deciding.favour(ids, liked);
    },

    remove(ids) {
      return library().deciding.remove(ids);
    },

    restore(ids) {
      return library().deciding.restore(ids);
    },

    purge() {
      return library().deciding.purge();
    },

    deleteForGood(ids) {
      return library().deciding.deleteForGood(ids);
    },

    undo() {
      return library().deciding.undo();
    },

    redo() {
      return library().deciding.redo();
    },
  };
}
