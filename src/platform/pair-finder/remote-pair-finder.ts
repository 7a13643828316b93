import * as Comlink from 'comlink';
import type { PairFinder, PairOutcome, RunningPairs } from '../../core/library/pair-ports.ts';
import type { VectorChunk } from '../../core/library/stored-rows.ts';
import type { IndexBuilderHost } from '../../protocol/index-builder.ts';
import type { PairFinderApi } from '../../protocol/pair-finder.ts';
import { sendVectors } from '../index-builder/send-vectors.ts';

/** Searches for pairs in a builder worker of its own, which is ended when the search is done, cancelled or lost. */
export class RemotePairFinder implements PairFinder {
  readonly #host: IndexBuilderHost;
  readonly #connect: (port: MessagePort) => PairFinderApi;
  /** With the calls of its worker: Comlink closes the channel when these are garbage. */
  readonly #running = new Map<RunningPairs, { api: PairFinderApi | null }>();

  /** @param connect the calls of a builder worker behind the port that leads to it */
  constructor(host: IndexBuilderHost, connect: (port: MessagePort) => PairFinderApi) {
    this.#host = host;
    this.#connect = connect;
  }

  start(...[task, vectors, pictures, found]: Parameters<PairFinder['start']>): RunningPairs {
    let end: (outcome: PairOutcome) => void = () => {};
    let ended = false;
    const over = new Promise<PairOutcome>((resolve) => {
      end = (outcome) => {
        ended = true;
        resolve(outcome);
      };
    });
    const held: { api: PairFinderApi | null } = { api: null };
    const worker = this.#host.spawnBuilder((_, why) => end({ kind: 'failed', why }));
    const work = worker.then(async ({ port }) => {
      const api = this.#connect(port);
      held.api = api;
      await api.beginPairs(task);
      await sendVectors(
        (chunks) => api.takePairVectors(chunks),
        vectors,
        () => !ended,
      );
      // What a worker that is being ended still finds counts no more.
      return ended ? over : api.runPairs(pictures, async (blocks) => (ended ? undefined : found(blocks)));
    });
    const failed = (error: unknown): PairOutcome => ({
      kind: 'failed',
      why: error instanceof Error ? error.message : String(error),
    });
    const done = Promise.race([work.catch(failed), over]).then((outcome) => {
      end(outcome);
      this.#running.delete(running);
      worker.then(({ workerId }) => this.#host.kill(workerId)).catch(() => {}); // it never started
      return outcome;
    });
    const running: RunningPairs = { done, cancel: () => end({ kind: 'cancelled' }) };
    this.#running.set(running, held);
    return running;
  }

  /** Ends whatever runs. */
  stop(): void {
    for (const running of this.#running.keys()) running.cancel();
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
