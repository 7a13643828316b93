import { isBelow, matchesPattern } from '../dedup/keep-rules.ts';
import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';
import { defaultQuery, type PhotoQuery } from './photo-query.ts';
import { queryTest } from './query-photos.ts';

/** Among which photos duplicates are looked for. Plain values: they come from the page. */
export interface DuplicateScope {
  /** `reference`: only groups that hold a photo of a reference folder and another one. */
  readonly compare: 'all' | 'within-folders' | 'reference';
  /** Folders, see `isBelow`, whose photos are compared with and never proposed for removal. */
  readonly references: readonly string[];
  /** By tag, date, words; null: any. */
  readonly filter: Pick<PhotoQuery, 'text' | 'allOf' | 'from' | 'to'> | null;
  /** Bytes; 0: any size. */
  readonly leastBytes: number;
  /** Endings of names, lower case, without the dot; empty: any format. */
  readonly formats: readonly string[];
  /** Folders, or names with * and ?: such photos are left out. */
  readonly ignored: readonly string[];
}

export const everything: DuplicateScope = {
  compare: 'all',
  references: [],
  filter: null,
  leastBytes: 0,
  formats: [],
  ignored: [],
};

/** A scope that can be asked about photos that are there. */
export interface ScopeTest {
  readonly includes: (photo: PhotoId) => boolean;
  readonly isReference: (photo: PhotoId) => boolean;
  /** Present and removed photos of reference folders; null: none are named. */
  readonly countReferences: () => number | null;
  /** Photos may be in one group where this is the same. */
  readonly meetingPlace: (photo: PhotoId) => string;
  /** Whether a group is worth showing. */
  readonly isWanted: (group: readonly PhotoId[]) => boolean;
}

export function scopeTest(catalogue: Catalogue, scope: DuplicateScope): ScopeTest {
  const { table } = catalogue;
  const { compare, filter, leastBytes } = scope;
  const [references, formats, ignored] = [scope.references, scope.formats, scope.ignored].map(filled) as [
    string[],
    string[],
    string[],
  ];
  const passes = filter === null ? () => true : queryTest(catalogue, { ...defaultQuery, ...filter });
  const isIgnored = (photo: PhotoId) => {
    const path = table.path(photo);
    const name = table.name(photo);
    return ignored.some((one) => (path !== null && isBelow(path, one)) || matchesPattern(name, one));
  };
  const hasFormat = (photo: PhotoId) => {
    const name = table.name(photo);
    const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    return formats.length === 0 || formats.includes(ending === 'jpeg' ? 'jpg' : ending);
  };
  const isReference = (photo: PhotoId) => {
    const path = table.path(photo);
    return path !== null && references.some((folder) => isBelow(path, folder));
  };
  return {
    isReference,
    countReferences: () => (references.length === 0 ? null : [...table.ids()].filter(isReference).length),
    includes: (photo) =>
      table.columns.size[photo]! >= leastBytes && passes(photo) && hasFormat(photo) && !isIgnored(photo),
    meetingPlace: (photo) => (compare === 'within-folders' ? folderOf(table.path(photo)) : ''),
    isWanted: (group) => {
      const count = group.filter(isReference).length;
      // Two of a reference folder: nothing can be removed.
      if (count === group.length) return false;
      return compare !== 'reference' || count > 0;
    },
  };
}

/** What is typed is empty at times, and has slashes and spaces at its ends. */
function filled(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim().replace(/^[/\\]+|[/\\]+$/g, '')).filter((text) => text !== '');
}

function folderOf(path: string | null): string {
  return path === null ? '' : path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
