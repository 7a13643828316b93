import type { MarkRow, SetRow } from '../../backup/entries.ts';
import type { LabelNumber } from '../../tagging/label.ts';
import {
  coversLabel,
  foldedName,
  fullMark,
  type LabelSet,
  labelNamed,
  mostLabels,
  partialMark,
  problemOfSet,
  type SetLabel,
} from '../../tagging/label-set.ts';
import type { Catalogue } from '../catalogue.ts';
import type { PhotoId } from '../photo.ts';
import type { MarkChunk, StoredLabel } from '../stored-rows.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';

const marksPerRow = 4096;

export function* setRows({ labelSets, labels: registry }: Catalogue): Generator<SetRow[]> {
  for (const { id, labels, ...set } of labelSets) {
    const rows = labels.map(({ number, ...rest }) => ({ ...rest, id: registry.get(number)!.id }));
    yield [{ id, ...set, labels: rows }];
  }
}

/**
 * A set is the same by its name and kind, a label in it by its name and group: what the backup's has more joins it. Where
 * the two cannot be one it is a set of its own, under another name.
 */
export function mergeSets(rows: readonly SetRow[], context: RestoreContext): SectionChanges {
  const labels: StoredLabel[] = [];
  const sets: LabelSet[] = [];
  for (const row of rows) {
    if (context.sets.has(row.id)) continue;
    const known = [...context.catalogue.labelSets, ...context.sets.values()];
    const same = known.find(
      ({ name, kind }) => foldedName(name) === foldedName(row.name) && kind === row.kind,
    );
    const others = known.filter(({ id }) => id !== same?.id);
    let plan = same && planned(row, same, context);
    if (plan === undefined || problemOfSet(plan.set, others) !== null) {
      plan = planned(row, emptySet(row, known, context), context);
      if (problemOfSet(plan.set, known) !== null) continue;
    }
    context.nextLabel += plan.labels.length;
    context.sets.set(row.id, plan.set);
    context.setRows.set(row.id, row);
    for (const [id, number] of plan.numbers) context.labels.set(id, number);
    for (const { number } of plan.set.labels) context.setOf.set(number, plan.set);
    labels.push(...plan.labels);
    const isSame =
      same?.id === plan.set.id && plan.labels.length === 0 && same.groups.length === plan.set.groups.length;
    if (!isSame) sets.push(plan.set);
  }
  if (sets.length === 0) return {};
  return { labelSets: sets, ...(labels.length > 0 && { labels }) };
}

function emptySet(row: SetRow, known: readonly LabelSet[], { catalogue }: RestoreContext): LabelSet {
  const names = new Set(known.map(({ name }) => foldedName(name)));
  let { name } = row;
  for (let n = 2; names.has(foldedName(name)); n++) name = `${row.name} (${n})`;
  const id = 1 + Math.max(0, catalogue.labels.greatestSet, ...known.map((set) => set.id));
  return { id, name, kind: row.kind, groups: [], labels: [], refuses: row.refuses };
}

/** The set with what the row has more than it. */
function planned(row: SetRow, base: LabelSet, { catalogue, nextLabel }: RestoreContext) {
  const groups = [...base.groups];
  const groupOf = new Map<number, number>();
  for (const { id, name } of row.groups) {
    let group = groups.find((one) => foldedName(one.name) === foldedName(name));
    if (group === undefined) {
      group = { id: 1 + Math.max(0, ...groups.map((one) => one.id)), name };
      groups.push(group);
    }
    groupOf.set(id, group.id);
  }
  const numbers = new Map<string, LabelNumber>();
  const fresh: StoredLabel[] = [];
  const labels: SetLabel[] = [...base.labels];
  // Photos of a set that was here were fully labelled without the labels that join it.
  const isNew = base.labels.length === 0 && catalogue.marks.of(base.id).size === 0;
  const joined = (base.revision ?? 0) + 1;
  for (const { id, since: came, ...label } of row.labels) {
    const group = label.group === null ? null : (groupOf.get(label.group) ?? null);
    const known = labelNamed({ ...base, labels }, label.names.en, group);
    if (known !== null) {
      numbers.set(id, known.number);
      continue;
    }
    if (labels.length >= mostLabels) break;
    const number = (nextLabel + fresh.length) as LabelNumber;
    numbers.set(id, number);
    fresh.push({
      number,
      id: freeId(catalogue, base.id, id, fresh),
      names: label.names,
      own: true,
      set: base.id,
    });
    const isTaken = labels.some(({ shortcut }) => shortcut !== null && shortcut === label.shortcut);
    const since = isNew ? (came ?? 0) : joined;
    const shortcut = isTaken ? null : label.shortcut;
    labels.push({ ...label, number, group, shortcut, ...(since > 0 && { since }) });
  }
  const reached = isNew ? Math.max(row.revision ?? 0, joined - 1) : fresh.length > 0 ? joined : joined - 1;
  const revision = reached > 0 && { revision: reached };
  return { set: { ...base, groups, labels, ...revision }, labels: fresh, numbers };
}

function freeId({ labels }: Catalogue, set: number, id: string, planned: readonly StoredLabel[]): string {
  const wanted = `set${set}:${id.replace(/^set\d+:/, '')}`;
  const isTaken = (one: string) => labels.byId(one) !== null || planned.some((label) => label.id === one);
  let free = wanted;
  for (let n = 2; isTaken(free); n++) free = `${wanted}-${n}`;
  return free;
}

export function* markRows({ labelSets, marks }: Catalogue): Generator<MarkRow[]> {
  for (const { id } of labelSets) {
    const all = [...marks.of(id)];
    for (let from = 0; from < all.length; from += marksPerRow) {
      yield [{ set: id, marks: all.slice(from, from + marksPerRow) }];
    }
  }
}

/** A photo that is marked here keeps its mark. */
export function mergeMarks(
  rows: readonly MarkRow[],
  { catalogue, sets, setRows, labels, photos }: RestoreContext,
): SectionChanges {
  const labelMarks: MarkChunk[] = [];
  for (const row of rows) {
    const set = sets.get(row.set);
    if (set === undefined) continue;
    const fresh = new Map<PhotoId, number>();
    for (const [photo, mark] of row.marks) {
      const id = photos.get(photo);
      if (id === undefined || catalogue.marks.get(set.id, id) !== 0) continue;
      const own = markHere(mark, setRows.get(row.set)!, set, labels);
      if (own !== 0) fresh.set(id, own);
    }
    if (fresh.size > 0) labelMarks.push(...catalogue.marks.chunks(set.id, fresh, () => true));
  }
  return labelMarks.length > 0 ? { labelMarks } : {};
}

/** A backup's mark in the set as it is here: it covers no label that it did not cover there. See [Note: Fully labelled]. */
function markHere(
  mark: number,
  row: SetRow,
  set: LabelSet,
  numbers: ReadonlyMap<string, LabelNumber>,
): number {
  if (!coversLabel(mark)) return mark;
  const covered = new Set(
    row.labels.filter(({ since }) => coversLabel(mark, since)).map(({ id }) => numbers.get(id)),
  );
  const others = set.labels.filter(({ number }) => !covered.has(number));
  const revision = Math.min(set.revision ?? 0, ...others.map(({ since = 0 }) => since - 1));
  return revision < 0 ? partialMark(mark) : fullMark(mark, { revision });
}
