import { wordsOf } from '../../core/error-words.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import type { PhotoQuery, PhotoView } from '../../core/library/photo-query.ts';
import type { LibraryEvent, OpenResult, PhotoCell, PhotoDetail } from '../../protocol/library.ts';
import { Connection, type LibraryCalls } from './connection.ts';
import { Live } from './live.ts';
import { PhotoCache } from './photo-cache.ts';
import { type Action, type EngineState, initialState, reduce, staleCells } from './state.ts';
import { deleteStoredData, isNothingStored } from './stored-data.ts';
import { ignoreWorkerDied, WorkerDied } from './worker-died.ts';

const cellLimit = 20_000;
const thumbnailLimit = 2_000;
/** Crashes of the library worker in a row after which the app stops restarting it by itself. */
const crashLimit = 3;
const calmMilliseconds = 30_000;

/** The page's side of the library: one connection, one immutable state, caches of what is on screen. */
export class Engine {
  #state: EngineState = initialState;
  #connection: Connection | null = null;
  #crashes = 0;
  #lastCrash = 0;
  readonly #listeners = new Set<() => void>();
  /** Same identity for the engine's whole life, whatever becomes of the worker. */
  readonly library: LibraryCalls;
  readonly cells: PhotoCache<PhotoCell>;
  readonly thumbnails: PhotoCache<string, ArrayBuffer>;
  readonly views: Live<PhotoQuery, PhotoView>;
  readonly photos: Live<PhotoId, PhotoDetail | null>;

  constructor() {
    this.library = new Proxy({} as LibraryCalls, {
      get: (_, verb) => (this.#connection?.api ?? disconnected)[verb as keyof LibraryCalls],
    });
    this.cells = new PhotoCache<PhotoCell>(
      cellLimit,
      (ids) => this.library.cells(ids),
      (cell) => cell,
    );
    this.thumbnails = new PhotoCache<string, ArrayBuffer>(
      thumbnailLimit,
      (ids) => this.library.thumbnails(ids),
      (bytes) => URL.createObjectURL(new Blob([bytes])),
      (url) => URL.revokeObjectURL(url),
    );
    this.views = new Live(async (query) => {
      const view = await this.library.view(query);
      return view === 'superseded' ? undefined : view;
    });
    this.photos = new Live((id) => this.library.photo(id));
  }

  readonly getState = (): EngineState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the library; `takeOver` takes it from the tab that owns it. */
  async start(takeOver = false): Promise<void> {
    this.#connection?.end();
    this.#dispatch({ type: 'starting' });
    const connection = new Connection((why) => this.#died(connection, why));
    this.#connection = connection;
    const result = await this.#open(connection, takeOver);
    if (result === null || this.#connection !== connection) return;
    this.#dispatch({ type: 'opened', result });
    if (this.#state.phase !== 'open') return;
    await this.#loadLabels();
    this.#refresh('all');
  }

  /** Null: it could not be opened, which is told. */
  async #open(connection: Connection, takeOver: boolean): Promise<OpenResult | null> {
    try {
      return await connection.open((event) => this.#received(connection, event), takeOver);
    } catch (error) {
      // The end of its worker is told by `#died`. What is stored may be such that it cannot be read: asking again at once
      // would come to the same.
      if (!(error instanceof WorkerDied) && this.#connection === connection) {
        connection.end();
        this.#dispatch({ type: 'crashed', why: wordsOf(error) });
      }
      return null;
    }
  }

  async changeSettings(change: Parameters<LibraryCalls['changeSettings']>[0]): Promise<void> {
    this.#dispatch({ type: 'settings', settings: await this.library.changeSettings(change) });
  }

  /** Ends the workers and deletes all that Picsift stored in this browser; only a reload leads out of the phase after it. */
  async erase(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    connection?.lost();
    connection?.end();
    let left: string;
    try {
      const found = await deleteStoredData();
      left = isNothingStored(found) ? '' : JSON.stringify(found);
    } catch (error) {
      left = String(error);
    }
    this.#dispatch({ type: 'erased', left });
  }

  #dispatch(action: Action): void {
    this.#state = reduce(this.#state, action);
    for (const listener of this.#listeners) listener();
  }

  #received(connection: Connection, event: LibraryEvent): void {
    if (this.#connection !== connection) return;
    if (event.status.lost) connection.lost();
    const before = this.#state.status;
    this.#dispatch({ type: 'event', event });
    if (this.#state.status !== event.status) return;
    const stale = staleCells(before.revision, event);
    // Most events of an import only move its figures.
    const contentChanged = event.status.contentRevision !== before.contentRevision;
    if (contentChanged || stale === 'all' || event.status.tagsLoaded !== before.tagsLoaded)
      this.#refresh(stale);
    if (event.labelsChanged) void this.#loadLabels();
  }

  #refresh(stale: readonly PhotoId[] | 'all'): void {
    this.cells.invalidate(stale);
    this.thumbnails.fetchMissing(stale);
    this.photos.refresh(stale);
    this.views.refresh('all');
  }

  async #loadLabels(): Promise<void> {
    try {
      this.#dispatch({ type: 'labels', labels: await this.library.labels() });
    } catch (error) {
      ignoreWorkerDied(error);
    }
  }

  #died(connection: Connection, why: string): void {
    if (this.#connection !== connection) return;
    this.#connection = null;
    const now = performance.now();
    this.#crashes = now - this.#lastCrash > calmMilliseconds ? 1 : this.#crashes + 1;
    this.#lastCrash = now;
    if (this.#crashes >= crashLimit) this.#dispatch({ type: 'crashed', why });
    else void this.start(true); // the dead worker's lock may still be held; it was ours
  }
}

const disconnected = new Proxy({} as LibraryCalls, {
  get: () => () => Promise.reject(new WorkerDied('the library is not open')),
});
