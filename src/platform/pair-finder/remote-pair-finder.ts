import * as Comlink from 'comlink';
import type { PairFinder, PairOutcome, RunningPairs } from '../../core/library/pair-ports.ts';
import type { VectorChunk } from '../../core/library/stored-rows.ts';
import type { IndexBuilderHost } from '../../protocol/index-builder.ts';
import type { PairCheckerApi, PairFinderApi } from '../../protocol/pair-finder.ts';
import { BuilderRuns } from '../index-builder/builder-runs.ts';
import { sendVectors } from '../index-builder/send-vectors.ts';
import { CheckPool } from './check-pool.ts';

/** Workers that compare pictures: more would wait for the pictures. On machines of few cores all but one, of many half. */
const mostCheckers = 8;
const fewCheckers = 4;

type Api = PairFinderApi & PairCheckerApi;

/** Searches for pairs in builder workers: one looks for candidates, some compare pictures. */
export class RemotePairFinder implements PairFinder {
  readonly #runs: BuilderRuns<Api, PairOutcome>;
  readonly #checkers: number;

  /**
   * @param connect the calls of a builder worker behind the port that leads to it
   * @param cores of the machine: one is left to the page where there are more than two
   */
  constructor(host: IndexBuilderHost, connect: (port: MessagePort) => Api, cores: number) {
    this.#runs = new BuilderRuns(host, connect);
    const most = Math.min(mostCheckers, Math.max(fewCheckers, cores >> 1));
    this.#checkers = Math.min(most, Math.max(Math.min(2, cores), cores - 1));
  }

  start(
    ...[task, vectors, pictures, found, more, isInBackground]: Parameters<PairFinder['start']>
  ): RunningPairs {
    // Beside an import, half of them, until it is over.
    const few = Math.max(1, this.#checkers >> 1);
    return this.#runs.start(async (api, wanted, checkers) => {
      const pool = new CheckPool(checkers, pictures, () => (isInBackground() ? few : checkers.length));
      await api.beginPairs(task);
      await sendVectors((chunks) => api.takePairVectors(chunks), vectors, wanted);
      if (!wanted()) return null;
      return api.runPairs(
        (pairs) => pool.check(pairs),
        async (blocks) => (wanted() ? found(blocks) : undefined),
        async () => {
          const next = wanted() ? await more() : null;
          if (next === null) return null;
          const { contents, records, times, signatures } = next;
          return Comlink.transfer(
            next,
            [contents, records, times, signatures].map(({ buffer }) => buffer),
          );
        },
      );
    }, this.#checkers);
  }

  /** Ends whatever runs. */
  stop(): void {
    this.#runs.stop();
  }
}

/** The calls of a builder worker behind the port that leads to it. */
export function connectPairFinder(port: MessagePort): Api {
  const remote = Comlink.wrap<Api>(port);
  return {
    beginPairs: (task) => remote.beginPairs(task),
    takePairVectors: (chunks) => remote.takePairVectors(chunks as VectorChunk[]),
    // Comlink's mapped type spreads the union over promises; it is one promise of the union.
    runPairs: (check, found, more) =>
      remote.runPairs(
        Comlink.proxy(check),
        Comlink.proxy(found),
        Comlink.proxy(more),
      ) as Promise<PairOutcome>,
    checkPairs: (job) => remote.checkPairs(job),
  };
}
