import type { LabelNumber } from './label.ts';

/**
 * `binary`: one label, there or not; `multi-class`: exactly one of the labels; `multi-output`: exactly one label of each
 * group; `multi-label`: any number of labels.
 */
export type LabelSetKind = 'binary' | 'multi-class' | 'multi-output' | 'multi-label';

/** The labels that the model brings are a set, too: one that only the model changes. */
export const builtInSet = 0;

/** Entries of the palette that labels are drawn with. */
export const labelColours = 12;
export const mostLabels = 1000;
export const longestName = 200;

/** A label as its set describes it; its name is also in the registry, where photos' tags look it up. */
export interface SetLabel {
  readonly number: LabelNumber;
  readonly names: { readonly en: string; readonly zh: string };
  /** Index in the palette, 0 to labelColours - 1. */
  readonly colour: number;
  /** One letter or digit that says the label while labelling; null: none. */
  readonly shortcut: string | null;
  readonly synonyms: readonly string[];
  /** Id of its group; null in sets that are no multi-output. */
  readonly group: number | null;
  /** The set's revision with which it came; absent: 0. See [Note: Fully labelled]. */
  readonly since?: number | undefined;
}

export interface LabelGroup {
  readonly id: number;
  readonly name: string;
}

export interface LabelSet {
  /** 1, 2, ...; never used twice. */
  readonly id: number;
  readonly name: string;
  readonly kind: LabelSetKind;
  /** Of a multi-output set; else none. */
  readonly groups: readonly LabelGroup[];
  readonly labels: readonly SetLabel[];
  /** A multi-class set may answer "none of these". */
  readonly refuses: boolean;
  /** Grows with each addition of labels; absent: 0. */
  readonly revision?: number | undefined;
}

/** Labels of which a photo has one at most, or a single label: what a softmax or a sigmoid decides. */
export interface LabelColumnGroup {
  /** '' for the only group of a set. */
  readonly name: string;
  readonly exclusive: boolean;
  readonly labels: readonly LabelNumber[];
}

/** The groups of a set in order of its labels; see [Note: kinds of teaching]. */
export function columnGroups({ kind, groups, labels }: LabelSet): LabelColumnGroup[] {
  const numbers = labels.map(({ number }) => number);
  if (kind === 'multi-class') return [{ name: '', exclusive: true, labels: numbers }];
  if (kind === 'multi-output') {
    return groups.map(({ id, name }) => ({
      name,
      exclusive: true,
      labels: labels.filter(({ group }) => group === id).map(({ number }) => number),
    }));
  }
  return labels.map(({ number }) => ({ name: String(number), exclusive: false, labels: [number] }));
}

/** The labels that a photo cannot have beside this one. */
export function rivalsOf(set: LabelSet, label: LabelNumber): readonly LabelNumber[] {
  const group = columnGroups(set).find(({ labels }) => labels.includes(label));
  return group?.exclusive === true ? group.labels.filter((one) => one !== label) : [];
}

/**
 * [Note: Fully labelled] Of a fully labelled photo every label that is not there is ruled out: every one that the set had
 * when that was said. A label that is added later is unknown on it until it is said again. So the photo's mark keeps the
 * set's revision, above its bits, and each label the revision with which it came.
 */
const fullyLabelledBit = 1;
const trainBit = 2;
const validationBit = 4;
const revisionUnit = 256;
/** Marks are 32-bit numbers. */
export const mostRevisions = 2 ** 24 - 1;

/** The mark of a photo that is fully labelled in a set as it is now, its side kept. */
export function fullMark(mark: number, { revision = 0 }: Pick<LabelSet, 'revision'>): number {
  return Math.min(revision, mostRevisions) * revisionUnit + ((mark & 0xff) | fullyLabelledBit);
}

/** The mark of a photo that is not said to be fully labelled, its side kept. */
export function partialMark(mark: number): number {
  return mark & 0xff & ~fullyLabelledBit;
}

/** Whether a mark says that what is not said of a label is not there. @param since of the label */
export function coversLabel(mark: number, since = 0): boolean {
  return (mark & fullyLabelledBit) !== 0 && Math.floor(mark / revisionUnit) >= since;
}

/** Whether a mark covers every label that the set has now. */
export function isFullMark(mark: number, { labels }: Pick<LabelSet, 'labels'>): boolean {
  return labels.every(({ since }) => coversLabel(mark, since)) && coversLabel(mark);
}

/** Which side of a fixed split the person put a photo on. */
export type SplitSide = 'train' | 'validation';

export function sideOf(mark: number): SplitSide | null {
  return (mark & trainBit) !== 0 ? 'train' : (mark & validationBit) !== 0 ? 'validation' : null;
}

/** The mark of a photo on a side, or on none, whether it is fully labelled kept. */
export function sidedMark(mark: number, side: SplitSide | null): number {
  const bits = (mark & 0xff & ~(trainBit | validationBit)) | sideBits(side);
  return mark - (mark & 0xff) + bits;
}

function sideBits(side: SplitSide | null): number {
  return side === null ? 0 : side === 'train' ? trainBit : validationBit;
}

/** Why a set cannot be made or changed so: worded for people in the page's languages. */
export type SetProblem =
  | 'no-name'
  | 'name-taken'
  | 'label-name-taken'
  | 'too-many-labels'
  | 'one-label' // a binary set has exactly one label
  | 'shortcut-taken'
  | 'not-there' // none of the photos has the label
  | 'gone'; // the set, group or label is not there any more

/** Text as names are compared: width, case and spaces aside. */
export function foldedName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Text as names are kept: one line, no spaces around, not too long. */
export function tidyName(name: string): string {
  const line = name
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return Array.from(line).slice(0, longestName).join('').trim();
}

/** The label that is called `name` in either language, or has it as a synonym; null: none. */
export function labelNamed(set: LabelSet, name: string, group: number | null = null): SetLabel | null {
  const wanted = foldedName(name);
  const among = group === null ? set.labels : set.labels.filter((label) => label.group === group);
  const called = ({ names }: SetLabel) => foldedName(names.en) === wanted || foldedName(names.zh) === wanted;
  return (
    among.find(called) ??
    among.find(({ synonyms }) => synonyms.some((synonym) => foldedName(synonym) === wanted)) ??
    null
  );
}

/** What is wrong with a set as a whole; null: nothing. Labels of different groups may have the same name. */
export function problemOfSet(set: LabelSet, others: readonly LabelSet[]): SetProblem | null {
  if (set.name === '' || set.groups.some(({ name }) => name === '')) return 'no-name';
  if (set.labels.some(({ names }) => names.en === '' || names.zh === '')) return 'no-name';
  const name = foldedName(set.name);
  if (others.some((other) => other.id !== set.id && foldedName(other.name) === name)) return 'name-taken';
  if (new Set(set.groups.map((group) => foldedName(group.name))).size < set.groups.length)
    return 'name-taken';
  if (set.labels.length > mostLabels) return 'too-many-labels';
  if (set.kind === 'binary' && set.labels.length !== 1) return 'one-label';
  const names = new Set<string>();
  for (const { names: own, group } of set.labels) {
    for (const text of new Set([foldedName(own.en), foldedName(own.zh)])) {
      const key = `${group ?? ''} ${text}`;
      if (names.has(key)) return 'label-name-taken';
      names.add(key);
    }
  }
  const shortcuts = set.labels.flatMap(({ shortcut }) => shortcut ?? []);
  return new Set(shortcuts).size < shortcuts.length ? 'shortcut-taken' : null;
}

/** A shortcut for a label that has none yet: its initial, else a digit, else another letter of its name, else none. */
export function freeShortcut(name: string, taken: readonly (string | null)[]): string | null {
  const used = new Set(taken);
  const letters = [...foldedName(name)].filter((letter) => /^[a-z]$/.test(letter));
  const digits = [...'1234567890'];
  return [...letters.slice(0, 1), ...digits, ...letters.slice(1)].find((key) => !used.has(key)) ?? null;
}
