import { type ApartBy, groupCopies } from '../dedup/copy-groups.ts';
import { contentNode, copyNode, placeOf } from '../dedup/decision.ts';
import type { Relation } from '../dedup/decision-book.ts';
import { IdBits } from '../index/id-bits.ts';
import type { Catalogue } from './catalogue.ts';
import type { DecidedDuplicates } from './decided-duplicates.ts';
import type { ScopeTest } from './duplicate-scope.ts';
import { type ContentId, type PhotoId, photoStatusCodes } from './photo.ts';
import { absentFlag, missingFlag } from './photo-table.ts';

/** Relations of pairs that never meet in a group again. */
const apart: ReadonlySet<Relation | null> = new Set<Relation>(['alternates', 'not-related']);

/** Processed, not removed, and its file is there as far as is known: nothing may go for the sake of one without a file. */
export function isPresent({ table }: Catalogue, id: number): id is PhotoId {
  const { status, removedAt, flags } = table.columns;
  const hasFile = (flags[id]! & (missingFlag | absentFlag)) === 0;
  return table.has(id) && status[id] === photoStatusCodes.ready && removedAt[id] === 0 && hasFile;
}

/** The present photos of a content, by number. */
export function presentPhotosOf(catalogue: Catalogue, content: ContentId): PhotoId[] {
  return catalogue.table.photosOf(content).filter((id) => isPresent(catalogue, id));
}

/** Where each photo of a content is; equal names without a folder are counted. */
export function placesOf(catalogue: Catalogue, content: ContentId): Map<PhotoId, string> {
  const { table } = catalogue;
  const seen = new Map<string, number>();
  const places = new Map<PhotoId, string>();
  for (const id of table.photosOf(content)) {
    const place = placeOf(table.path(id), table.name(id));
    const ordinal = seen.get(place) ?? 0;
    seen.set(place, ordinal + 1);
    places.set(id, placeOf(table.path(id), table.name(id), ordinal));
  }
  return places;
}

/** Photos of the same bytes, in order of the first. */
export function exactGroups(catalogue: Catalogue, decided: DecidedDuplicates, scope: ScopeTest): PhotoId[][] {
  const groups: PhotoId[][] = [];
  for (const content of repeatedContents(catalogue)) {
    const photos = presentPhotosOf(catalogue, content).filter(scope.includes);
    for (const group of groupCopies(photos, scope.meetingPlace, copiesApart(decided, content)))
      groups.push(group);
  }
  return groups.filter(scope.isWanted);
}

/** What was decided about copies of one content: those that are to stay beside each other part; a new one meets them again. */
function copiesApart(decided: DecidedDuplicates, content: ContentId): (photo: PhotoId) => ApartBy | null {
  const sha256 = decided.hashOf.get(content);
  if (sha256 === undefined) return () => null;
  const places = decided.placesOf(content, sha256);
  return (photo) => decided.book.apartBy(copyNode({ sha256, place: places.get(photo)! }));
}

/** Contents with two present photos or more, in order of the first. Most have one: nothing is asked about these. */
function repeatedContents(catalogue: Catalogue): Iterable<ContentId> {
  const { table } = catalogue;
  const seen = new IdBits();
  const repeated = new Map<ContentId, PhotoId>();
  for (const id of table.ids()) {
    const content = table.contentOf(id);
    if (content === null || !isPresent(catalogue, id) || seen.add(content) || repeated.has(content)) continue;
    repeated.set(content, presentPhotosOf(catalogue, content)[0]!);
  }
  return [...repeated].sort(([, a], [, b]) => a - b).map(([content]) => content);
}

/** How contents stand for photos, and which of them are not to meet. */
export interface ContentsAsPhotos {
  /** The photo that a content is shown by, of those that are there. */
  readonly shown: (content: number) => PhotoId;
  /** The same of the contents of one group: photos that may meet. */
  readonly shownTogether: (contents: readonly number[]) => PhotoId[];
  readonly isApart: (a: number, b: number) => boolean;
  /** Apart as the person decided so. */
  readonly isDecidedApart: (a: number, b: number) => boolean;
}

/**
 * @param photosOf what there is of a content within the scope, at least one; asked many times
 * @param isLeaving photos that were decided to go: another one of the same bytes is shown if there is any
 */
export function contentsAsPhotos(
  photosOf: (content: ContentId) => readonly PhotoId[],
  decided: DecidedDuplicates,
  isLeaving: (photo: PhotoId) => boolean,
  scope: ScopeTest,
): ContentsAsPhotos {
  // Others are compared with the photo of a reference folder rather than with another one of the same bytes.
  const ordered = (content: number) => {
    const photos = photosOf(content as ContentId);
    if (photos.length === 1) return photos;
    const rank = (photo: PhotoId) => (scope.isReference(photo) ? 0 : isLeaving(photo) ? 2 : 1);
    return [...photos].sort((a, b) => rank(a) - rank(b));
  };
  const shown = (content: number) => ordered(content)[0]!;
  const known = new Map<number, ReadonlySet<string>>();
  const placesOfContent = (content: number) => {
    const places = known.get(content) ?? new Set(photosOf(content as ContentId).map(scope.meetingPlace));
    known.set(content, places);
    return places;
  };
  const mayMeet = (a: number, b: number) => {
    const others = placesOfContent(b);
    for (const place of placesOfContent(a)) if (others.has(place)) return true;
    return false;
  };
  const shownTogether = (contents: readonly number[]) => {
    const photos = contents.map(ordered);
    for (const first of photos[0]!) {
      const place = scope.meetingPlace(first);
      const found = photos.map((some) => some.find((photo) => scope.meetingPlace(photo) === place));
      if (found.every((photo) => photo !== undefined)) return [first, ...found.slice(1)];
    }
    return contents.map(shown);
  };
  const isDecidedApart = (a: number, b: number) => {
    const { hashOf } = decided;
    const [first, second] = [hashOf.get(a as ContentId), hashOf.get(b as ContentId)];
    if (first === undefined || second === undefined) return false;
    return apart.has(decided.book.relation(contentNode({ sha256: first }), contentNode({ sha256: second })));
  };
  return {
    shown,
    shownTogether,
    isApart: (a, b) => !mayMeet(a, b) || isDecidedApart(a, b),
    isDecidedApart,
  };
}
