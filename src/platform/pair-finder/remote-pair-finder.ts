import * as Comlink from 'comlink';
import type { PairFinder, PairOutcome, RunningPairs } from '../../core/library/pair-ports.ts';
import type { VectorChunk } from '../../core/library/stored-rows.ts';
import type { IndexBuilderHost } from '../../protocol/index-builder.ts';
import type { PairFinderApi } from '../../protocol/pair-finder.ts';
import { BuilderRuns } from '../index-builder/builder-runs.ts';
import { sendVectors } from '../index-builder/send-vectors.ts';

/** Searches for pairs in a builder worker of its own. */
export class RemotePairFinder implements PairFinder {
  readonly #runs: BuilderRuns<PairFinderApi, PairOutcome>;

  /** @param connect the calls of a builder worker behind the port that leads to it */
  constructor(host: IndexBuilderHost, connect: (port: MessagePort) => PairFinderApi) {
    this.#runs = new BuilderRuns(host, connect);
  }

  start(...[task, vectors, pictures, found]: Parameters<PairFinder['start']>): RunningPairs {
    return this.#runs.start(async (api, wanted) => {
      await api.beginPairs(task);
      await sendVectors((chunks) => api.takePairVectors(chunks), vectors, wanted);
      if (!wanted()) return null;
      return api.runPairs(pictures, async (blocks) => (wanted() ? found(blocks) : undefined));
    });
  }

  /** Ends whatever runs. */
  stop(): void {
    this.#runs.stop();
  }
}

/** The calls of a builder worker behind the port that leads to it. */
export function connectPairFinder(port: MessagePort): PairFinderApi {
  const remote = Comlink.wrap<PairFinderApi>(port);
  return {
    beginPairs: (task) => remote.beginPairs(task),
    takePairVectors: (chunks) => remote.takePairVectors(chunks as VectorChunk[]),
    // Comlink's mapped type spreads the union over promises; it is one promise of the union.
    runPairs: (pictures, found) =>
      remote.runPairs(Comlink.proxy(pictures), Comlink.proxy(found)) as Promise<PairOutcome>,
  };
}
