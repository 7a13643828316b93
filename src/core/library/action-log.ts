import type { LabelNumber, Verdict } from '../tagging/label.ts';
import type { PhotoId } from './photo.ts';
import { photosOf, type SetChange } from './set-change.ts';

/** An action that can be taken back; the words are the page's. */
export interface UndoableAction {
  /** `labels`: what was said of photos in a label set; `set`: a label set itself. */
  readonly kind: 'tags' | 'remove' | 'restore' | 'favour' | 'unfavour' | 'labels' | 'set';
  readonly photos: number;
  readonly label: LabelNumber | null;
}

/** What an action changed: for each photo what was there before and what is there now. */
export type ActionChange =
  | {
      readonly kind: 'tags';
      readonly label: LabelNumber;
      readonly photos: readonly PhotoId[];
      readonly before: readonly (Verdict | null)[];
      readonly after: Verdict | null;
    }
  | { readonly kind: 'remove' | 'restore' | 'favour' | 'unfavour'; readonly photos: readonly PhotoId[] }
  | SetChange;

const longest = 200;

/** The actions of this session, those taken back included, oldest first. */
export class ActionLog {
  readonly #done: ActionChange[] = [];
  readonly #undone: ActionChange[] = [];
  /** How often something was done, taken back or done again. */
  count = 0;

  /** A new action: what was taken back before cannot be done again. */
  push(change: ActionChange): void {
    this.count++;
    this.#undone.length = 0;
    this.#done.push(change);
    if (this.#done.length > longest) this.#done.shift();
  }

  get undo(): UndoableAction | null {
    return summary(this.#done.at(-1));
  }

  get redo(): UndoableAction | null {
    return summary(this.#undone.at(-1));
  }

  nextUndo(): ActionChange | undefined {
    return this.#done.at(-1);
  }

  nextRedo(): ActionChange | undefined {
    return this.#undone.at(-1);
  }

  /** To be called when the change that `nextUndo` gave has been taken back. */
  undone(): void {
    this.count++;
    const change = this.#done.pop();
    if (change !== undefined) this.#undone.push(change);
  }

  redone(): void {
    this.count++;
    const change = this.#undone.pop();
    if (change !== undefined) this.#done.push(change);
  }

  clear(): void {
    this.#done.length = 0;
    this.#undone.length = 0;
  }
}

function summary(change: ActionChange | undefined): UndoableAction | null {
  if (change === undefined) return null;
  if ('set' in change) {
    return { kind: change.kind, photos: photosOf(change).size, label: change.label };
  }
  return {
    kind: change.kind,
    photos: change.photos.length,
    label: change.kind === 'tags' ? change.label : null,
  };
}
