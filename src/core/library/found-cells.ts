import type { IdBits } from '../index/id-bits.ts';

/** Cells that are kept: the one in sight, and those of searches beside it. */
const kept = 4;

/** The photos of the cells that were asked for last ([Note: Cells]): queries test photos against them. */
export class FoundCells {
  readonly #cells = new Map<string, IdBits>();

  /** The photos of a cell, as they are now. */
  found(cell: string, ids: IdBits): void {
    this.#cells.delete(cell);
    this.#cells.set(cell, ids);
    const oldest = this.#cells.keys().next();
    if (this.#cells.size > kept && !oldest.done) this.#cells.delete(oldest.value);
  }

  /** A test of one photo; a cell that was not looked up has none. */
  test(cell: string): (id: number) => boolean {
    const ids = this.#cells.get(cell);
    return (id) => ids?.has(id) === true;
  }
}
