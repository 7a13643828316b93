import { formatCell } from '../evaluation/cell.ts';
import { queryWords, wordText } from '../search/query-words.ts';
import type { PhotoTags } from '../tagging/photo-tags.ts';
import type { FoundCells } from './found-cells.ts';
import { parseIds } from './id-list.ts';
import { type PhotoId, photoStatusCodes } from './photo.ts';
import type { MonthGroup, PhotoQuery, PhotoView, QueryAlternative } from './photo-query.ts';
import { favouriteFlag, missingFlag, type PhotoTable, wallClock } from './photo-table.ts';
import type { PhotoOrders } from './sorted-photos.ts';

/** Width / height of a photo whose size is not known yet. */
export const unknownAspect = 4 / 3;

export interface Queryable {
  readonly table: PhotoTable;
  readonly orders: PhotoOrders;
  readonly tags: PhotoTags;
  /** Lower-case text that the text filter looks in. */
  readonly searchText: SearchText;
  /** A query's cell must have been looked up. */
  readonly cells: FoundCells;
}

/** Names, paths, and what the things on photos are called, in the form that text filters compare; made when first needed. */
export class SearchText {
  readonly #table: PhotoTable;
  readonly #texts: (string | undefined)[] = [];
  readonly #called = new Map<PhotoId, string>();

  constructor(table: PhotoTable) {
    this.#table = table;
  }

  changed(id: PhotoId): void {
    if (id < this.#texts.length) this.#texts[id] = undefined;
  }

  /** What the thing on a photo is called from now on; null: nothing. */
  call(id: PhotoId, name: string | null): void {
    // As words of queries, which quotation marks hold together, cannot hold them.
    if (name === null) this.#called.delete(id);
    else this.#called.set(id, name.replaceAll('"', ''));
    this.changed(id);
  }

  /** Makes all of them ahead of time, in steps between which others run. */
  async prepare(breathe: () => Promise<void>): Promise<void> {
    for (let id = 1; id < this.#table.end; id++) {
      if (this.#table.has(id)) this.get(id);
      if (id % 10_000 === 0) await breathe();
    }
  }

  get(id: PhotoId): string {
    const made = this.#texts[id];
    if (made !== undefined) return made;
    const path = this.#table.path(id);
    const name = this.#table.name(id);
    const file = path === null || path.endsWith(name) ? (path ?? name) : `${name}\n${path}`;
    const called = this.#called.get(id);
    const text = foldText(called === undefined ? file : `${file}\n${called}`);
    this.#texts[id] = text;
    return text;
  }
}

/** Case does not count, nor how accents are composed (disks differ in that). */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** A test of one photo against what the query's `show` covers. */
export function shownTest(
  { columns }: Pick<PhotoTable, 'columns'>,
  show: PhotoQuery['show'],
): (id: number) => boolean {
  const { status, removedAt, flags } = columns;
  if (show === 'missing') {
    const present = shownTest({ columns }, 'present');
    return (id) => (flags[id]! & missingFlag) !== 0 && present(id);
  }
  if (show === 'removed') return (id) => status[id] !== 0 && removedAt[id] !== 0;
  if (show === 'failed') return (id) => status[id] === photoStatusCodes.failed && removedAt[id] === 0;
  return (id) => status[id] !== 0 && status[id] !== photoStatusCodes.failed && removedAt[id] === 0;
}

/** A test of one photo against all of the query. */
export function queryTest(library: Queryable, query: PhotoQuery): (id: number) => boolean {
  const tests = conditionTests(library, query);
  const isAny = anyTest(library, query);
  const shown = shownTest(library.table, query.show);
  return (id) => shown(id) && isAny(id) && tests.every((test) => test(id));
}

/** A test of one photo against `anyOf` alone. */
function anyTest({ tags }: Queryable, { anyOf }: PhotoQuery): (id: number) => boolean {
  return anyOf.length === 0 ? () => true : tags.matcher([], anyOf, []);
}

/** Tests of one photo against all other conditions. */
function conditionTests(
  library: Queryable,
  { text, folder, allOf, noneOf, oneOfEach, either, favourites, excluded, only, cell, from, to }: PhotoQuery,
): ((id: number) => boolean)[] {
  const { table, tags, searchText, cells } = library;
  const tests: ((id: number) => boolean)[] = [];
  const { flags } = table.columns;
  if (favourites) tests.push((id) => (flags[id]! & favouriteFlag) !== 0);
  if (only !== null) {
    const ids = parseIds(only);
    tests.push((id) => ids?.has(id) === true);
  }
  if (cell !== null) tests.push(cells.test(formatCell(cell)));
  if (from !== null || to !== null) tests.push(timesTest(library, { from, to }));
  if (allOf.length + noneOf.length > 0) tests.push(tags.matcher(allOf, [], noneOf));
  for (const labels of oneOfEach)
    tests.push(labels.length === 0 ? () => false : tags.matcher([], labels, []));
  for (const word of queryWords(text)) {
    const wanted = foldText(wordText(word));
    if (wanted !== '') tests.push((id) => searchText.get(id as PhotoId).includes(wanted) !== word.negated);
  }
  const inFolder = folderTest(library, folder);
  if (inFolder !== null) tests.push(inFolder);
  if (excluded.favourites) tests.push((id) => (flags[id]! & favouriteFlag) === 0);
  for (const one of excluded.folders) {
    const isIn = folderTest(library, one);
    if (isIn !== null) tests.push((id) => !isIn(id));
  }
  for (const group of either) {
    const some = group.map((alternative) => alternativeTest(library, alternative));
    tests.push((id) => some.some((test) => test(id)));
  }
  for (const times of excluded.times) {
    const isThen = timesTest(library, times);
    tests.push((id) => !isThen(id));
  }
  return tests;
}

function alternativeTest(library: Queryable, alternative: QueryAlternative): (id: number) => boolean {
  const isSo = traitTest(library, alternative);
  return alternative.negated ? (id) => !isSo(id) : isSo;
}

function traitTest(library: Queryable, trait: QueryAlternative): (id: number) => boolean {
  const { table, tags, searchText } = library;
  switch (trait.kind) {
    case 'labels':
      return trait.labels.length === 0 ? () => false : tags.matcher([], trait.labels, []);
    case 'text': {
      const wanted = foldText(trait.text);
      return (id) => searchText.get(id as PhotoId).includes(wanted);
    }
    case 'folder':
      return folderTest(library, trait.folder) ?? (() => true);
    case 'times':
      return timesTest(library, trait);
    case 'favourites':
      return (id) => (table.columns.flags[id]! & favouriteFlag) !== 0;
  }
}

/** Whether a photo was taken then; `from` inclusive, `to` exclusive. */
function timesTest(
  { table }: Pick<Queryable, 'table'>,
  { from, to }: { readonly from: number | null; readonly to: number | null },
): (id: number) => boolean {
  const { capturedAt } = table.columns;
  const [start, stop] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY];
  return (id) => capturedAt[id]! >= start && capturedAt[id]! < stop;
}

/** Whether a photo lies in a folder of that name; null for a name of nothing. */
function folderTest(
  { table, searchText }: Pick<Queryable, 'table' | 'searchText'>,
  folder: string,
): ((id: number) => boolean) | null {
  const within = foldText(folder).replace(/^[/\s]+|[/\s]+$/g, '');
  if (within === '') return null;
  return (id) => {
    // Nearly all others fail this, and folding is costly.
    if (!searchText.get(id as PhotoId).includes(`${within}/`)) return false;
    const path = foldText(table.path(id as PhotoId) ?? '');
    return `/${path.slice(0, path.lastIndexOf('/') + 1)}`.includes(`/${within}/`);
  };
}

/** Answers a query over all photos. `labels`: how many label numbers there are; null: tags are not loaded, no counts. */
export function queryPhotos(
  library: Queryable,
  query: PhotoQuery,
  labels: number | null,
  revision: number,
): PhotoView {
  const { table, orders, tags } = library;
  const order = orders.by(query.sort.by);
  const shown = shownTest(table, query.show);
  const tests = conditionTests(library, query);
  const isAny = anyTest(library, query);
  const found = new Uint32Array(order.length);
  let count = 0;
  // A tag that no photo of the view carries can still widen the view: its photos fail `anyOf` alone.
  const widens = query.anyOf.length > 0 && labels !== null;
  const missed = new Uint32Array(widens ? order.length : 0);
  let missedCount = 0;
  let totalShown = 0;
  for (let i = 0; i < order.length; i++) {
    const id = order[query.sort.descending ? order.length - 1 - i : i]!;
    if (!shown(id)) continue;
    totalShown++;
    const hasAny = isAny(id);
    let matches = hasAny || widens;
    for (let t = 0; t < tests.length && matches; t++) matches = tests[t]!(id);
    if (!matches) continue;
    if (hasAny) found[count++] = id;
    else missed[missedCount++] = id;
  }
  const ids = found.slice(0, count);
  let labelCounts: Uint32Array<ArrayBuffer> | null = null;
  if (labels !== null) {
    labelCounts = new Uint32Array(labels);
    tags.count(ids, labelCounts);
    tags.count(missed.subarray(0, missedCount), labelCounts);
  }
  return {
    revision,
    ids,
    aspects: aspectsOf(table, ids),
    groups: monthGroups(table, ids, query.sort.by),
    labelCounts,
    totalShown,
  };
}

function aspectsOf({ columns: { width, height } }: PhotoTable, ids: Uint32Array): Float32Array<ArrayBuffer> {
  const aspects = new Float32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    aspects[i] = width[id]! > 0 && height[id]! > 0 ? width[id]! / height[id]! : unknownAspect;
  }
  return aspects;
}

/** Runs of equal months, in the order of the view; none unless it is sorted by a date. */
function monthGroups(table: PhotoTable, ids: Uint32Array, by: PhotoQuery['sort']['by']): MonthGroup[] {
  if (by !== 'captured' && by !== 'imported') return [];
  const { capturedAt, importedAt } = table.columns;
  const timeOf = (id: number) => (by === 'captured' ? capturedAt[id]! : wallClock(importedAt[id]!));
  const groups: { year: number; month: number; start: number; count: number }[] = [];
  // Dates are costly: a photo that lies within the month of the one before needs none.
  let monthStart = 0;
  let monthEnd = 0;
  for (let i = 0; i < ids.length; i++) {
    const time = timeOf(ids[i]!);
    const group = groups.at(-1);
    if (group !== undefined && time >= monthStart && time < monthEnd) {
      group.count++;
      continue;
    }
    const date = new Date(time);
    const year = date.getUTCFullYear();
    const month = date.getUTCMonth();
    monthStart = Date.UTC(year, month, 1);
    monthEnd = Date.UTC(year, month + 1, 1);
    groups.push({ year, month: month + 1, start: i, count: 1 });
  }
  return groups;
}
