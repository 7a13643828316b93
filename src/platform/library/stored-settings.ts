import { Serial } from '../../core/library/serial.ts';
import type { Settings } from '../../protocol/library.ts';
import type { IdbPhotoStore } from '../storage/idb-photo-store.ts';

type Store = Pick<IdbPhotoStore, 'settings' | 'saveSettings'>;

/** The person's settings; what is in force is stored. */
export class StoredSettings {
  readonly #store: Store;
  readonly #changes = new Serial();
  #current: Settings;

  private constructor(store: Store, current: Settings) {
    this.#store = store;
    this.#current = current;
  }

  static async of(store: Store): Promise<StoredSettings> {
    return new StoredSettings(store, await store.settings());
  }

  get current(): Settings {
    return this.#current;
  }

  /**
   * One change after another: each begins from what the one before has left.
   *
   * @throws StoreRefused when storage is full; nothing is changed then
   */
  change(change: Partial<Settings>): Promise<{ readonly before: Settings; readonly after: Settings }> {
    return this.#changes.run(async () => {
      const before = this.#current;
      const after = { ...before, ...change };
      await this.#store.saveSettings(after);
      this.#current = after;
      return { before, after };
    });
  }
}
