import { wordsOf } from '../../core/error-words.ts';
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

/** Long computations, each in builder workers of its own, which are ended when its run is done, cancelled or lost. */
export class BuilderRuns<Api, Outcome> {
  readonly #host: IndexBuilderHost;
  readonly #connect: (port: MessagePort) => Api;
  /**
   * With the calls of its workers: Comlink closes the channel when these are garbage, and a run is under way for long
   * without anybody else holding them.
   */
  readonly #running = new Map<BuilderRun<Outcome>, Api[]>();

  /** @param connect the calls of a builder worker behind the port that leads to it */
  constructor(host: IndexBuilderHost, connect: (port: MessagePort) => Api) {
    this.#host = host;
    this.#connect = connect;
  }

  /**
   * @param work asks the worker; what a worker that is being ended still says counts no more, which `wanted` tells. Null:
   *   it gave up, as it was not wanted any more
   * @param helpers workers beside the first one
   */
  start(
    work: (api: Api, wanted: () => boolean, helpers: readonly Api[]) => Promise<Outcome | null>,
    helpers = 0,
  ): BuilderRun<Outcome> {
    let end: (outcome: Outcome | Ended) => void = () => {};
    let ended = false;
    const over = new Promise<Outcome | Ended>((resolve) => {
      end = (outcome) => {
        ended = true;
        resolve(outcome);
      };
    });
    const held: Api[] = [];
    const workers = Array.from({ length: 1 + helpers }, () =>
      this.#host.spawnBuilder((_, why) => end({ kind: 'failed', why })),
    );
    const worked = Promise.all(workers).then(async (all) => {
      for (const { port } of all) held.push(this.#connect(port));
      return ended ? over : ((await work(held[0]!, () => !ended, held.slice(1))) ?? over);
    });
    const failed = (error: unknown): Ended => ({
      kind: 'failed',
      why: wordsOf(error),
    });
    const done = Promise.race([worked.catch(failed), over]).then((outcome) => {
      end(outcome);
      this.#running.delete(running);
      for (const worker of workers) {
        worker.then(({ workerId }) => this.#host.kill(workerId)).catch(() => {}); // it never started
      }
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
