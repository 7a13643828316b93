import type { FileLabel, FileRow, LabelFile } from '../label-files/label-file.ts';
import { keyOf } from '../label-files/label-file.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { foldedName, type LabelSet, type LabelSetKind, labelNamed, tidyName } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
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
}

/** What an import would do. Names are the first ones only. */
export interface ImportPreview {
  readonly target: ImportTarget;
  /** For a new set: as the file calls it, or like that where a set of the name is there already. */
  readonly freeName: string;
  /** Of an import of folders: those that have sub-folders to choose among. */
  readonly roots: readonly string[];
  /** Photos that the file names. */
  readonly rows: number;
  /** Photos of the library that get something said of them. */
  readonly matched: number;
  readonly unmatched: Listed;
  /** Names that several different photos of the library have: none of them is labelled. */
  readonly ambiguous: Listed;
  /** Photos that get another class than they have, or than another row gives them. */
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
}

const nameOf = (file: LabelFile) => tidyName(file.name ?? '') || 'labels';

function freeName(file: LabelFile, sets: readonly LabelSet[]): string {
  const taken = new Set(sets.map(({ name }) => foldedName(name)));
  let name = nameOf(file);
  for (let n = 2; taken.has(foldedName(name)); n++) name = tidyName(`${nameOf(file)} ${n}`);
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
    fullyLabelled: file.rows.length > 0 && file.rows.every((row) => row.fullyLabelled),
  };
}

export function planImport(catalogue: Catalogue, file: LabelFile, target: ImportTarget): PlannedImport {
  const set = target.set === null ? null : catalogue.labelSet(target.set);
  const kind = set?.kind ?? target.kind;
  const byName = new PhotosByName(catalogue);
  const [unmatched, ambiguous, conflicts] = [new NameList(), new NameList(), new NameList()];
  const counts = new Map<string, number>();
  const given = new Map<string, string>();
  const matches: { row: FileRow; photos: readonly PhotoId[] }[] = [];
  for (const row of file.rows) {
    const { photos, ambiguous: several } = byName.find(row.photo);
    if (photos.length === 0) unmatched.add(row.photo);
    else if (several) ambiguous.add(row.photo);
    if (photos.length === 0 || several) continue;
    matches.push({ row, photos });
    for (const label of row.present)
      counts.set(keyOf(label), (counts.get(keyOf(label)) ?? 0) + photos.length);
    if (isConflict(catalogue, set, kind, row, photos, given)) conflicts.add(row.photo);
  }
  return {
    matches,
    preview: {
      target: { ...target, kind },
      freeName: freeName(file, catalogue.labelSets),
      roots: [],
      rows: file.rows.length,
      matched: new Set(matches.flatMap(({ photos }) => photos)).size,
      unmatched: unmatched.listed,
      ambiguous: ambiguous.listed,
      conflicts: conflicts.listed,
      labels: file.labels.map((label) => ({
        ...label,
        photos: counts.get(keyOf(label)) ?? 0,
        known: set !== null && labelFor(set, label) !== null,
      })),
    },
  };
}

/** The set's label that a file means; groups count in multi-output sets only. */
export function labelFor(set: LabelSet, { name, group }: FileLabel): LabelNumber | null {
  if (set.kind !== 'multi-output') return labelNamed(set, name)?.number ?? null;
  const wanted = foldedName(group ?? set.groups[0]?.name ?? '');
  const own = set.groups.find((one) => foldedName(one.name) === wanted);
  return own === undefined ? null : (labelNamed(set, name, own.id)?.number ?? null);
}

/** What is to be said of photos, once the set has the file's labels. */
export function statementsOf(
  set: LabelSet,
  { matches }: PlannedImport,
  fullyLabelled: boolean,
): Map<number, Statement> {
  const statements = new Map<number, Statement>();
  const numbers = (labels: readonly FileLabel[], verdict: 'accepted' | 'rejected') =>
    labels.flatMap((label) => {
      const number = labelFor(set, label);
      return number === null ? [] : [{ label: number, verdict }];
    });
  for (const { row, photos } of matches) {
    const verdicts = [...numbers(row.absent, 'rejected'), ...numbers(row.present, 'accepted')];
    const full =
      set.kind === 'multi-label' || set.kind === 'binary' ? fullyLabelled || row.fullyLabelled : false;
    for (const photo of photos) {
      const before = statements.get(photo);
      statements.set(photo, {
        verdicts: [...(before?.verdicts ?? []), ...verdicts],
        ...(full && { fullyLabelled: true }),
        ...(row.side !== null && { side: row.side }),
      });
    }
  }
  return statements;
}

/** @param given class of each photo and group so far, filled in */
function isConflict(
  { tags }: Catalogue,
  set: LabelSet | null,
  kind: LabelSetKind,
  row: FileRow,
  photos: readonly PhotoId[],
  given: Map<string, string>,
): boolean {
  if (kind !== 'multi-class' && kind !== 'multi-output') return false;
  let found = false;
  for (const { name, group } of row.present) {
    const number = set === null ? null : labelFor(set, { name, group });
    const own = set?.labels.find((label) => label.number === number);
    for (const photo of photos) {
      const key = `${photo} ${kind === 'multi-output' ? (group ?? '') : ''}`;
      const before = given.get(key);
      if (before !== undefined && before !== foldedName(name)) found = true;
      given.set(key, foldedName(name));
      const rivals =
        own === undefined ? [] : set!.labels.filter((one) => one !== own && one.group === own.group);
      if (rivals.some((rival) => tags.verdict(photo, rival.number) === 'accepted')) found = true;
    }
  }
  return found;
}
