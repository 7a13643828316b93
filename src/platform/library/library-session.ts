import { isBackupDue } from '../../core/library/backup/backup-due.ts';
import type { ChangeNotice } from '../../core/library/change-feed.ts';
import { Library } from '../../core/library/library.ts';
import type { ModelDescription } from '../../core/library/model-ports.ts';
import { StoreRefused } from '../../core/library/store-refused.ts';
import type { BackupState, LastBackup } from '../../protocol/backup.ts';
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
import { type LibraryLock, takeLibraryLock } from './library-lock.ts';

const lastBackupKey = 'lastBackup';

/** When storage is full, room is looked for so often. */
const fullMilliseconds = 20_000;
/** Not while the first screen is drawn. */
const reserveMilliseconds = 5000;

type Refused = Exclude<OpenResult, { kind: 'open' }>;

/** The library while it is open: store, model and use-cases joined. See [Note: One owner]. */
export class LibrarySession {
  readonly #listener: (event: LibraryEvent) => void;
  readonly #lock: LibraryLock;
  readonly #pool: InferencePool;
  readonly #weights: PackWeights;
  readonly #builders: Builders;
  #store!: IdbPhotoStore;
  #library!: Library;
  #settings!: Settings;
  #revision = 0;
  #model: ModelStatus = { state: 'loading', step: 'download', progress: 0 };
  #modelStored = false;
  #description: ModelDescription | null = null;
  /** Resolves when the library knows the model. */
  #announced: Promise<void> = Promise.resolve();
  #endAnswers: () => void = () => {};
  #lost = false;
  #closing = false;

  private constructor(
    request: OpenRequest,
    host: InferenceHost & IndexBuilderHost,
    listener: (event: LibraryEvent) => void,
    lock: LibraryLock,
  ) {
    this.#listener = listener;
    this.#lock = lock;
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
    session = new LibrarySession(request, host, listener, lock);
    const opened = await session.#openStore();
    if (opened !== null) {
      lock.release();
      return opened;
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
    return this.#settings;
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
    const { backend, allowSoftwareAdapter } = this.#settings;
    this.#pool.start({ backend, allowSoftwareAdapter }).catch((error) => this.#crash(error));
  }

  async changeSettings(change: Partial<Settings>): Promise<Settings> {
    const before = this.#settings;
    const settings = { ...before, ...change };
    await this.#store.saveSettings(settings);
    this.#settings = settings;
    if (before.recommendations && !settings.recommendations)
      await this.#library.finding.recommendations.forget();
    this.#library.statusChanged();
    const { backend, allowSoftwareAdapter } = this.#settings;
    if (backend !== before.backend || allowSoftwareAdapter !== before.allowSoftwareAdapter) this.startModel();
    return this.#settings;
  }

  async rememberBackup(photos: number): Promise<void> {
    await this.#store.remember(lastBackupKey, { at: Date.now(), photos } satisfies LastBackup);
    this.#library.statusChanged();
  }

  async backupState(): Promise<BackupState> {
    const last = ((await this.#store.remembered(lastBackupKey)) as LastBackup | undefined) ?? null;
    const persisted = await navigator.storage.persisted();
    const since = this.#library.reading.firstImport;
    return { last, due: isBackupDue({ persisted, lastAt: last?.at ?? null, since, now: Date.now() }) };
  }

  spaceUsed(): Promise<ReadonlyMap<SpaceKind, number>> {
    return this.#store.spaceUsed();
  }

  /** Deletes the database, once calls under way are `settled`, and goes on with an empty one; settings stay. */
  async removeEverything(settled: () => Promise<void>): Promise<void> {
    const settings = this.#settings;
    await this.#library.close();
    await settled();
    this.#store.close();
    await deleteDatabase();
    const opened = await this.#openStore();
    if (opened !== null) throw new Error(`the library cannot be opened after removing it: ${opened.kind}`);
    this.#settings = settings;
    await this.#store.saveSettings(settings);
    this.#announce();
    this.#modelChanged(this.#model);
    this.#notify({ changed: 'all', labelsChanged: true });
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#endAnswers();
    await this.#library.close();
    await this.#pool.stop();
    this.#store.close();
    this.#lock.release();
  }

  /** Another tab has the library now: this one must leave it alone, and say so. */
  lose(): void {
    if (this.#lost || this.#closing) return;
    this.#lost = true;
    this.#endAnswers();
    this.#store?.close();
    this.#builders.stop();
    void this.#pool.stop();
    if (this.#library) this.#notify({ changed: new Uint32Array(0), labelsChanged: false });
  }

  async #openStore(): Promise<Refused | null> {
    const opened = await openDatabase(() => this.lose());
    if (opened.kind !== 'open') return refusalOf(opened);
    this.#store = await IdbPhotoStore.own(opened.database, crypto.randomUUID());
    this.#settings = await this.#store.settings();
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
      limits: () => this.#settings,
      notify: (notice) => this.#notify(notice),
      lost: () => this.lose(),
      crash: (error) => this.#crash(error),
    });
    await this.#library.open();
    return null;
  }

  /** See [Note: Reserve]. */
  #layBy(): void {
    if (this.#lost || this.#closing) return;
    const free = async () => {
      const { quota = 0, usage = 0 } = await navigator.storage.estimate();
      return quota - usage;
    };
    this.#store.keepReserve(free).catch((error) => this.#crash(error));
  }

  #announce(): void {
    if (this.#lost || this.#closing) return;
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
    if (this.#lost || this.#closing) return;
    setTimeout(() => {
      throw error;
    });
  }
}

function refusalOf(opened: Exclude<OpenedDatabase, { kind: 'open' }>): Refused {
  if (opened.kind === 'unavailable') return { kind: 'storage-unavailable', reason: opened.reason };
  return { kind: 'newer-database', found: opened.found, expected: opened.expected };
}
