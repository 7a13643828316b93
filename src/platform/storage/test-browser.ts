import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect } from 'vitest';
import type { Found } from '../../core/library/candidate.ts';
import type { Clock } from '../../core/library/clock.ts';
import { Library } from '../../core/library/library.ts';
import type { LibraryParts } from '../../core/library/library-parts.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import { defaultQuery, type PhotoQuery } from '../../core/library/photo-query.ts';
import { IdbPhotoStore } from './idb-photo-store.ts';
import { openDatabase } from './open-database.ts';
import { TestIndexBuilder, TestPairFinder, testTeacher } from './test-builders.ts';
import { hastyClock, testClock, until } from './test-clock.ts';
import { TestEmbedder } from './test-embedder.ts';
import { TestFiles } from './test-files.ts';
import { TestFolderFiles } from './test-folder-files.ts';
import { TestFolders } from './test-folders.ts';
import { testPictures } from './test-pictures.ts';

/** One "browser": its database outlives the sessions opened on it. */
export class TestBrowser {
  readonly files = new TestFiles();
  readonly folders = new TestFolders(this.files);
  readonly embedder = new TestEmbedder();
  readonly indexBuilder = new TestIndexBuilder();
  readonly pairFinder = new TestPairFinder();
  readonly folderFiles = new TestFolderFiles();
  readonly crashes: unknown[] = [];
  readonly clock: Clock;

  constructor(clock = testClock) {
    this.clock = clock;
    globalThis.indexedDB = new IDBFactory();
  }

  async session(parts: Partial<LibraryParts> = {}): Promise<TestSession> {
    const opened = await openDatabase(() => {});
    if (opened.kind !== 'open') throw new Error(`database: ${opened.kind}`);
    const store = await IdbPhotoStore.own(opened.database, crypto.randomUUID());
    const session = new TestSession(store, this, parts);
    await session.library.open();
    return session;
  }

  /** A session whose model runs. */
  async started(parts: Partial<LibraryParts> = {}): Promise<TestSession> {
    const session = await this.session(parts);
    await session.startModel();
    return session;
  }
}

/** The browser of the test that is running. */
export let browser: TestBrowser;

/** For `beforeEach`: a browser in which nothing is stored, and which must not crash. Called in a test: another device. */
export function newBrowser(): () => void {
  browser = new TestBrowser();
  return () => expect(browser.crashes).toEqual([]);
}

/** The same for tests of what begins by itself after a while. */
export function newHastyBrowser(): () => void {
  browser = new TestBrowser(hastyClock);
  return () => expect(browser.crashes).toEqual([]);
}

export class TestSession {
  readonly store: IdbPhotoStore;
  readonly library: Library;
  readonly #browser: TestBrowser;
  lost = false;

  constructor(store: IdbPhotoStore, browser: TestBrowser, parts: Partial<LibraryParts>) {
    this.store = store;
    this.#browser = browser;
    this.library = new Library({
      store,
      files: browser.files,
      folderAccess: browser.folders,
      embedder: browser.embedder,
      weights: {
        heads: async () => ({
          channels: 2,
          weights: Float32Array.of(4, 0, 0, 1, 0, 0),
          biases: Float32Array.of(-1, 0, 0),
        }),
        // Features are the embedding.
        projection: async () => ({
          channels: 2,
          matrix: Float32Array.of(1, 0, 0, 1),
          offset: Float32Array.of(0, 0),
        }),
      },
      indexBuilder: browser.indexBuilder,
      headTeacher: testTeacher,
      pictures: testPictures,
      pairFinder: browser.pairFinder,
      folderFiles: browser.folderFiles,
      clock: browser.clock,
      limits: () => ({ maxMegapixels: 120, similarityCutOff: 0.6, indexProbes: null, previewSize: 320 }),
      notify: () => {},
      lost: () => {
        this.lost = true;
      },
      crash: (error) => {
        if (!this.lost) browser.crashes.push(error);
      },
      ...parts,
    });
  }

  async startModel(): Promise<void> {
    const { model } = this.#browser.embedder;
    await this.library.announceModel(model);
    this.library.modelReady(model.key);
  }

  /** Takes files in; waits until the import has come to rest. */
  async add(files: readonly Found[]): Promise<void> {
    await this.library.importing.add(files);
    await this.settled();
  }

  /** The tab is gone: nothing that was under way comes to an end. */
  kill(): void {
    this.lost = true;
    this.store.close();
  }

  /** Waits until the import has come to rest. */
  async settled(state = 'idle'): Promise<void> {
    await until(() => this.library.state().import.state === state);
  }

  async ids(query: Partial<PhotoQuery> = {}): Promise<PhotoId[]> {
    await until(() => this.library.state().tagsLoaded);
    const view = await this.library.reading.view({ ...defaultQuery, ...query });
    if (view === 'superseded') throw new Error('superseded');
    return [...view.ids] as PhotoId[];
  }

  async names(query: Partial<PhotoQuery> = {}): Promise<string[]> {
    return this.library.reading.cells(await this.ids(query)).map((cell) => cell!.name);
  }
}

export function file(name: string, text: string, path: string | null = null, modifiedAt = 1000): Found {
  const bytes = new Blob([text], { type: 'image/jpeg' });
  return { candidate: { name, path, modifiedAt, bytes, handle: null, root: null } };
}
