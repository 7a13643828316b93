import { type FileGroup, groupsIn, onlyGroups, usualGroups } from '../label-files/chosen-groups.ts';
import type { FileLabel, FileRow, LabelFile } from '../label-files/label-file.ts';
import { keyOf } from '../label-files/label-file.ts';
import type { LabelNumber } from '../tagging/label.ts';
import {
  foldedName,
  type LabelSet,
  type LabelSetKind,
  labelNamed,
  longestName,
  tidyName,
} from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import { ImportConflicts } from './import-conflicts.ts';
import { PhotosByName } from './match-photos.ts';
import type { PhotoId } from './photo.ts';
import type { Statement } from './statements.ts';

/** Where labels of a file go. */
export interface ImportTarget {
  /** A set that there is; null: a new one of that name and kind. */
  readonly set: number | null;
  readonly name: string;
  readonly kind: LabelSetKind;
  /** Labels that the set does not have: added to it, or passed over. */
  readonly addLabels: boolean;
  /** Of a multi-label set: what the file does not say of a photo is not there. */
  readonly fullyLabelled: boolean;
  /** Of a file that has groups (columns of a table): only these; absent: as `usualGroups` has it. */
  readonly groups?: readonly string[] | undefined;
}

/** What an import would do. Names are the first ones only. */
export interface ImportPreview {
  readonly target: ImportTarget;
  /** For a new set: as the file calls it, or like that where a set of the name is there already. */
  readonly freeName: string;
  /** Of a new set, as the file suggests. */
  readonly fileKind: LabelSetKind;
  /** Of an import of folders: those that have sub-folders to choose among. */
  readonly roots: readonly string[];
  /** All groups that the file has; those that are taken are the target's. */
  readonly groups: readonly FileGroup[];
  /** Photos that the file names. */
  readonly rows: number;
  /** Photos of the library that get something said of them. */
  readonly matched: number;
  readonly unmatched: Listed;
  /** Files that cannot be read: the others hold. */
  readonly unread: Listed;
  /** Names that several different photos of the library have: none of them is labelled. */
  readonly ambiguous: Listed;
  /** Photos of which something else is said, here or in another row of the file: see `ImportConflicts`. */
  readonly conflicts: Listed;
  readonly labels: readonly {
    readonly name: string;
    readonly group: string | null;
    readonly photos: number;
    readonly known: boolean;
  }[];
}

export interface Listed {
  readonly count: number;
  readonly names: readonly string[];
}

const mostListed = 20;

const listed = (names: readonly string[]): Listed => ({
  count: names.length,
  names: names.slice(0, mostListed),
});

class NameList {
  #count = 0;
  readonly #names: string[] = [];

  add(name: string): void {
    this.#count++;
    if (this.#names.length < mostListed) this.#names.push(name);
  }

  get listed(): Listed {
    return { count: this.#count, names: this.#names };
  }
}

/** What was found of a file before anything is written. */
export interface PlannedImport {
  readonly preview: ImportPreview;
  /** Rows with the photos that they mean. */
  readonly matches: readonly { readonly row: FileRow; readonly photos: readonly PhotoId[] }[];
  /** Every row says all of its photo: whether that holds is then the person's choice, not the rows'. */
  readonly isFull: boolean;
}

const nameOf = (file: LabelFile) => tidyName(file.name ?? '') || 'labels';

/** The name, or one like it where a set has it already. */
export function freeName(wanted: string, sets: readonly LabelSet[]): string {
  const taken = new Set(sets.map(({ name }) => foldedName(name)));
  let name = tidyName(wanted);
  // A name of full length would be cut to itself again: the number has its room.
  const stem = Array.from(name)
    .slice(0, longestName - 8)
    .join('');
  for (let n = 2; taken.has(foldedName(name)); n++) name = tidyName(`${stem} ${n}`);
  return name;
}

/** What the file itself suggests. */
export function suggestedTarget(file: LabelFile, sets: readonly LabelSet[]): ImportTarget {
  const name = nameOf(file);
  const known = sets.find((set) => foldedName(set.name) === foldedName(name));
  return {
    set: known?.id ?? null,
    name: known?.name ?? name,
    kind: known?.kind ?? file.kind,
    addLabels: true,
    fullyLabelled: saysAll(file),
  };
}

/** What such a file does not say of a photo is not there, unless the person decides otherwise. */
const saysAll = ({ rows }: LabelFile) => rows.length > 0 && rows.every((row) => row.fullyLabelled);

export function planImport(catalogue: Catalogue, whole: LabelFile, target: ImportTarget): PlannedImport {
  const groups = target.groups ?? usualGroups(whole);
  const file = onlyGroups(whole, groups);
  const set = target.set === null ? null : catalogue.labelSet(target.set);
  const into = set && { set, find: labelFinder(set) };
  const kind = set?.kind ?? target.kind;
  const byName = new PhotosByName(catalogue);
  const [unmatched, ambiguous, conflicts] = [new NameList(), new NameList(), new NameList()];
  const counts = new Map<string, number>();
  const matches: { row: FileRow; photos: readonly PhotoId[] }[] = [];
  const [named, repeated] = [new Set<PhotoId>(), new Set<PhotoId>()];
  for (const row of file.rows) {
    const { photos, ambiguous: several } = byName.find(row.photo);
    if (photos.length === 0) unmatched.add(row.photo);
    else if (several) ambiguous.add(row.photo);
    if (photos.length === 0 || several) continue;
    matches.push({ row, photos });
    for (const label of row.present)
      counts.set(keyOf(label), (counts.get(keyOf(label)) ?? 0) + photos.length);
    for (const photo of photos) (named.has(photo) ? repeated : named).add(photo);
  }
  const contradictions = new ImportConflicts(catalogue, into, kind, repeated);
  for (const { row, photos } of matches) if (contradictions.has(row, photos)) conflicts.add(row.photo);
  const isFull = saysAll(file);
  const isTaken = (label: FileLabel) =>
    into === null || into.find(label) !== null || (target.addLabels && mayJoin(into.set, label));
  const saysSomething = ({ row }: { readonly row: FileRow }) =>
    rulesOutTheRest(kind, row, isFull, target.fullyLabelled) ||
    row.side !== null ||
    [...row.present, ...row.absent].some(isTaken);
  return {
    matches,
    isFull,
    preview: {
      target: { ...target, kind, groups },
      freeName: freeName(nameOf(file), catalogue.labelSets),
      fileKind: file.kind,
      roots: [],
      groups: groupsIn(whole),
      rows: file.rows.length,
      matched: new Set(matches.filter(saysSomething).flatMap(({ photos }) => photos)).size,
      unmatched: unmatched.listed,
      unread: listed(file.unread ?? []),
      ambiguous: ambiguous.listed,
      conflicts: conflicts.listed,
      labels: file.labels.map(({ name, group }) => ({
        name,
        group,
        photos: counts.get(keyOf({ name, group })) ?? 0,
        known: set !== null && labelFor(set, { name, group }) !== null,
      })),
    },
  };
}

/**
 * The set's label that a file means; groups count in multi-output sets only, and where the file does not say which, a name
 * that only one of them has.
 */
export function labelFor(set: LabelSet, { name: called, group }: FileLabel): LabelNumber | null {
  // As the set would keep it: else a name that is cut would not be found again.
  const name = tidyName(called);
  if (set.kind !== 'multi-output') return labelNamed(set, name)?.number ?? null;
  if (group === null) {
    const found = set.groups.flatMap(({ id }) => labelNamed(set, name, id)?.number ?? []);
    return found.length === 1 ? found[0]! : null;
  }
  const wanted = foldedName(tidyName(group));
  const own = set.groups.find((one) => foldedName(one.name) === wanted);
  return own === undefined ? null : (labelNamed(set, name, own.id)?.number ?? null);
}

/** `labelFor` of a set, of which each label is sought once: every row of a file may name all of them. */
function labelFinder(set: LabelSet): (label: FileLabel) => LabelNumber | null {
  const found = new Map<string, LabelNumber | null>();
  return (label) => {
    const key = keyOf(label);
    const known = found.get(key);
    if (known !== undefined) return known;
    const number = labelFor(set, label);
    found.set(key, number);
    return number;
  };
}

/** Whether a label that the set does not have may be added: to a set of groups only with its group, as none is made unasked. */
export function mayJoin({ kind }: LabelSet, { group }: FileLabel): boolean {
  return kind !== 'multi-output' || group !== null;
}

/** Whether labels that a row does not name are not there. @param isFull, fullyLabelled see `PlannedImport`, `ImportTarget` */
function rulesOutTheRest(kind: LabelSetKind, row: FileRow, isFull: boolean, fullyLabelled: boolean): boolean {
  const hasAny = kind === 'multi-label' || kind === 'binary';
  return hasAny && (fullyLabelled || (!isFull && row.fullyLabelled));
}

/** What is to be said of photos, once the set has the file's labels. */
export function statementsOf(
  set: LabelSet,
  { matches, isFull }: PlannedImport,
  fullyLabelled: boolean,
): Map<number, Statement> {
  const statements = new Map<number, Statement>();
  const find = labelFinder(set);
  const numbers = (labels: readonly FileLabel[], verdict: 'accepted' | 'rejected') =>
    labels.flatMap((label) => {
      const number = find(label);
      return number === null ? [] : [{ label: number, verdict }];
    });
  for (const { row, photos } of matches) {
    const verdicts = [...numbers(row.absent, 'rejected'), ...numbers(row.present, 'accepted')];
    const full = rulesOutTheRest(set.kind, row, isFull, fullyLabelled);
    if (verdicts.length === 0 && !full && row.side === null) continue;
    for (const photo of photos) {
      const before = statements.get(photo);
      statements.set(photo, {
        ...before,
        verdicts: [...(before?.verdicts ?? []), ...verdicts],
        ...(full && { fullyLabelled: true }),
        ...(row.side !== null && { side: row.side }),
      });
    }
  }
  return statements;
}
