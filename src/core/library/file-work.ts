import type { FileProgress } from './duplicate-view.ts';

/** Is told how many files are through, of how many. False: the person wants no more of them touched. */
export type Told = (done: number, total: number) => boolean;

/** The work on files that is under way: how far it has come, and whether it is to end early. */
export class FileWork {
  readonly #changed: () => void;
  /** Known before the first file is: its run is not cut off from then on. */
  #run: number | null = null;
  #progress: FileProgress | null = null;
  #isStopped = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Null: none is under way. */
  get progress(): FileProgress | null {
    return this.#progress;
  }

  /** Number of the run whose files are worked on; null: of none. */
  get run(): number | null {
    return this.#run;
  }

  /** After the file at hand. */
  stop(): void {
    this.#isStopped = this.#progress !== null;
  }

  /** One job at a time. */
  async under<Result>(
    run: number | null,
    kind: FileProgress['kind'],
    job: (told: Told) => Promise<Result>,
  ): Promise<Result> {
    this.#isStopped = false;
    this.#run = run;
    try {
      return await job((done, total) => {
        if (this.#isStopped) return false;
        this.#progress = { kind, done, total };
        this.#changed();
        return true;
      });
    } finally {
      this.#run = null;
      this.#progress = null;
      this.#changed();
    }
  }
}
