import { PairBuild } from '../../core/library/pair-build.ts';
import type { PairOutcome, PairTask } from '../../core/library/pair-ports.ts';
import type { VectorChunk } from '../../core/library/stored-rows.ts';
import type { PairFinderApi } from '../../protocol/pair-finder.ts';

/** The side of a builder worker that looks for pairs. */
export class PairFinderService implements PairFinderApi {
  #build: PairBuild | null = null;

  async beginPairs(task: PairTask): Promise<void> {
    this.#build = new PairBuild(task);
  }

  async takePairVectors(chunks: readonly VectorChunk[]): Promise<void> {
    for (const chunk of chunks) this.#begun.take(chunk);
  }

  runPairs(...[check, found, more]: Parameters<PairFinderApi['runPairs']>): Promise<PairOutcome> {
    return this.#begun.run(check, () => performance.now(), found, more);
  }

  get #begun(): PairBuild {
    if (this.#build === null) throw new Error('no search was begun; call beginPairs first');
    return this.#build;
  }
}
