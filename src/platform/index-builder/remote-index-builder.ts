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
import { BuilderRuns } from './builder-runs.ts';
import { sendVectors } from './send-vectors.ts';

type Visit = (chunk: VectorChunk) => Promise<boolean>;

/** Builds in a worker of its own. */
export class RemoteIndexBuilder implements IndexBuilder {
  readonly #runs: BuilderRuns<IndexBuilderApi, BuildOutcome>;

  /** @param connect the calls of a builder worker behind the port that leads to it */
  constructor(host: IndexBuilderHost, connect: (port: MessagePort) => IndexBuilderApi) {
    this.#runs = new BuilderRuns(host, connect);
  }

  start(
    task: BuildTask,
    vectors: (visit: Visit) => Promise<void>,
    progress: (progress: BuildProgress) => void,
    kept: (kept: KeptBuild) => void,
  ): RunningBuild {
    return this.#runs.start(async (api, wanted) => {
      await api.begin(task);
      await sendVectors((chunks) => api.take(chunks), vectors, wanted);
      if (!wanted()) return null;
      return api.run(
        (value) => void (wanted() && progress(value)),
        (value) => void (wanted() && kept(value)),
      );
    });
  }

  /** Ends whatever runs. */
  stop(): void {
    this.#runs.stop();
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
