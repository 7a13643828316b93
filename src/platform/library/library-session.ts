import type { ChangeNotice } from '../../core/library/change-feed.ts';
import { Library } from '../../core/library/library.ts';
import type { ModelDescription } from '../../core/library/model-ports.ts';
import { StoreRefused } from '../../core/library/store-refused.ts';
import type { BackupState } from '../../protocol/backup.ts';
import type { IndexBuilderHost } from '../../protocol/index-builder.ts';
import type { InferenceHost } from '../../protocol/inference.ts';
import type {
  LibraryEvent,
  LibraryStatus,
  ModelStatus,
  OpenRequest,
  OpenResult,
  Settings,
  SpaceKind,
} from '../../protocol/library.ts';
import { clearScratch } from '../backup/backup-sink.ts';
import { thumbnailPictures } from '../decode/thumbnail-pictures.ts';
import { BrowserFiles } from '../files/browser-files.ts';
import { BrowserFolders } from '../files/browser-folders.ts';
import { browserFolderFiles } from '../files/folder-files.ts';
import { Builders } from '../index-builder/builders.ts';
import { InferencePool } from '../inference/inference-pool.ts';
import { ModelStore } from '../inference/model-store.ts';
import { PackWeights } from '../inference/pack-weights.ts';
import { connectInference, remoteHost } from '../inference/remote-host.ts';
import { runtimeName } from '../inference/runtime-name.ts';
import { IdbPhotoStore } from '../storage/idb-photo-store.ts';
import { deleteDatabase, type OpenedDatabase, openDatabase } from '../storage/open-database.ts';
import { answerWaitingTabs } from './answer-waiting-tabs.ts';
import { browserClock } from './browser-clock.ts';
import { backupState, rememberBackup } from './last-backup.ts';
import { takeLibraryLock } from './library-lock.ts';
import { StoredSettings } from './stored-settings.ts';

/** When storage is full, room is looked for so often. */
const fullMilliseconds = 20_000;
/** Not while the first screen is drawn. */
const reserveMilliseconds = 5000;

type Refused = Exclude<OpenResult, { kind: 'open' }>;

/** The library while it is open: store, model and use-cases joined. See [Note: One owner]. */
export class LibrarySession {
  readonly #listener: (event: LibraryEvent) => void;
  readonly #pool: InferencePool;
  readonly #weights: PackWeights;
  readonly #builders: Builders;
  #store!: IdbPhotoStore;
  #library!: Library;
  #settings!: StoredSettings;
  #revision = 0;
  #model: ModelStatus = { state: 'loading', step: 'download', progress: 0 };
  #modelStored = false;
  #description: ModelDescription | null = null;
  /** Resolves when the library knows the model. */
  #announced: Promise<void> = Promise.resolve();
  #endAnswers: () => void = () => {};
  #lost = false;

  private constructor(
    request: OpenRequest,
    host: InferenceHost & IndexBuilderHost,
    listener: (event: LibraryEvent) => void,
  ) {
    this.#listener = listener;
    const cores = Math.max(1, request.hardwareConcurrency);
    this.#builders = new Builders(host, cores);
    const store = new ModelStore(request.packUrl);
    this.#weights = new PackWeights(store);
    this.#pool = new InferencePool({
      host: remoteHost(host),
      connect: connectInference,
      memory: {
        get: (key) => this.#store.remembered(key),
        set: (key, value) => this.#store.remember(key, value),
      },
      packUrl: request.packUrl,
      capacity: { cores, isolated: crossOriginIsolated },
      runtime: runtimeName(),
      store,
      onStatus: (status) => this.#modelChanged(status),
      onPack: ({ manifest, labels }) => {
        const { id, version } = manifest;
        this.#weights.use(manifest);
        this.#description = { key: { id, version }, labels };
        this.#announce();
      },
      onStored: (whole) => {
        this.#modelStored = whole;
        this.#library.statusChanged();
      },
    });
  }

  static async open(
    request: OpenRequest,
    host: InferenceHost & IndexBuilderHost,
    listener: (event: LibraryEvent) => void,
  ): Promise<LibrarySession | Refused> {
    let session: LibrarySession | null = null;
    const lock = await takeLibraryLock(request.takeOver, () => session?.lose());
    if (lock === null) return { kind: 'owned-elsewhere' };
    session = new LibrarySession(request, host, listener);
    const refused = await session.#openUnlessLost();
    if (refused !== null) {
      lock.release();
      return refused;
    }
    session.#endAnswers = answerWaitingTabs();
    session.startModel();
    void clearScratch();
    setTimeout(() => session.#layBy(), reserveMilliseconds);
    return session;
  }

  get library(): Library {
    return this.#library;
  }

  get settings(): Settings {
    return this.#settings.current;
  }

  get isLost(): boolean {
    return this.#lost;
  }

  status(): LibraryStatus {
    return {
      revision: this.#revision,
      ...this.#library.state(),
      model: this.#model,
      modelStored: this.#modelStored,
      ...(this.#lost && { lost: true }),
    };
  }

  /** Starts the model, again after a problem or a change of settings. */
  startModel(): void {
    const { backend, allowSoftwareAdapter } = this.settings;
    this.#pool.start({ backend, allowSoftwareAdapter }).catch((error) => this.#crash(error));
  }

  async changeSettings(change: Partial<Settings>): Promise<Settings> {
    const { before, after } = await this.#settings.change(change);
    if (before.recommendations && !after.recommendations)
      await this.#library.finding.recommendations.forget();
    this.#library.statusChanged();
    const { backend, allowSoftwareAdapter } = after;
    if (backend !== before.backend || allowSoftwareAdapter !== before.allowSoftwareAdapter) this.startModel();
    return this.settings;
  }

  async rememberBackup(photos: number): Promise<void> {
    await rememberBackup(this.#store, photos);
    this.#library.statusChanged();
  }

  backupState(): Promise<BackupState> {
    return backupState(this.#store, this.#library.reading.firstImport);
  }

  spaceUsed(): Promise<ReadonlyMap<SpaceKind, number>> {
    return this.#store.spaceUsed();
  }

  /** Deletes the database, once calls under way are `settled`, and goes on with an empty one; settings stay. */
  async removeEverything(settled: () => Promise<void>): Promise<void> {
    const { settings } = this;
    await this.#library.close();
    await settled();
    this.#store.close();
    await deleteDatabase();
    const opened = await this.#openStore();
    if (opened !== null) throw new Error(`the library cannot be opened after removing it: ${opened.kind}`);
    await this.#settings.change(settings);
    this.#announce();
    this.#modelChanged(this.#model);
    this.#notify({ changed: 'all', labelsChanged: true });
  }

  /** Another tab has the library now: this one must leave it alone, and say so. */
  lose(): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#endAnswers();
    this.#store?.close();
    this.#builders.stop();
    void this.#pool.stop();
    if (this.#library) this.#notify({ changed: new Uint32Array(0), labelsChanged: false });
  }

  /** Another tab may take over in the middle of it: then the store closes under it. */
  async #openUnlessLost(): Promise<Refused | null> {
    try {
      const refused = await this.#openStore();
      if (!this.#lost) return refused;
    } catch (error) {
      if (!this.#lost) throw error;
    }
    return { kind: 'owned-elsewhere' };
  }

  async #openStore(): Promise<Refused | null> {
    const opened = await openDatabase(() => this.lose());
    if (opened.kind !== 'open') return refusalOf(opened);
    if (this.#lost) {
      // It belongs to the other tab: it must not be owned anew.
      opened.database.close();
      return { kind: 'owned-elsewhere' };
    }
    this.#store = await IdbPhotoStore.own(opened.database, crypto.randomUUID());
    this.#settings = await StoredSettings.of(this.#store);
    this.#library = new Library({
      store: this.#store,
      files: new BrowserFiles(),
      folderAccess: new BrowserFolders(),
      embedder: this.#pool,
      weights: this.#weights,
      indexBuilder: this.#builders.index,
      headTeacher: this.#builders.heads,
      pictures: thumbnailPictures,
      pairFinder: this.#builders.pairs,
      folderFiles: browserFolderFiles,
      clock: browserClock,
      limits: () => this.settings,
      notify: (notice) => this.#notify(notice),
      lost: () => this.lose(),
      crash: (error) => this.#crash(error),
    });
    await this.#library.open();
    return null;
  }

  /** See [Note: Reserve]. */
  #layBy(): void {
    if (this.#lost) return;
    this.#store.keepReserve().catch((error) => this.#crash(error));
  }

  #announce(): void {
    if (this.#lost) return;
    if (this.#description === null) return;
    this.#announced = this.#library.announceModel(this.#description);
    this.#announced.catch((error: unknown) => {
      if (!StoreRefused.isFull(error)) return this.#crash(error);
      // There is no room for the names of its labels.
      setTimeout(() => {
        this.#announce();
        this.#modelChanged(this.#model);
      }, fullMilliseconds);
    });
  }

  #modelChanged(status: ModelStatus): void {
    this.#model = status;
    const library = this.#library;
    if (status.state === 'ready') {
      this.#announced.then(
        () => this.#model === status && library === this.#library && library.modelReady(status.model),
        () => {}, // told by #announce
      );
    } else {
      library.modelGone();
    }
    library.statusChanged();
  }

  #notify({ changed, labelsChanged }: ChangeNotice): void {
    this.#revision++;
    this.#listener({ status: this.status(), changed, labelsChanged });
  }

  /** Ends the worker, as bugs do: the page starts a new one, which goes on from what is stored. */
  #crash(error: unknown): void {
    if (this.#lost) return;
    setTimeout(() => {
      throw error;
    });
  }
}

function refusalOf(opened: Exclude<OpenedDatabase, { kind: 'open' }>): Refused {
  if (opened.kind === 'unavailable') return { kind: 'storage-unavailable', reason: opened.reason };
  return { kind: 'newer-database', found: opened.found, expected: opened.expected };
}
