import type { Catalogue } from './catalogue.ts';
import { type PhotoId, photoStatusCodes } from './photo.ts';

/** Ready photos whose results are of another model: done again after all others, the newest first. */
export class OutdatedPhotos {
  readonly #catalogue: Catalogue;
  /** The newest last as it goes first. */
  #ids: PhotoId[] = [];

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  get count(): number {
    return this.#ids.length;
  }

  /** @param current number of the model that photos are processed with */
  find(current: number): void {
    const { table } = this.#catalogue;
    const { status, model, removedAt, capturedAt } = table.columns;
    this.#ids = [...table.ids()]
      .filter((id) => status[id] === photoStatusCodes.ready && model[id] !== current && removedAt[id] === 0)
      .sort((a, b) => capturedAt[a]! - capturedAt[b]! || a - b);
  }

  /** Those of them that are ready are tried again. */
  add(ids: readonly PhotoId[]): void {
    const { status } = this.#catalogue.table.columns;
    this.#ids.push(...ids.filter((id) => status[id] === photoStatusCodes.ready));
  }

  /** The next one; null: none is left. */
  take(current: number | null, isUnderWay: (id: PhotoId) => boolean): PhotoId | null {
    const { status, removedAt, model } = this.#catalogue.table.columns;
    for (let id = this.#ids.pop(); id !== undefined; id = this.#ids.pop()) {
      const isDone = model[id] === current || isUnderWay(id);
      if (status[id] === photoStatusCodes.ready && removedAt[id] === 0 && !isDone) return id;
    }
    return null;
  }
}
