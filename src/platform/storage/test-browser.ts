import { IDBFactory } from 'fake-indexeddb';
import type { PairCheck } from '../../core/dedup/pair-tier.ts';
import { madePicture } from '../../core/image/made-picture.ts';
import type { Picture } from '../../core/image/picture.ts';
import { photoSignature, signatureBytes } from '../../core/image/signature.ts';
import { turnPicture } from '../../core/image/turn.ts';
import type { Found } from '../../core/library/candidate.ts';
import type { Clock } from '../../core/library/clock.ts';
import type { FileBytes, FileHandle } from '../../core/library/file-handle.ts';
import type { Files, OpenedFile } from '../../core/library/file-ports.ts';
import { IndexBuild } from '../../core/library/index-build.ts';
import type { BuildOutcome, BuildTask, IndexBuilder, RunningBuild } from '../../core/library/index-ports.ts';
import { Library } from '../../core/library/library.ts';
import type { LibraryParts } from '../../core/library/library-parts.ts';
import type {
  Embedded,
  Embedder,
  Mapped,
  ModelDescription,
  Pictures,
} from '../../core/library/model-ports.ts';
import { PairBuild } from '../../core/library/pair-build.ts';
import type { PairFinder, PairOutcome, PairTask, RunningPairs } from '../../core/library/pair-ports.ts';
import type { Exif, Failure, PhotoId } from '../../core/library/photo.ts';
import { defaultQuery, type PhotoQuery } from '../../core/library/photo-query.ts';
import { teachSet } from '../../core/library/teach-set.ts';
import type { HeadTeacher, TeachOutcome } from '../../core/library/teaching-ports.ts';
import { IdbPhotoStore } from './idb-photo-store.ts';
import { openDatabase } from './open-database.ts';
import { TestFolderFiles } from './test-folder-files.ts';
import { TestFolders } from './test-folders.ts';

/** Real time, as nothing here waits long. */
export const testClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  after(milliseconds, then) {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
};

/** Handles of the tests: `file` is what is on the disk now, null if it is gone. */
export interface TestHandle extends FileHandle {
  readonly entry: string;
}

/** A disk whose files, permissions and time the test changes. */
export class TestFiles implements Files {
  readonly disk = new Map<string, { bytes: Blob; modifiedAt: number }>();
  readonly denied = new Set<string>();

  async open(handle: FileHandle): Promise<OpenedFile> {
    const { entry } = handle as TestHandle;
    if (this.denied.has(entry)) return { ok: false, failure: { code: 'no-permission' } };
    const file = this.disk.get(entry);
    return file === undefined
      ? { ok: false, failure: { code: 'file-missing' } }
      : { ok: true, bytes: file.bytes, modifiedAt: file.modifiedAt };
  }

  async isSameEntry(a: FileHandle, b: FileHandle): Promise<boolean> {
    return (a as TestHandle).entry === (b as TestHandle).entry;
  }

  async sha256(bytes: FileBytes): Promise<string> {
    return hashOf(bytes);
  }

  async part(bytes: FileBytes, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await (bytes as Blob).slice(from, to).arrayBuffer());
  }

  async unsupportedFormat(bytes: FileBytes): Promise<string | null> {
    const text = await (bytes as Blob).text();
    return text.startsWith('picture') ? null : 'PDF';
  }
}

async function hashOf(bytes: FileBytes): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await (bytes as Blob).arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const testModel: ModelDescription = {
  key: { id: 'test', version: '1' },
  labels: [
    { id: 'dog', en: 'Dog', zh: '狗', threshold: 0.5 },
    { id: 'cat', en: 'Cat', zh: '猫', threshold: 0.3 },
    { id: 'tree', en: 'Tree', zh: '树', threshold: 0.9 },
  ],
};

/**
 * Reads a photo's results off its text: `picture <anything> dog=0.8 v=1,0 looks=3`. `broken` breaks, `crash` kills the worker
 * with all that it has in hand. Photos wait while `held` is set.
 */
export class TestEmbedder implements Embedder {
  capacity = 3;
  model = testModel;
  calls = 0;
  underWay = 0;
  mostUnderWay = 0;
  held: Promise<void> | null = null;
  unavailable = false;
  #deaths = 0;
  /** The next photo fails like this, whatever it is. */
  failNext: Failure | null = null;

  /** Two channels on one row of two cells: the first is where the dog is, `at=0` or `at=1` of the photo's text. */
  async map(bytes: FileBytes): Promise<Mapped> {
    if (this.unavailable) return { ok: false, failure: { code: 'model-unavailable' }, sha256: null };
    const at = Number(/at=(\d)/.exec(await (bytes as Blob).text())?.[1] ?? 0);
    const values = Float32Array.of(at === 0 ? 1 : 0, at === 1 ? 1 : 0, 1, 1);
    return { ok: true, model: this.model.key, map: { channels: 2, height: 1, width: 2, values } };
  }

  async embed(bytes: FileBytes): Promise<Embedded> {
    this.calls++;
    this.underWay++;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    const deaths = this.#deaths;
    const crashed = { ok: false, failure: { code: 'worker-crashed' }, sha256: null } as const;
    try {
      await (this.held ?? Promise.resolve());
      if (this.unavailable) return { ok: false, failure: { code: 'model-unavailable' }, sha256: null };
      const failure = this.failNext;
      this.failNext = null;
      if (failure !== null) return { ok: false, failure, sha256: null };
      const text = await (bytes as Blob).text();
      if (text.includes('crash')) {
        this.#deaths++;
        return crashed;
      }
      const sha256 = await hashOf(bytes);
      if (deaths !== this.#deaths) return crashed;
      if (text.includes('broken')) return { ok: false, failure: { code: 'broken', found: 'no end' }, sha256 };
      const scores = this.model.labels.map(({ id }) => {
        const found = new RegExp(`${id}=([\\d.]+)`).exec(text);
        return found === null ? 0 : Math.round(Number(found[1]) * 255);
      });
      const vector = /v=([-\d.,]+)/.exec(text)?.[1]?.split(',').map(Number) ?? [1, 0];
      const seed = /looks=(\d+)/.exec(text)?.[1];
      return {
        ok: true,
        sha256,
        width: 400,
        height: 300,
        thumbnail: {
          bytes: new Uint8Array(seed === undefined ? [1, 2, 3] : [Number(seed)]).buffer,
          type: 'image/webp',
          width: 320,
          height: 240,
        },
        signature:
          seed === undefined
            ? new Uint8Array(signatureBytes).fill(1)
            : photoSignature(testLooks(Number(seed))),
        exif: exifIn(text),
        model: this.model.key,
        embedding: Float32Array.from(vector),
        scores: Uint8Array.from(scores),
        stages: { read: 1, hash: 1, header: 1, decode: 1, thumbnail: 1, preprocess: 1, inference: 1 },
      };
    } finally {
      this.underWay--;
    }
  }
}

/** `taken=<milliseconds>` and `words=<a>,<b>`, if the text has them. */
function exifIn(text: string): Exif | null {
  const taken = /taken=(\d+)/.exec(text)?.[1];
  const words = /words=(\S+)/.exec(text)?.[1]?.split(',');
  if (taken === undefined && words === undefined) return null;
  const capturedAt = taken === undefined ? null : Number(taken);
  return { ...noExif, capturedAt, ...(words && { keywords: words }) };
}

const noExif = {
  capturedAt: null,
  make: null,
  model: null,
  lens: null,
  exposureTime: null,
  fNumber: null,
  iso: null,
  focalLength: null,
  orientation: 1,
  gps: null,
};

/** Looks n from 100 on are those of n - 100, mirrored; from 200 on those of n - 200, in blue and green. */
function testLooks(n: number): Picture {
  if (n >= 200) {
    const { rgba, ...size } = madePicture(n - 200, 160, 120);
    return { rgba: rgba.map((value, at) => [0, value, 255, 255][at % 4]!), ...size };
  }
  return n < 100 ? madePicture(n, 160, 120) : turnPicture(madePicture(n - 100, 160, 120), 1);
}

/** Thumbnails of one byte each are shown as the looks of that number; others cannot be shown. */
const testPictures: Pictures = {
  decode: async ({ bytes }) => (bytes.byteLength === 1 ? testLooks(new Uint8Array(bytes)[0]!) : null),
  encode: async () => new Blob(['picture']),
};

/** Builds right here. */
/** Teaches where it is called. */
const testTeacher: HeadTeacher = {
  teach: (task, progress) => {
    let cancel = () => {};
    const cancelled = new Promise<TeachOutcome>((resolve) => {
      cancel = () => resolve({ kind: 'cancelled' });
    });
    const done = Promise.race([teachSet(task, testClock.ticks, testClock.breathe, progress), cancelled]);
    return { done, cancel: () => cancel() };
  },
};

export class TestIndexBuilder implements IndexBuilder {
  readonly tasks: BuildTask[] = [];
  /** Called with what each build has kept, so that a test can stop the world there: it goes on when that resolves. */
  afterKept: (count: number) => Promise<void> | void = () => {};
  /** The next build fails like this. */
  failNext: string | null = null;

  start(...[task, vectors, progress, kept]: Parameters<IndexBuilder['start']>): RunningBuild {
    this.tasks.push(task);
    let cancel = () => {};
    let ended = false;
    const cancelled = new Promise<BuildOutcome>((resolve) => {
      cancel = () => {
        ended = true;
        resolve({ kind: 'cancelled' });
      };
    });
    const build = async (): Promise<BuildOutcome> => {
      const why = this.failNext;
      this.failNext = null;
      if (why !== null) return { kind: 'failed', why };
      const job = new IndexBuild(task);
      await vectors(async (chunk) => {
        job.take(chunk);
        return true;
      });
      let count = 0;
      let held: Promise<void> | void;
      const breathe = async () => {
        await held;
        await testClock.breathe();
      };
      // It always finds that it is time to breathe.
      return job.run(
        () => Number.POSITIVE_INFINITY,
        breathe,
        (value) => {
          if (!ended) progress(value);
        },
        (now) => {
          if (!ended) kept(now);
          held = this.afterKept(++count);
        },
      );
    };
    return { done: Promise.race([build(), cancelled]), cancel: () => cancel() };
  }
}

/** Searches for pairs right here; `check` says what are copies. */
export class TestPairFinder implements PairFinder {
  readonly tasks: PairTask[] = [];
  check: (first: number, second: number) => Promise<PairCheck | null> = async () => null;
  /** Called before what was found is kept. */
  beforeFound: () => Promise<void> | void = () => {};

  start(...[task, vectors, , found]: Parameters<PairFinder['start']>): RunningPairs {
    this.tasks.push(task);
    let cancel = () => {};
    let ended = false;
    const cancelled = new Promise<PairOutcome>((resolve) => {
      cancel = () => {
        ended = true;
        resolve({ kind: 'cancelled' });
      };
    });
    const search = async (): Promise<PairOutcome> => {
      const job = new PairBuild(task);
      await vectors(async (chunk) => {
        job.take(chunk);
        return true;
      });
      // It always finds that it is time to tell.
      return job.run(
        (pairs) => Promise.all(pairs.map(([first, second]) => this.check(first, second))),
        () => Number.POSITIVE_INFINITY,
        async (blocks) => {
          await this.beforeFound();
          if (!ended) await found(blocks);
        },
      );
    };
    return { done: Promise.race([search(), cancelled]), cancel: () => cancel() };
  }
}

/** One "browser": its database outlives the sessions opened on it. */
export class TestBrowser {
  readonly files = new TestFiles();
  readonly folders = new TestFolders(this.files);
  readonly embedder = new TestEmbedder();
  readonly indexBuilder = new TestIndexBuilder();
  readonly pairFinder = new TestPairFinder();
  readonly folderFiles = new TestFolderFiles();
  readonly crashes: unknown[] = [];

  constructor() {
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
      clock: testClock,
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

export async function until(condition: () => boolean, milliseconds = 5000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export function file(name: string, text: string, path: string | null = null, modifiedAt = 1000): Found {
  const bytes = new Blob([text], { type: 'image/jpeg' });
  return { candidate: { name, path, modifiedAt, bytes, handle: null, root: null } };
}
