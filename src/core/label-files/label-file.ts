import type { LabelSetKind, SplitSide } from '../tagging/label-set.ts';

/** Characters of a file of labels; what is larger is refused before it is read. */
export const mostCharacters = 200_000_000;
export const mostRows = 2_000_000;

/** A file's text, by its name. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What a file says of one photo. */
export interface FileRow {
  /** As the file has it: a name, or a path with slashes. */
  readonly photo: string;
  readonly present: readonly FileLabel[];
  readonly absent: readonly FileLabel[];
  /** Every label that is not present is thereby ruled out. */
  readonly fullyLabelled: boolean;
  readonly side: SplitSide | null;
}

/** A label by its name; `group` is null where the file knows no groups. */
export interface FileLabel {
  readonly name: string;
  readonly group: string | null;
}

/** A label as a file describes it; what is left out, the file does not say. */
export interface DescribedLabel extends FileLabel {
  /** Its name in Chinese. */
  readonly zh?: string;
  /** Index in the palette of labels. */
  readonly colour?: number;
  readonly shortcut?: string;
  readonly synonyms?: readonly string[];
}

/** A file of labels, whatever its format. */
export interface LabelFile {
  /** What the file calls the set; null: nothing. */
  readonly name: string | null;
  /** What kind of set it is, said or guessed. */
  readonly kind: LabelSetKind;
  /** A multi-class set that may answer "none of these"; absent: the file does not say. */
  readonly refuses?: boolean;
  /** All that rows name, and maybe more. */
  readonly labels: readonly DescribedLabel[];
  readonly rows: readonly FileRow[];
  /** Of several files those that could not be read, by name: the others hold. Absent: none. */
  readonly unread?: readonly string[];
}

/** Why a file cannot be read: worded for people in the page's languages; `found` is what it is about. */
export type LabelFileProblem =
  | { readonly code: 'too-large' | 'empty' | 'not-labels' | 'no-folders'; readonly found?: string }
  /** `unreadable`: its bytes cannot be had; `broken`: they are not what they should be. */
  | { readonly code: 'broken' | 'unreadable'; readonly found: string };

export type ReadLabels =
  | { readonly ok: true; readonly file: LabelFile }
  | { readonly ok: false; readonly problem: LabelFileProblem };

export function refuse(code: LabelFileProblem['code'], found = ''): ReadLabels {
  return { ok: false, problem: { code, found } as LabelFileProblem };
}

/** Labels that a file lists, then those that only its rows name, in order of appearance. */
export function labelsOf(rows: readonly FileRow[], listed: readonly DescribedLabel[] = []): DescribedLabel[] {
  const found = new Map<string, DescribedLabel>();
  for (const label of listed) if (!found.has(keyOf(label))) found.set(keyOf(label), label);
  for (const { present, absent } of rows) {
    for (const label of [...present, ...absent]) if (!found.has(keyOf(label))) found.set(keyOf(label), label);
  }
  return [...found.values()];
}

export const setKinds: readonly LabelSetKind[] = ['binary', 'multi-class', 'multi-output', 'multi-label'];

export function keyOf({ name, group }: FileLabel): string {
  return `${group ?? ''}\u0000${name}`;
}

/** Sets in which every photo has one label are taken for one of several; else any number. */
export function guessKind(rows: readonly FileRow[]): LabelSetKind {
  if (rows.some(({ present }) => present.some(({ group }) => group !== null))) return 'multi-output';
  const single = rows.every(({ present }) => present.length <= 1);
  const labels = labelsOf(rows).length;
  return single && labels > 1 && !rows.some(({ absent }) => absent.length > 0)
    ? 'multi-class'
    : 'multi-label';
}

const sides: ReadonlyMap<string, SplitSide> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['test', 'validation'],
  ['testing', 'validation'],
]);

export function sideCalled(text: string): SplitSide | null {
  return sides.get(text.trim().toLowerCase()) ?? null;
}
