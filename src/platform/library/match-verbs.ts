import { mostLetters } from '../../core/library/item-name-file.ts';
import type { MatchApi } from '../../protocol/match.ts';
import { textOf } from '../files/decode-text.ts';
import type { LibrarySession } from './library-session.ts';

/** No letter takes more than four bytes. */
const mostBytes = 4 * mostLetters;

export function matchVerbs(session: () => LibrarySession): MatchApi {
  const finding = () => session().library.finding;
  return {
    samePicture({ file, ...query }, isStrict) {
      return finding().samePictures.find({ ...query, bytes: file }, isStrict);
    },

    products({ file, ...query }, colour, limit) {
      return finding().productPhotos.find({ ...query, bytes: file }, colour, limit);
    },

    mixed({ file, ...query }, weights, limit) {
      return finding().mixedPhotos.find({ ...query, bytes: file }, weights, limit);
    },

    photoParts({ file, ...query }, ids) {
      return finding().photoParts({ ...query, bytes: file }, ids);
    },

    photoHashes(ids) {
      return session().library.reading.hashes(ids);
    },

    meantPhotos(linked) {
      return session().library.reading.meant(linked);
    },

    items() {
      return finding().itemNames.items();
    },

    itemsMatching(part, limit) {
      return finding().itemNames.matching(part, limit);
    },

    callItem(photos, name) {
      return finding().itemNames.call(photos, name);
    },

    async planNames(file) {
      // Refused before it is read; such a file is not offered for import.
      if (file.size > mostBytes) return { kind: 'refused', why: 'too-large' };
      return finding().itemNames.plan(await textOf(file));
    },

    async importNames(file) {
      return finding().itemNames.take(await textOf(file));
    },

    takeNamesBack(taken) {
      return finding().itemNames.takeBack(taken);
    },

    forgetNames() {
      return finding().itemNames.forget();
    },

    giveNamesBack(names) {
      return finding().itemNames.giveBack(names);
    },
  };
}
