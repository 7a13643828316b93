import type { WriteResult } from './photo-store.ts';

/** A decision of the person could not be stored; nothing was changed. */
export class StoreRefused extends Error {
  readonly result: Exclude<WriteResult, 'written'>;

  constructor(result: Exclude<WriteResult, 'written'>) {
    super(`not stored: ${result}`);
    this.name = 'StoreRefused';
    this.result = result;
  }

  /** Storage was full: what was to be written can be written later. */
  static isFull(error: unknown): boolean {
    return error instanceof StoreRefused && error.result === 'storage-full';
  }

  /** @throws StoreRefused unless it was written */
  static check(result: WriteResult): void {
    if (result !== 'written') throw new StoreRefused(result);
  }
}
