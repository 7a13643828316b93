import type { IndexBuilderHost } from '../../protocol/index-builder.ts';

/** Why a run ended that has no outcome of its own. */
export type Ended =
  | { readonly kind: 'failed' /** The error's words. */; readonly why: string }
  | { readonly kind: 'cancelled' };

export interface BuilderRun<Outcome> {
  /** Never rejects. */
  readonly done: Promise<Outcome | Ended>;
  cancel(): void;
}

/** Long computations, each in a builder worker of its own, which is ended when its run is done, cancelled or lost. */
export class BuilderRuns<Api, Outcome> {
  readonly #host: IndexBuilderHost;
  readonly #connect: (port: MessagePort) => Api;
  /**
   * With the calls of its worker: Comlink closes the channel when these are garbage, and a run is under way for long
   * without anybody else holding them.
   */
  readonly #running = new Map<BuilderRun<Outcome>, { api: Api | null }>();

  /** @param connect the calls of a builder worker behind the port that leads to it */
  constructor(host: IndexBuilderHost, connect: (port: MessagePort) => Api) {
    this.#host = host;
    this.#connect = connect;
  }

  /**
   * @param work asks the worker; what a worker that is being ended still says counts no more, which `wanted` tells. Null:
   *   it gave up, as it was not wanted any more
   */
  start(work: (api: Api, wanted: () => boolean) => Promise<Outcome | null>): BuilderRun<Outcome> {
    let end: (outcome: Outcome | Ended) => void = () => {};
    let ended = false;
    const over = new Promise<Outcome | Ended>((resolve) => {
      end = (outcome) => {
        ended = true;
        resolve(outcome);
      };
    });
    const held: { api: Api | null } = { api: null };
    const worker = this.#host.spawnBuilder((_, why) => end({ kind: 'failed', why }));
    const worked = worker.then(async ({ port }) => {
      const api = this.#connect(port);
      held.api = api;
      return ended ? over : ((await work(api, () => !ended)) ?? over);
    });
    const failed = (error: unknown): Ended => ({
      kind: 'failed',
      why: error instanceof Error ? error.message : String(error),
    });
    const done = Promise.race([worked.catch(failed), over]).then((outcome) => {
      end(outcome);
      this.#running.delete(running);
      worker.then(({ workerId }) => this.#host.kill(workerId)).catch(() => {}); // it never started
      return outcome;
    });
    const running: BuilderRun<Outcome> = { done, cancel: () => end({ kind: 'cancelled' }) };
    this.#running.set(running, held);
    return running;
  }

  /** Ends whatever runs. */
  stop(): void {
    for (const running of this.#running.keys()) running.cancel();
  }
}
