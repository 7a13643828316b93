import { wordsOf } from '../../core/error-words.ts';
import { Lifeline } from '../../core/lifeline.ts';
import type {
  EmbedOptions,
  EmbedResult,
  InferenceApi,
  InferenceHost,
  MapResult,
  PrepareRequest,
  PrepareResult,
} from '../../protocol/inference.ts';
import { watchdog } from '../watchdog.ts';

/** Milliseconds without an answer after which a worker counts as lost. */
export interface Patience {
  /** Loading the runtime included. */
  readonly prepare: number;
  readonly embed: number;
  /** Added to `embed` for each megabyte of the file. */
  readonly embedPerMegabyte: number;
}

type FailedPhoto = Extract<EmbedResult, { ok: false }>;

/**
 * A decoder that hangs is told by the worker itself, sooner (decode-turn.ts): this is for a worker that is stuck
 * altogether, and longer than large pictures wait for each other.
 */
export const usualPatience: Patience = { prepare: 300_000, embed: 90_000, embedPerMegabyte: 1000 };

/** Makes the calls of a port; Comlink in the app. */
export type Connect = (port: MessagePort) => InferenceApi;

/** An inference worker that can die: then every call in hand is answered, instead of being pending for ever. */
export class PoolWorker {
  /** Calls of `embed` in hand. */
  inFlight = 0;
  /** It has embedded a photo, or found one at fault. */
  proven = false;
  /** A decoder in it hangs: it is given no more photos, and ends with those that it has in hand. */
  retiring = false;
  /** Resolves, once, with the reason when the worker is no more. */
  readonly lost: Promise<string>;
  #declareLost: (why: string) => void = () => {};
  readonly #life = new Lifeline();
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
        this.#life.end(new Error(why));
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
  embed(source: Blob, options: EmbedOptions): Promise<EmbedResult> {
    return this.#photo(source, (api): Promise<EmbedResult> => api.embed(source, options));
  }

  /** Likewise. */
  map(source: Blob, options: EmbedOptions): Promise<MapResult> {
    return this.#photo(source, (api): Promise<MapResult> => api.map(source, options));
  }

  async #photo<Result extends EmbedResult | MapResult>(
    source: Blob,
    call: (api: InferenceApi) => Promise<Result | FailedPhoto>,
  ): Promise<Result | FailedPhoto> {
    const crashed = (why: string): FailedPhoto => ({
      ok: false,
      failure: { code: 'worker-crashed', found: why },
      sha256: null,
    });
    if (!this.#api) return crashed('The worker was not started.');
    this.inFlight++;
    const patience = this.#patience.embed + (source.size / 1e6) * this.#patience.embedPerMegabyte;
    const result = await this.#answer<Result | FailedPhoto>(call(this.#api), patience, crashed);
    this.inFlight--;
    const code = result.ok ? null : result.failure.code;
    if (code !== 'worker-crashed') this.proven = true;
    else if (!result.ok) this.declareLost(result.failure.found ?? 'The model failed.');
    if (code === 'too-slow') this.retiring = true;
    if (this.retiring && this.inFlight === 0) this.declareLost('A decoder hung.');
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
      return await this.#life.hold(call);
    } catch (error) {
      this.declareLost(wordsOf(error));
      return otherwise(wordsOf(error));
    } finally {
      watch.stop();
    }
  }
}
