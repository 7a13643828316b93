import type { Embedder } from '../../core/library/model-ports.ts';
import type { BackendReport, EmbedOptions, EmbedResult, MapResult } from '../../protocol/inference.ts';
import type { ModelStatus } from '../../protocol/library.ts';
import { probePicture } from '../decode/probe-picture.ts';
import type { BackendSettings } from './backend-memory.ts';
import { requestFor, type SearchParts, sameConfig, searchBackend } from './backend-search.ts';
import { poolSize } from './choose-backend.ts';
import type { ModelStore, PackEssentials } from './model-store.ts';
import type { PackManifest } from './pack-manifest.ts';
import { PoolJobs } from './pool-jobs.ts';
import { PoolWorker, usualPatience } from './pool-worker.ts';

export interface PoolParts extends Omit<SearchParts, 'patience'> {
  readonly store: Pick<ModelStore, 'update' | 'cacheWholePack'>;
  readonly onStatus: (status: ModelStatus) => void;
  /** The pack is there and whole: labels can be shown even if no backend should run. */
  readonly onPack?: (pack: Pick<PackEssentials, 'manifest' | 'labels'>) => void;
  /** Whether every file of the pack is kept, so that nothing of it needs the network; told once the workers run. */
  readonly onStored?: (whole: boolean) => void;
  readonly patience?: SearchParts['patience'];
}

/**
 * [Note: Photos that kill]
 * Crashes in a row, no photo embedded between them, after which a backend is given up. After a crash the new worker first
 * embeds a picture that is known to be good: if it can, the photo was to blame and not the backend, and however many such
 * photos a folder holds, the import goes on.
 */
const crashLimit = 3;
const trialOptions: EmbedOptions = { maxMegapixels: 1, thumbnailSize: 64 };

const unavailable: Extract<EmbedResult, { ok: false }> = {
  ok: false,
  failure: { code: 'model-unavailable' },
  sha256: null,
};

/**
 * The inference workers, for the library worker: finds the backend, keeps as many workers as it deserves, hands them
 * photos, replaces those that die. Nothing here rejects: what goes wrong is in the status or in the answer.
 */
export class InferencePool implements Embedder {
  readonly #parts: PoolParts & SearchParts;
  #settings: BackendSettings = { backend: 'auto', allowSoftwareAdapter: false };
  /** Grows with each start and stop: what began under an older one is dropped. */
  #generation = 0;
  #state: 'stopped' | 'starting' | 'ready' | 'failed' = 'stopped';
  #manifest: PackManifest | null = null;
  #active: BackendReport | null = null;
  #reports: readonly BackendReport[] = [];
  #banned: BackendReport[] = [];
  readonly #workers = new Set<PoolWorker>();
  #target = 0;
  #crashes = 0;
  #growing = false;
  #lastProgress = -1;
  readonly #jobs = new PoolJobs((worker) => {
    if (worker.proven) this.#crashes = 0;
    this.#dispatch();
  });

  constructor(parts: PoolParts) {
    this.#parts = { ...parts, patience: parts.patience ?? usualPatience };
  }

  /** How many calls of `embed` are worth having in hand, so that every worker decodes the next photo while it runs one. */
  get capacity(): number {
    return Math.max(1, this.#target) * this.#overlap;
  }

  get #overlap(): number {
    return this.#active?.config.backend === 'webgpu' ? 3 : 2;
  }

  /**
   * Loads the model and finds the backend; again, after a change of settings or to try again after a problem. Photos in
   * hand or waiting stay and are embedded afterwards. Resolves when it is ready or has failed; see `onStatus`.
   */
  async start(settings: BackendSettings = this.#settings): Promise<void> {
    this.#settings = settings;
    this.#banned = [];
    const generation = ++this.#generation;
    this.#state = 'starting';
    const cleared = this.#dismissWorkers();
    this.#status({ state: 'loading', step: 'download', progress: 0 });
    await cleared;
    const pack = await this.#parts.store.update((received, total) => {
      if (generation === this.#generation) this.#progress('download', received / total);
    });
    if (generation !== this.#generation) return;
    if (!pack.ok) return this.#fail({ state: 'problem', problem: pack.problem });
    this.#manifest = pack.value.manifest;
    this.#parts.onPack?.(pack.value);
    await this.#findBackend(generation, pack.value.manifest);
  }

  /** Ends the workers; photos in hand or waiting are answered `model-unavailable`. */
  async stop(): Promise<void> {
    this.#generation++;
    this.#state = 'stopped';
    const cleared = this.#dismissWorkers();
    this.#jobs.refuseAll();
    await cleared;
  }

  /**
   * Embeds one photo. Waits while the model is being started; `model-unavailable` at once when there is none, and
   * `worker-crashed` when the worker died over it: neither is the file's fault.
   *
   * @param urgent goes before those that wait
   */
  embed(source: Blob, options: EmbedOptions, urgent = false): Promise<EmbedResult> {
    return this.#ask((worker): Promise<EmbedResult> => worker.embed(source, options), urgent);
  }

  /** The map of one picture; goes before photos that wait. Fails as `embed` does. */
  map(source: Blob, options: EmbedOptions): Promise<MapResult> {
    return this.#ask((worker): Promise<MapResult> => worker.map(source, options), true);
  }

  #ask<Result>(
    call: (worker: PoolWorker) => Promise<Result>,
    urgent: boolean,
  ): Promise<Result | typeof unavailable> {
    if (this.#state === 'stopped' || this.#state === 'failed') return Promise.resolve(unavailable);
    const answer = this.#jobs.add(call, urgent, unavailable);
    this.#dispatch();
    return answer;
  }

  async #findBackend(generation: number, manifest: PackManifest): Promise<void> {
    this.#state = 'starting';
    this.#progress('start', 0);
    const wanted = () => generation === this.#generation;
    const found = await searchBackend(this.#parts, {
      manifest,
      settings: this.#settings,
      banned: this.#banned,
      wanted,
      progress: (part) => {
        if (wanted()) this.#progress('start', part);
      },
    });
    if (!wanted()) {
      if (found.kind === 'found') await found.worker.kill();
      return;
    }
    if (found.kind === 'unwanted') return;
    if (found.kind === 'model-problem') return this.#fail({ state: 'problem', problem: found.problem });
    if (found.kind === 'none') return this.#fail({ state: 'no-backend', reports: found.reports });
    this.#active = found.active;
    this.#reports = found.reports;
    this.#target = poolSize(found.active.config, this.#parts.capacity.cores);
    this.#crashes = 0;
    this.#state = 'ready';
    this.#adopt(found.worker);
    void this.#grow();
  }

  #adopt(worker: PoolWorker): void {
    this.#workers.add(worker);
    void worker.lost.then((why) => this.#onLost(worker, why));
    this.#reportReady();
    this.#dispatch();
  }

  /** Adds workers one at a time until the target is reached; with fewer when more do not start. */
  async #grow(): Promise<void> {
    if (this.#growing) return;
    this.#growing = true;
    const generation = this.#generation;
    const wanted = () => generation === this.#generation && this.#state === 'ready';
    let failures = 0;
    try {
      while (wanted() && this.#workers.size < this.#target) {
        const { config } = this.#active!;
        const worker = new PoolWorker(this.#parts.host, this.#parts.patience);
        const result = await worker.start(
          this.#parts.connect,
          requestFor(this.#parts, this.#settings, config, false),
        );
        if (wanted() && result.kind === 'ready') {
          if (this.#crashes > 0) await worker.embed(new Blob([probePicture()]), trialOptions);
          if (wanted() && (this.#crashes === 0 || worker.proven)) {
            failures = 0;
            this.#crashes = 0;
            this.#adopt(worker);
            continue;
          }
        }
        await worker.kill();
        if (!wanted()) break;
        if (result.kind === 'ready' && ++this.#crashes >= crashLimit) {
          return this.#giveUp(await worker.lost);
        }
        failures++;
        if (result.kind === 'model-problem' && this.#workers.size === 0) {
          return this.#fail({ state: 'problem', problem: result.problem });
        }
        if (failures < crashLimit) continue;
        if (this.#workers.size > 0) this.#target = this.#workers.size;
        else return this.#giveUp(result.kind === 'refused' ? result.report.detail : '');
      }
    } finally {
      this.#growing = false;
    }
    if (wanted()) {
      const whole = await this.#parts.store.cacheWholePack();
      if (generation === this.#generation) this.#parts.onStored?.(whole);
    } else if (this.#state === 'ready') {
      void this.#grow(); // a start in between found the door closed
    }
  }

  #onLost(worker: PoolWorker, why: string): void {
    if (!this.#workers.delete(worker)) return; // dismissed by us
    void worker.kill();
    this.#crashes = worker.proven ? 0 : this.#crashes + 1;
    if (this.#crashes >= crashLimit) {
      this.#giveUp(why);
    } else {
      this.#reportReady();
      void this.#grow();
    }
  }

  /** The active backend keeps dying: another one is looked for, if the settings leave one. */
  #giveUp(why: string): void {
    const report: BackendReport = {
      ...this.#active!,
      ok: false,
      refusal: 'session',
      detail: `Its workers ended ${crashLimit} times in a row: ${why}`,
    };
    this.#banned = [...this.#banned.filter((one) => !sameConfig(one.config, report.config)), report];
    const generation = ++this.#generation;
    this.#state = 'starting';
    void this.#dismissWorkers();
    void this.#findBackend(generation, this.#manifest!);
  }

  #dispatch(): void {
    while (this.#state === 'ready' && this.#jobs.areWaiting) {
      let free: PoolWorker | null = null;
      for (const worker of this.#workers) {
        if (worker.retiring) continue;
        if (worker.inFlight < this.#overlap && worker.inFlight < (free?.inFlight ?? Infinity)) free = worker;
      }
      if (!free) return;
      void this.#jobs.give(free);
    }
  }

  /** Ends all workers; what they had in hand goes back to the front of the queue. */
  async #dismissWorkers(): Promise<void> {
    const dismissed = [...this.#workers];
    this.#workers.clear();
    this.#jobs.takeBack(dismissed);
    await Promise.all(dismissed.map((worker) => worker.kill()));
  }

  #fail(status: ModelStatus): void {
    this.#state = 'failed';
    this.#status(status);
    this.#jobs.refuseAll();
  }

  #status(status: ModelStatus): void {
    this.#lastProgress = -1;
    this.#parts.onStatus(status);
  }

  /** Told in steps of a hundredth. */
  #progress(step: 'download' | 'start', progress: number): void {
    const shown = Math.floor(progress * 100) / 100;
    if (shown === this.#lastProgress) return;
    this.#status({ state: 'loading', step, progress: shown });
    this.#lastProgress = shown;
  }

  #reportReady(): void {
    const manifest = this.#manifest!;
    this.#status({
      state: 'ready',
      model: { id: manifest.id, version: manifest.version },
      name: manifest.name,
      active: this.#active!,
      workers: this.#workers.size,
      reports: this.#reports,
    });
  }
}
