import type { LabelNumber, Verdict } from '../tagging/label.ts';
import type { ActionLog, UndoableAction } from './action-log.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { Decisions } from './decisions.ts';
import type { LabelSets } from './label-sets.ts';
import { clearLeftRows } from './left-rows.ts';
import type { ContentId, PhotoId } from './photo.ts';
import { purgePhotos } from './purge.ts';
import { StoreRefused } from './store-refused.ts';

/** Removed photos are kept for so long. */
const keepRemovedMilliseconds = 30 * 86_400_000;

export interface DecidingParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly labelSets: LabelSets;
  /** Removed photos that are not to be deleted by themselves. */
  readonly needed: () => Promise<ReadonlySet<PhotoId>>;
  /** Photos that are present again. */
  readonly restored: (ids: readonly PhotoId[]) => void;
  /** Photos were deleted for good. */
  readonly purged: (ids: readonly PhotoId[], contents: readonly ContentId[]) => void;
}

/** What the person decides about photos, and takes back; and deleting for good. */
export class Deciding {
  readonly #parts: DecidingParts;
  readonly #decisions: Decisions;

  constructor(parts: DecidingParts) {
    const { catalogue, clock, labelSets, restored } = parts;
    this.#parts = parts;
    this.#decisions = new Decisions(catalogue, clock, restored, (change) => labelSets.apply(change));
  }

  get log(): ActionLog {
    return this.#decisions.log;
  }

  async judge(ids: Iterable<number>, label: LabelNumber, verdict: Verdict | null): Promise<void> {
    const { catalogue, labelSets } = this.#parts;
    const set = catalogue.labels.get(label)?.set;
    if (set === undefined) return this.#decisions.judge(ids, label, verdict);
    const statement = { verdicts: [{ label, verdict }] };
    await labelSets.state(set, new Map(Array.from(ids, (id) => [id, statement])));
  }

  favour(ids: Iterable<number>, liked: boolean): Promise<void> {
    return this.#decisions.favour(ids, liked);
  }

  remove(ids: Iterable<number>): Promise<void> {
    return this.#decisions.remove(ids);
  }

  restore(ids: Iterable<number>): Promise<void> {
    return this.#decisions.restore(ids);
  }

  /** All that are removed, for good. */
  purge(): Promise<void> {
    const { table } = this.#parts.catalogue;
    return this.deleteForGood([...table.ids()].filter((id) => table.columns.removedAt[id] !== 0));
  }

  /** What was taken back; null if there was nothing. */
  async undo(): Promise<UndoableAction | null> {
    const action = this.log.undo;
    return (await this.#decisions.undo()) ? action : null;
  }

  async redo(): Promise<UndoableAction | null> {
    const action = this.log.redo;
    return (await this.#decisions.redo()) ? action : null;
  }

  /** What was before an action is not what was before a backup was taken in: it must not come back over that. */
  forget(): void {
    this.log.clear();
    this.#parts.catalogue.feed.status();
  }

  /** Whether they are removed or not. */
  async deleteForGood(wanted: Iterable<number>): Promise<void> {
    const { catalogue, purged } = this.#parts;
    const ids = [...wanted].filter((id): id is PhotoId => catalogue.table.has(id));
    const contents = ids.map((id) => catalogue.table.contentOf(id)).filter((content) => content !== null);
    StoreRefused.check(await purgePhotos(catalogue, ids));
    purged(ids, contents);
    await clearLeftRows(catalogue);
  }

  /** Deletes photos that were removed long ago; what was removed as a duplicate can be taken back as long as that stands. */
  async deleteExpired(): Promise<void> {
    const { catalogue, clock } = this.#parts;
    const needed = await this.#parts.needed();
    const before = clock.now() - keepRemovedMilliseconds;
    const { removedAt } = catalogue.table.columns;
    await this.deleteForGood(
      [...catalogue.table.ids()].filter(
        (id) => removedAt[id] !== 0 && removedAt[id]! < before && !needed.has(id),
      ),
    );
  }
}
