import type { LabelNumber, Verdict } from '../tagging/label.ts';
import { type ActionChange, ActionLog } from './action-log.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { PhotoId } from './photo.ts';
import { favouriteFlag, type PhotoRow } from './photo-table.ts';
import { reversed, type SetChange } from './set-change.ts';
import { StoreRefused } from './store-refused.ts';
import { verdictChunks } from './verdict-chunks.ts';

/** What the person decides about photos: verdicts on labels, removing, restoring; all of it can be taken back. */
export class Decisions {
  readonly log = new ActionLog();
  readonly #catalogue: Catalogue;
  readonly #clock: Clock;
  /** Photos that are present again. */
  readonly #restored: (ids: readonly PhotoId[]) => void;
  readonly #changeSet: (change: SetChange) => Promise<void>;

  constructor(
    catalogue: Catalogue,
    clock: Clock,
    restored: (ids: readonly PhotoId[]) => void,
    changeSet: (change: SetChange) => Promise<void>,
  ) {
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#restored = restored;
    this.#changeSet = changeSet;
  }

  judge(ids: Iterable<number>, label: LabelNumber, verdict: Verdict | null): Promise<void> {
    return this.#catalogue.exclusive(async () => {
      const { table, tags, labels } = this.#catalogue;
      if (labels.get(label) === null) throw new Error(`label ${label}; there are ${labels.size}`);
      const photos = [...new Set(ids)].filter(
        (id): id is PhotoId => table.has(id) && tags.verdict(id, label) !== verdict,
      );
      if (photos.length === 0) return;
      const before = photos.map((id) => tags.verdict(id, label));
      await this.#setVerdicts(label, photos, () => verdict);
      this.log.push({ kind: 'tags', label, photos, before, after: verdict });
    });
  }

  remove(ids: Iterable<number>): Promise<void> {
    return this.#setRemoved(ids, 'remove');
  }

  restore(ids: Iterable<number>): Promise<void> {
    return this.#setRemoved(ids, 'restore');
  }

  /** Takes the last action back; false if there is none. */
  undo(): Promise<boolean> {
    return this.#catalogue.exclusive(async () => {
      const change = this.log.nextUndo();
      if (change === undefined) return false;
      await this.#apply(change, 'backward');
      this.log.undone();
      this.#catalogue.feed.status();
      return true;
    });
  }

  redo(): Promise<boolean> {
    return this.#catalogue.exclusive(async () => {
      const change = this.log.nextRedo();
      if (change === undefined) return false;
      await this.#apply(change, 'forward');
      this.log.redone();
      this.#catalogue.feed.status();
      return true;
    });
  }

  /** Likes photos, or no longer. */
  favour(ids: Iterable<number>, liked: boolean): Promise<void> {
    return this.#catalogue.exclusive(async () => {
      const { table } = this.#catalogue;
      const photos = [...new Set(ids)].filter(
        (id): id is PhotoId => table.has(id) && ((table.columns.flags[id]! & favouriteFlag) !== 0) !== liked,
      );
      if (photos.length === 0) return;
      await this.#writeFavourite(photos, liked);
      this.log.push({ kind: liked ? 'favour' : 'unfavour', photos });
    });
  }

  #setRemoved(ids: Iterable<number>, kind: 'remove' | 'restore'): Promise<void> {
    return this.#catalogue.exclusive(async () => {
      const { table } = this.#catalogue;
      const photos = [...new Set(ids)].filter(
        (id): id is PhotoId => table.has(id) && (table.columns.removedAt[id] !== 0) === (kind === 'restore'),
      );
      if (photos.length === 0) return;
      await this.#writeRemoved(photos, kind === 'remove');
      this.log.push({ kind, photos });
    });
  }

  async #apply(change: ActionChange, direction: 'forward' | 'backward'): Promise<void> {
    const { table } = this.#catalogue;
    if ('set' in change) {
      await this.#changeSet(direction === 'forward' ? change : reversed(change));
      return;
    }
    // Some may have been deleted for good since.
    if (change.kind !== 'tags') {
      const photos = change.photos.filter((id) => table.has(id));
      if (change.kind === 'favour' || change.kind === 'unfavour') {
        await this.#writeFavourite(photos, (change.kind === 'favour') === (direction === 'forward'));
        return;
      }
      await this.#writeRemoved(photos, (change.kind === 'remove') === (direction === 'forward'));
      return;
    }
    const before = new Map(change.photos.map((id, i) => [id, change.before[i]!]));
    const photos = change.photos.filter((id) => table.has(id));
    await this.#setVerdicts(change.label, photos, (id) =>
      direction === 'forward' ? change.after : (before.get(id) ?? null),
    );
  }

  async #writeRemoved(photos: readonly PhotoId[], removed: boolean): Promise<void> {
    const { table } = this.#catalogue;
    const removedAt = removed ? this.#clock.now() : 0;
    const photoRows = new Map<PhotoId, PhotoRow>(photos.map((id) => [id, { ...table.row(id), removedAt }]));
    StoreRefused.check(await this.#catalogue.write({ photoRows }, 'strict'));
    if (!removed) this.#restored(photos);
  }

  async #writeFavourite(photos: readonly PhotoId[], liked: boolean): Promise<void> {
    const { table } = this.#catalogue;
    const photoRows = new Map<PhotoId, PhotoRow>(
      photos.map((id) => {
        const row = table.row(id);
        return [id, { ...row, flags: liked ? row.flags | favouriteFlag : row.flags & ~favouriteFlag }];
      }),
    );
    StoreRefused.check(await this.#catalogue.write({ photoRows }, 'strict'));
  }

  async #setVerdicts(
    label: LabelNumber,
    photos: readonly PhotoId[],
    verdictOf: (id: PhotoId) => Verdict | null,
  ): Promise<void> {
    const { tags, feed } = this.#catalogue;
    const verdicts = verdictChunks(this.#catalogue, photos, (id) => {
      const all = new Map(tags.verdictsOf(id));
      const verdict = verdictOf(id);
      if (verdict === null) all.delete(label);
      else all.set(label, verdict);
      return all;
    });
    StoreRefused.check(await this.#catalogue.write({ verdicts }, 'strict'));
    for (const id of photos) tags.setVerdict(id, label, verdictOf(id));
    feed.photos(photos);
  }
}
