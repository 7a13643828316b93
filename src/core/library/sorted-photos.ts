import type { PhotoId } from './photo.ts';
import type { SortKey } from './photo-query.ts';
import type { PhotoTable } from './photo-table.ts';

type Compare = (a: number, b: number) => number;

/** Beyond this part of all photos, sorting all again is quicker than fitting the changed ones in. */
const fewChanges = 0.2;
/** Preparing ahead of time keeps others waiting no longer than so many photos take. */
const photosPerStep = 5000;

/** Photos in ascending order of one key, ties by id; kept up to date by fitting in what changed. */
class SortedPhotos {
  readonly #compare: Compare;
  #order: Uint32Array<ArrayBuffer> | null = null;
  readonly #changed = new Set<number>();

  constructor(compare: Compare) {
    this.#compare = compare;
  }

  changed(id: number): void {
    if (this.#order !== null) this.#changed.add(id);
  }

  order(table: PhotoTable): Uint32Array<ArrayBuffer> {
    const order = this.#order;
    if (order === null || this.#changed.size > order.length * fewChanges) {
      this.#order = Uint32Array.from(table.ids()).sort(this.#compare);
      this.#changed.clear();
    } else if (this.#changed.size > 0) {
      this.#order = this.#fitIn(order, table, [...this.#changed]);
    }
    return this.#order!;
  }

  /** Makes the order ahead of time, in steps between which others run. */
  async prepare(table: PhotoTable, breathe: () => Promise<void>): Promise<void> {
    if (this.#order !== null) return;
    this.#order = new Uint32Array(0);
    for (const id of table.ids()) this.#changed.add(id);
    while (this.#changed.size > 0) {
      this.#order = this.#fitIn(this.#order, table, [...this.#changed].slice(0, photosPerStep));
      await breathe();
    }
  }

  /** The order with some of the changed photos in their places, the other changed ones left out. */
  #fitIn(order: Uint32Array, table: PhotoTable, ids: readonly number[]): Uint32Array<ArrayBuffer> {
    const kept = order.filter((id) => !this.#changed.has(id));
    for (const id of ids) this.#changed.delete(id);
    const fresh = Uint32Array.from(ids.filter((id) => table.has(id))).sort(this.#compare);
    const merged = new Uint32Array(kept.length + fresh.length);
    let from = 0;
    let at = 0;
    for (const id of fresh) {
      // The first kept photo that comes after this one.
      let low = from;
      let high = kept.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.#compare(kept[middle]!, id) < 0) low = middle + 1;
        else high = middle;
      }
      merged.set(kept.subarray(from, low), at);
      at += low - from;
      merged[at++] = id;
      from = low;
    }
    merged.set(kept.subarray(from), at);
    return merged;
  }
}

/** The orders of all photos by each key, made when first asked for. */
export class PhotoOrders {
  readonly #table: PhotoTable;
  readonly #orders: Record<SortKey, SortedPhotos>;

  constructor(table: PhotoTable) {
    this.#table = table;
    const collator = new Intl.Collator(undefined, { numeric: true });
    const byColumn =
      (column: 'capturedAt' | 'importedAt' | 'size'): Compare =>
      (a, b) =>
        table.columns[column][a]! - table.columns[column][b]! || a - b;
    this.#orders = {
      captured: new SortedPhotos(byColumn('capturedAt')),
      imported: new SortedPhotos(byColumn('importedAt')),
      size: new SortedPhotos(byColumn('size')),
      name: new SortedPhotos((a, b) => collator.compare(table.names[a]!, table.names[b]!) || a - b),
    };
  }

  /** To be called for photos that are new, deleted, or differ in a key. */
  changed(id: PhotoId): void {
    for (const order of Object.values(this.#orders)) order.changed(id);
  }

  /** Ascending; not to be changed by the caller. */
  by(key: SortKey): Uint32Array<ArrayBuffer> {
    return this.#orders[key].order(this.#table);
  }

  /** Names are slow to compare: their order is made ahead of time. */
  prepareNames(breathe: () => Promise<void>): Promise<void> {
    return this.#orders.name.prepare(this.#table, breathe);
  }
}
