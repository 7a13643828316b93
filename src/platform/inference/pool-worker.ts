import type {
  EmbedOptions,
  EmbedResult,
  InferenceApi,
  InferenceHost,
  PrepareRequest,
  PrepareResult,
} from '../../protocol/inference.ts';

/** Milliseconds without an answer after which a worker counts as lost. */
export interface Patience {
  /** Loading the runtime included. */
  readonly prepare: number;
  readonly embed: number;
}

export const usualPatience: Patience = { prepare: 300_000, embed: 120_000 };

/** Makes the calls of a port; Comlink in the app. */
export type Connect = (port: MessagePort) => InferenceApi;

/** An inference worker that can die: then every call in hand is answered, instead of being pending for ever. */
export class PoolWorker {
  /** Calls of `embed` in hand. */
  inFlight = 0;
  /** It has embedded a photo, or found one at fault. */
  proven = false;
  /** Resolves, once, with the reason when the worker is no more. */
  readonly lost: Promise<string>;
  #declareLost: (why: string) => void = () => {};
  #gone = false;
  readonly #host: InferenceHost;
  readonly #patience: Patience;
  #workerId: number | null = null;
  #api: InferenceApi | null = null;

  constructor(host: InferenceHost, patience: Patience) {
    this.#host = host;
    this.#patience = patience;
    this.lost = new Promise((resolve) => {
      this.#declareLost = (why) => {
        this.#gone = true;
        resolve(why);
      };
    });
  }

  /** Spawns the worker and prepares it. Never rejects: a death or a throw is `refused` with its words. */
  async start(connect: Connect, request: PrepareRequest): Promise<PrepareResult> {
    const refused = (detail: string): PrepareResult => ({
      kind: 'refused',
      report: {
        config: request.config,
        ok: false,
        refusal: 'session',
        detail,
        millisecondsPerPicture: null,
        selfTest: null,
      },
    });
    try {
      const spawned = await this.#host.spawn((_, why) => this.declareLost(why));
      this.#workerId = spawned.workerId;
      // Killed while it was being made.
      if (this.#gone) await this.#host.kill(spawned.workerId);
      this.#api = connect(spawned.port);
    } catch (error) {
      this.declareLost(wordsOf(error));
      return refused(wordsOf(error));
    }
    return this.#answer(this.#api.prepare(request), this.#patience.prepare, refused);
  }

  /** Never rejects; `worker-crashed` when the worker is lost meanwhile. */
  async embed(source: Blob, options: EmbedOptions): Promise<EmbedResult> {
    const crashed = (why: string): EmbedResult => ({
      ok: false,
      failure: { code: 'worker-crashed', found: why },
      sha256: null,
    });
    if (!this.#api) return crashed('The worker was not started.');
    this.inFlight++;
    const result = await this.#answer(this.#api.embed(source, options), this.#patience.embed, crashed);
    this.inFlight--;
    if (result.ok || result.failure.code !== 'worker-crashed') this.proven = true;
    else this.declareLost(result.failure.found ?? 'The model failed.');
    return result;
  }

  declareLost(why: string): void {
    this.#declareLost(why);
  }

  /** Ends the worker; calls in hand are answered as lost. */
  async kill(): Promise<void> {
    this.declareLost('ended');
    if (this.#workerId !== null) await this.#host.kill(this.#workerId);
  }

  async #answer<T>(call: Promise<T>, patience: number, otherwise: (why: string) => T): Promise<T> {
    const watch = watchdog(patience, () =>
      this.declareLost(`No answer for ${Math.round(patience / 1000)} seconds.`),
    );
    try {
      return await Promise.race([call, this.lost.then(otherwise)]);
    } catch (error) {
      this.declareLost(wordsOf(error));
      return otherwise(wordsOf(error));
    } finally {
      watch.stop();
    }
  }
}

/** Counts ticks, not the clock: a laptop that slept has not been waiting. */
function watchdog(milliseconds: number, expired: () => void): { stop(): void } {
  let left = 8;
  const timer = setInterval(() => {
    left--;
    if (left > 0) return;
    clearInterval(timer);
    expired();
  }, milliseconds / 8);
  return { stop: () => clearInterval(timer) };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
