import type { LabelNumber } from './label.ts';
import {
  freeShortcut,
  type LabelSet,
  type LabelSetKind,
  labelColours,
  labelNamed,
  type SetLabel,
  tidyName,
} from './label-set.ts';

/** A set as it is asked for. */
export interface SetDraft {
  readonly name: string;
  readonly kind: LabelSetKind;
  /** Of a multi-output set. */
  readonly groups: readonly string[];
  readonly labels: readonly LabelDraft[];
  /** Absent: it does not. */
  readonly refuses?: boolean;
}

export interface LabelDraft {
  readonly name: string;
  /** Its name in Chinese; absent: the same. */
  readonly zh?: string;
  /** Name of its group, in a multi-output set; absent: the first, or one called like the set. */
  readonly group?: string;
  readonly synonyms?: readonly string[];
  readonly shortcut?: string;
  readonly colour?: number;
}

/** What can be changed of a set without touching what was said of photos. */
export type SetEdit =
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'refuses'; readonly refuses: boolean }
  | { readonly kind: 'rename-group'; readonly group: number; readonly name: string }
  | { readonly kind: 'add-group'; readonly name: string }
  | {
      readonly kind: 'change-label';
      readonly label: LabelNumber;
      readonly en?: string;
      readonly zh?: string;
      readonly colour?: number;
      readonly shortcut?: string | null;
      readonly synonyms?: readonly string[];
    };

/** Names that a draft's labels get: tidy, Chinese as English where it is not given. */
export function draftNames({ name, zh }: LabelDraft): SetLabel['names'] {
  const en = tidyName(name);
  return { en, zh: tidyName(zh ?? '') || en };
}

/**
 * The set with further labels, which have got these numbers. Unknown groups are made.
 *
 * @param since revision with which they come: see [Note: Fully labelled]
 */
export function withLabels(
  set: LabelSet,
  drafts: readonly LabelDraft[],
  numbers: readonly LabelNumber[],
  since: number,
): LabelSet {
  const groups = [...set.groups];
  const labels = [...set.labels];
  drafts.forEach((draft, n) => {
    const names = draftNames(draft);
    const shortcuts = labels.map(({ shortcut }) => shortcut);
    const wanted = draft.shortcut?.toLowerCase();
    labels.push({
      number: numbers[n]!,
      names,
      colour: (draft.colour ?? labels.length) % labelColours,
      shortcut:
        wanted !== undefined && /^[a-z0-9]$/.test(wanted) && !shortcuts.includes(wanted)
          ? wanted
          : freeShortcut(names.en, shortcuts),
      synonyms: tidySynonyms(draft.synonyms ?? []),
      group:
        set.kind === 'multi-output' ? groupCalled(groups, draft.group ?? groups[0]?.name ?? set.name) : null,
      ...(since > 0 && { since }),
    });
  });
  return { ...set, groups, labels, ...(since > (set.revision ?? 0) && { revision: since }) };
}

/** Null: what is to be changed is not there. */
export function edited(set: LabelSet, edit: SetEdit): LabelSet | null {
  switch (edit.kind) {
    case 'rename':
      return { ...set, name: tidyName(edit.name) };
    case 'refuses':
      return { ...set, refuses: edit.refuses && set.kind === 'multi-class' };
    case 'add-group':
      if (set.kind !== 'multi-output') return null;
      return { ...set, groups: [...set.groups, { id: nextGroup(set.groups), name: tidyName(edit.name) }] };
    case 'rename-group': {
      if (!set.groups.some(({ id }) => id === edit.group)) return null;
      const groups = set.groups.map((group) =>
        group.id === edit.group ? { ...group, name: tidyName(edit.name) } : group,
      );
      return { ...set, groups };
    }
    case 'change-label':
      return changedLabel(set, edit);
  }
}

function changedLabel(set: LabelSet, edit: Extract<SetEdit, { kind: 'change-label' }>): LabelSet | null {
  const old = set.labels.find(({ number }) => number === edit.label);
  if (old === undefined) return null;
  const en = edit.en === undefined ? old.names.en : tidyName(edit.en);
  // A Chinese name that was only a copy follows the English one.
  const copied = old.names.zh === old.names.en;
  const zh = edit.zh === undefined ? (copied ? en : old.names.zh) : tidyName(edit.zh) || en;
  const changed: SetLabel = {
    ...old,
    names: { en, zh },
    colour: edit.colour ?? old.colour,
    shortcut: edit.shortcut === undefined ? old.shortcut : shortcutOf(edit.shortcut),
    synonyms: edit.synonyms === undefined ? old.synonyms : tidySynonyms(edit.synonyms),
  };
  return { ...set, labels: set.labels.map((label) => (label === old ? changed : label)) };
}

/** The set without a label, and without its group if that was its last; what photos had of it is up to the caller. */
export function withoutLabel(set: LabelSet, number: LabelNumber): LabelSet {
  const group = set.labels.find((label) => label.number === number)?.group;
  const labels = set.labels.filter((label) => label.number !== number);
  const isLeft = ({ id }: LabelSet['groups'][number]) =>
    id !== group || labels.some((label) => label.group === group);
  return { ...set, groups: set.groups.filter(isLeft), labels };
}

/** The set with one label merged into another, whose synonyms take the name of the one that goes. */
export function mergedLabels(set: LabelSet, from: LabelNumber, into: LabelNumber): LabelSet | null {
  const gone = set.labels.find(({ number }) => number === from);
  const kept = set.labels.find(({ number }) => number === into);
  if (gone === undefined || kept === undefined || gone === kept || gone.group !== kept.group) return null;
  const left = withoutLabel(set, from);
  const synonyms = tidySynonyms([...kept.synonyms, gone.names.en, gone.names.zh, ...gone.synonyms]).filter(
    (name) => labelNamed({ ...left, labels: [{ ...kept, synonyms: [] }] }, name) === null,
  );
  const since = Math.max(kept.since ?? 0, gone.since ?? 0);
  const merged = { ...kept, synonyms, ...(since > 0 && { since }) };
  return { ...left, labels: left.labels.map((label) => (label === kept ? merged : label)) };
}

function shortcutOf(text: string | null): string | null {
  const key = text?.trim().toLowerCase() ?? '';
  return /^[a-z0-9]$/.test(key) ? key : null;
}

function tidySynonyms(synonyms: readonly string[]): string[] {
  return [...new Set(synonyms.map(tidyName))].filter((name) => name !== '').slice(0, 50);
}

function nextGroup(groups: LabelSet['groups']): number {
  return 1 + groups.reduce((most, { id }) => Math.max(most, id), 0);
}

function groupCalled(groups: { id: number; name: string }[], wanted: string): number {
  const name = tidyName(wanted);
  const known = groups.find((group) => group.name.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return known.id;
  const id = nextGroup(groups);
  groups.push({ id, name });
  return id;
}
