import type { MatchApi } from '../../protocol/match.ts';
import type { LibrarySession } from './library-session.ts';

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

    items() {
      return finding().itemNames.items();
    },

    planNames(csv) {
      return finding().itemNames.plan(csv);
    },

    importNames(csv) {
      return finding().itemNames.take(csv);
    },

    forgetNames() {
      return finding().itemNames.forget();
    },

    giveNamesBack(names) {
      return finding().itemNames.giveBack(names);
    },
  };
}
