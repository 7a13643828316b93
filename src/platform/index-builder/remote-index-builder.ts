import * as Comlink from 'comlink';
import type { BuildProgress } from '../../core/index/sealed-part.ts';
import type {
  BuildOutcome,
  BuildTask,
  IndexBuilder,
  KeptBuild,
  RunningBuild,
} from '../../core/library/index-ports.ts';
import type { VectorChunk } from '../../core/library/stored-rows.ts';
import type { IndexBuilderApi, IndexBuilderHost } from '../../protocol/index-builder.ts';
import { sendVectors } from './send-vectors.ts';

type Visit = (chunk: VectorChunk) => Promise<boolean>;

/** Builds in a worker of its own, which is ended when the build is done, cancelled or lost. */
export class RemoteIndexBuilder implements IndexBuilder {
  readonly #host: IndexBuilderHost;
  readonly #connect: (port: MessagePort) => IndexBuilderApi;
  /**
   * With the calls of its worker: Comlink closes the channel when these are garbage, and `run` is under way for long
   * without anybody else holding them.
   */
  readonly #running = new Map<RunningBuild, { api: IndexBuilderApi | null }>();

  /** @param connect the calls of a builder worker behind the port that leads to it */
  constructor(host: IndexBuilderHost, connect: (port: MessagePort) => IndexBuilderApi) {
    this.#host = host;
    this.#connect = connect;
  }

  start(
    task: BuildTask,
    vectors: (visit: Visit) => Promise<void>,
    progress: (progress: BuildProgress) => void,
    kept: (kept: KeptBuild) => void,
  ): RunningBuild {
    let end: (outcome: BuildOutcome) => void = () => {};
    let ended = false;
    const over = new Promise<BuildOutcome>((resolve) => {
      end = (outcome) => {
        ended = true;
        resolve(outcome);
      };
    });
    // What a worker that is being ended still says counts no more.
    const listener = {
      progress: (value: BuildProgress) => void (ended || progress(value)),
      kept: (value: KeptBuild) => void (ended || kept(value)),
    };
    const failed = (error: unknown): BuildOutcome => ({
      kind: 'failed',
      why: error instanceof Error ? error.message : String(error),
    });
    const held: { api: IndexBuilderApi | null } = { api: null };
    const worker = this.#host.spawnBuilder((_, why) => end({ kind: 'failed', why }));
    const work = worker.then(async ({ port }) => {
      const api = this.#connect(port);
      held.api = api;
      await api.begin(task);
      await sendVectors(
        (chunks) => api.take(chunks),
        vectors,
        () => !ended,
      );
      return ended ? over : api.run(listener.progress, listener.kept);
    });
    const done = Promise.race([work.catch(failed), over]).then((outcome) => {
      end(outcome);
      this.#running.delete(running);
      worker.then(({ workerId }) => this.#host.kill(workerId)).catch(() => {}); // it never started
      return outcome;
    });
    const running: RunningBuild = { done, cancel: () => end({ kind: 'cancelled' }) };
    this.#running.set(running, held);
    return running;
  }

  /** Ends whatever runs. */
  stop(): void {
    for (const running of this.#running.keys()) running.cancel();
  }
}

/** The calls of a builder worker behind the port that leads to it. */
export function connectIndexBuilder(port: MessagePort): IndexBuilderApi {
  const remote = Comlink.wrap<IndexBuilderApi>(port);
  return {
    begin: (task) => remote.begin(task),
    take: (chunks) => remote.take(chunks as VectorChunk[]),
    // Comlink's mapped type spreads the union over promises; it is one promise of the union.
    run: (progress, kept) =>
      remote.run(Comlink.proxy(progress), Comlink.proxy(kept)) as Promise<BuildOutcome>,
  };
}

/** The page's offer to make builder workers, as it reaches the library worker through Comlink. */
export function remoteBuilderHost(remote: IndexBuilderHost): IndexBuilderHost {
  return {
    spawnBuilder: (lost) => remote.spawnBuilder(Comlink.proxy(lost)),
    kill: (workerId) => remote.kill(workerId),
  };
}
