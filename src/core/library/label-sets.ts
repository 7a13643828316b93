import {
  draftNames,
  edited,
  type LabelDraft,
  mergedLabels,
  type SetDraft,
  type SetEdit,
  withLabels,
  withoutLabel,
} from '../tagging/edit-label-set.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { type LabelSet, problemOfSet, type SetProblem, tidyName } from '../tagging/label-set.ts';
import type { ActionLog } from './action-log.ts';
import { applySetChange } from './apply-set-change.ts';
import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';
import { forgetting, mergedVerdicts, saidOf } from './said-verdicts.ts';
import type { MarkChange, SetChange, VerdictChange } from './set-change.ts';
import { changesOf, type Statement } from './statements.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredLabel } from './stored-rows.ts';

export type SetAnswer =
  | { readonly ok: true; readonly set: LabelSet }
  | { readonly ok: false; readonly problem: SetProblem };

interface PlannedSet {
  readonly set: LabelSet;
  /** Labels that the registry does not have yet. */
  readonly labels: readonly StoredLabel[];
}

const none = { verdicts: [], marks: [] } as const;

/**
 * The person's label sets. What is said of a photo's label is a verdict, as on any other label; what is said of the
 * whole photo in a set (fully labelled, side of the split) is its mark.
 */
export class LabelSets {
  readonly #catalogue: Catalogue;
  readonly #log: () => ActionLog;
  /** A set itself changed, not only what is said in it. */
  readonly #changed: (set: number) => void;

  constructor(catalogue: Catalogue, log: () => ActionLog, changed: (set: number) => void) {
    this.#catalogue = catalogue;
    this.#log = log;
    this.#changed = changed;
  }

  /** In order of making. */
  get all(): readonly LabelSet[] {
    return this.#catalogue.labelSets;
  }

  make(draft: SetDraft): Promise<SetAnswer> {
    return this.fill(draft, () => new Map());
  }

  /**
   * Makes a set, or adds labels to one that there is, and says of photos in it what `said` answers: one change, which is taken
   * back whole.
   */
  fill(
    into: SetDraft | { readonly set: number; readonly labels: readonly LabelDraft[] },
    said: (set: LabelSet) => ReadonlyMap<number, Statement>,
  ): Promise<SetAnswer> {
    return this.#catalogue.exclusive(async () => {
      if (!('set' in into)) return this.#fillIn(null, this.#newSet(into), said);
      const set = this.#catalogue.labelSet(into.set);
      if (set === null) return { ok: false, problem: 'gone' };
      if (into.labels.length > 0) return this.#fillIn(set, this.#grown(set, into.labels), said);
      await this.stateIn(set.id, said(set));
      return { ok: true, set };
    });
  }

  async #fillIn(
    before: LabelSet | null,
    planned: PlannedSet,
    said: (set: LabelSet) => ReadonlyMap<number, Statement>,
  ): Promise<SetAnswer> {
    const { set } = planned;
    const changes = changesOf(this.#catalogue, set, said(set));
    return this.#commitSet(before, planned, { kind: 'set', set: set.id, label: null, ...changes });
  }

  #newSet(draft: SetDraft): PlannedSet {
    const { labels, labelSets } = this.#catalogue;
    const id = 1 + Math.max(0, ...labelSets.map((set) => set.id), labels.greatestSet);
    const { name, kind } = draft;
    const groups =
      kind === 'multi-output' ? draft.groups.map((group, n) => ({ id: n + 1, name: tidyName(group) })) : [];
    const refuses = kind === 'multi-class' && draft.refuses === true;
    const empty: LabelSet = { id, name: tidyName(name), kind, groups, labels: [], refuses };
    return this.#withLabels(empty, draft.labels, 0);
  }

  #grown(set: LabelSet, drafts: readonly LabelDraft[]): PlannedSet {
    return this.#withLabels(set, drafts, (set.revision ?? 0) + 1);
  }

  edit(id: number, edit: SetEdit): Promise<SetAnswer> {
    return this.#changeSet(id, (set) => {
      const after = edited(set, edit);
      return after && { planned: { set: after, labels: [] }, ...none };
    });
  }

  /** Of photos that were fully labelled before they are unknown: see [Note: Fully labelled]. */
  addLabels(id: number, drafts: readonly LabelDraft[]): Promise<SetAnswer> {
    return this.#changeSet(id, (set) => ({ planned: this.#grown(set, drafts), ...none }));
  }

  /** Photos of the label lose it. */
  deleteLabel(id: number, label: LabelNumber): Promise<SetAnswer> {
    return this.#changeSet(id, (set) => {
      if (!set.labels.some(({ number }) => number === label)) return null;
      const planned = { set: withoutLabel(set, label), labels: [] };
      return { planned, verdicts: forgetting(this.#catalogue, [label]), marks: [] };
    });
  }

  /** Photos of `from` become photos of `into`; not there is it where it is known that neither was. */
  mergeLabels(id: number, from: LabelNumber, into: LabelNumber): Promise<SetAnswer> {
    return this.#changeSet(id, (set) => {
      const after = mergedLabels(set, from, into);
      if (after === null) return null;
      const verdicts = mergedVerdicts(this.#catalogue, set, from, into);
      return { planned: { set: after, labels: [] }, verdicts, marks: [] };
    });
  }

  /** Of the label's photos, those of `ids` become photos of a new label; what did not have it does not have that. */
  splitLabel(id: number, label: LabelNumber, ids: Iterable<number>, draft: LabelDraft): Promise<SetAnswer> {
    return this.#changeSet(id, (set) => {
      const old = set.labels.find(({ number }) => number === label);
      if (old === undefined) return null;
      const { table, tags } = this.#catalogue;
      const moved = [...new Set(ids)].filter(
        (photo): photo is PhotoId => table.has(photo) && tags.verdict(photo, label) === 'accepted',
      );
      if (moved.length === 0) return 'not-there';
      const group = set.groups.find((one) => one.id === old.group)?.name;
      const drafts = [{ ...draft, ...(group !== undefined && { group }) }];
      const planned = this.#withLabels(set, drafts, old.since ?? 0);
      const fresh = planned.set.labels.at(-1)!.number;
      const without = saidOf(this.#catalogue, [label]).filter(({ said }) => said.get(label) === 'rejected');
      const verdicts = [
        ...moved.flatMap((photo): VerdictChange[] => [
          { photo, label, before: 'accepted', after: null },
          { photo, label: fresh, before: null, after: 'accepted' },
        ]),
        ...without.map(
          ({ photo }): VerdictChange => ({ photo, label: fresh, before: null, after: 'rejected' }),
        ),
      ];
      return { planned, verdicts, marks: [] };
    });
  }

  /** The set, its labels and all that was said in it. */
  delete(id: number): Promise<void> {
    return this.#catalogue.exclusive(async () => {
      const set = this.#catalogue.labelSet(id);
      if (set === null) return;
      const numbers = set.labels.map(({ number }) => number);
      const marks = [...this.#catalogue.marks.of(id)].map(([photo, before]) => ({ photo, before, after: 0 }));
      const change: SetChange = {
        kind: 'set',
        set: id,
        label: null,
        sets: { before: set, after: null },
        verdicts: forgetting(this.#catalogue, numbers),
        marks,
      };
      await this.apply(change);
      this.#log().push(change);
    });
  }

  /**
   * Says something of photos; what the set excludes (a second class of a photo) is taken back.
   *
   * @returns whether anything changed: else there is nothing to undo
   */
  state(id: number, statements: ReadonlyMap<number, Statement>): Promise<boolean> {
    return this.#catalogue.exclusive(() => this.stateIn(id, statements));
  }

  /** As `state`, for those who have their turn already. */
  async stateIn(id: number, statements: ReadonlyMap<number, Statement>): Promise<boolean> {
    const set = this.#catalogue.labelSet(id);
    if (set === null) return false;
    const { verdicts, marks } = changesOf(this.#catalogue, set, statements);
    if (verdicts.length + marks.length === 0) return false;
    const said = new Set<LabelNumber>();
    for (const [photo, statement] of statements) {
      if (!this.#catalogue.table.has(photo)) continue;
      for (const { label } of statement.verdicts ?? []) said.add(label);
    }
    const [label] = said;
    const change: SetChange = {
      kind: 'labels',
      set: id,
      label: said.size === 1 ? label! : null,
      verdicts,
      marks,
    };
    await this.apply(change);
    this.#log().push(change);
    return true;
  }

  /** Takes back all that was said of photos in the set; answers as `state` does. */
  clear(id: number, ids: Iterable<number>): Promise<boolean> {
    const labels = this.#catalogue.labelSet(id)?.labels ?? [];
    const verdicts = labels.map(({ number }) => ({ label: number, verdict: null }));
    const nothing: Statement = { verdicts, fullyLabelled: false, side: null };
    return this.state(id, new Map(Array.from(ids, (photo) => [photo, nothing])));
  }

  /** Does a change, in one transaction; only inside of `exclusive`. */
  async apply(change: SetChange): Promise<void> {
    await applySetChange(this.#catalogue, change);
    if (change.sets !== undefined) this.#changed(change.set);
  }

  #changeSet(
    id: number,
    plan: (set: LabelSet) =>
      | {
          readonly planned: PlannedSet;
          readonly verdicts: readonly VerdictChange[];
          readonly marks: readonly MarkChange[];
        }
      | null
      | 'not-there',
  ): Promise<SetAnswer> {
    return this.#catalogue.exclusive(async () => {
      const before = this.#catalogue.labelSet(id);
      const planned = before && plan(before);
      if (before === null || planned === null) return { ok: false, problem: 'gone' };
      if (planned === 'not-there') return { ok: false, problem: planned };
      const { verdicts, marks } = planned;
      return this.#commitSet(before, planned.planned, { kind: 'set', set: id, label: null, verdicts, marks });
    });
  }

  async #commitSet(
    before: LabelSet | null,
    { set: after, labels }: PlannedSet,
    rest: Omit<SetChange, 'sets'>,
  ): Promise<SetAnswer> {
    const problem = problemOfSet(after, this.#catalogue.labelSets);
    if (problem !== null) return { ok: false, problem };
    // New labels are known for ever; what they are in comes and goes with the change.
    if (labels.length > 0) StoreRefused.check(await this.#catalogue.write({ labels }, 'strict'));
    const change: SetChange = { ...rest, sets: { before, after } };
    await this.apply(change);
    this.#log().push(change);
    return { ok: true, set: after };
  }

  #withLabels(set: LabelSet, drafts: readonly LabelDraft[], since: number): PlannedSet {
    const planned = this.#catalogue.labels.planOfSet(set.id, drafts.map(draftNames));
    const numbers = planned.map(({ number }) => number);
    // Until the change is done they are not to be seen.
    const labels = planned.map((label) => ({ ...label, retired: true }));
    return { set: withLabels(set, drafts, numbers, since), labels };
  }
}
