/** What was asked for belongs to a library that is removed now; nothing of it was done, or it is gone with that library. */
export class LibraryRemoved extends Error {
  constructor() {
    super('not done: the library was removed meanwhile');
    this.name = 'LibraryRemoved';
  }
}

/**
 * The page's calls, while the library under them may be replaced by an empty one: those that come meanwhile wait for the
 * new one, those under way end first (for a while), and what breaks all the same is refused in words.
 */
export class PageCalls {
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #patience: number;
  #replacing: Promise<unknown> | null = null;
  #replacements = 0;

  /** @param patience milliseconds for which calls under way are waited for */
  constructor(patience = 2000) {
    this.#patience = patience;
  }

  async run<Value>(call: () => Promise<Value>): Promise<Value> {
    while (this.#replacing !== null) await this.#replacing.catch(() => {}); // its own caller is told
    const replacements = this.#replacements;
    const running = call();
    this.#underWay.add(running);
    try {
      return await running;
    } catch (error) {
      throw this.#replacements === replacements ? error : new LibraryRemoved();
    } finally {
      this.#underWay.delete(running);
    }
  }

  /** `replace` closes the library, awaits `settled`, and opens another one. */
  async replace(replace: (settled: () => Promise<void>) => Promise<void>): Promise<void> {
    while (this.#replacing !== null) await this.#replacing.catch(() => {});
    this.#replacements++;
    const replacing = replace(() => this.#settled());
    this.#replacing = replacing;
    try {
      await replacing;
    } finally {
      this.#replacing = null;
    }
  }

  async #settled(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#patience);
    });
    await Promise.race([Promise.allSettled([...this.#underWay]), patience]);
    clearTimeout(timer);
  }
}
