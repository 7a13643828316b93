import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Decision } from '../../core/dedup/decision.ts';
import type { ChunkList } from '../../core/index/snapshot-chunks.ts';
import type { DuplicateRun } from '../../core/library/duplicate-run.ts';
import type { IndexNote, IndexSlot } from '../../core/library/index-ports.ts';
import type { KeptAnswers, StoredVersion } from '../../core/library/kept-versions.ts';
import type { StoredPairs } from '../../core/library/pair-ports.ts';
import type { ContentId, PhotoId } from '../../core/library/photo.ts';
import type {
  ContentRecord,
  FileTagChunk,
  ForgottenFile,
  MarkChunk,
  PhotoRecord,
  StoredFolder,
  StoredItemName,
  StoredLabel,
  StoredModel,
  StoredSearch,
  StoredThumbnail,
  VerdictChunk,
} from '../../core/library/stored-rows.ts';
import type { StoredHead, TaughtChunk } from '../../core/library/teaching-ports.ts';
import type { LabelSet } from '../../core/tagging/label-set.ts';
import { bytesForFloats } from './bytes-for-floats.ts';

export const databaseName = 'picsift';

/**
 * Contents per chunk: chunks stay below 64 KiB, which browsers store in line, for 690 labels; those of vectors are smaller,
 * since single vectors are read from them.
 */
export const scoreRows = 64;
export const vectorRows = 32;
export const signatureRows = 64;

/**
 * One database. What the page needs of every photo is in packed chunks, so that opening reads hundreds of records, not
 * hundreds of thousands; what is read of one photo at a time has a record each. See [Note: Photos and contents].
 */
export interface LibrarySchema extends DBSchema {
  /**
   * `counters`, `settings`, `owner` (a text that the tab which owns the library wrote when it opened it), and what was
   * measured of this device.
   */
  meta: { key: string; value: unknown };
  /** 1024 photos each: packed columns as `PhotoTable` lays them out. */
  photoColumns: { key: number; value: { chunk: number; bytes: ArrayBuffer } };
  /** Names and paths of the same photos: they change seldom. */
  photoNames: { key: number; value: { chunk: number; names: string[]; paths: (string | null)[] } };
  /** `folder`: of photos whose handles came through one. */
  photoRecords: { key: PhotoId; value: PhotoRecord; indexes: { folder: number } };
  /** Key: SHA-256 in hex. */
  contents: { key: string; value: ContentRecord };
  /** Bytes of photos that have no handle. */
  blobs: { key: number; value: Blob };
  folders: { key: number; value: StoredFolder };
  /** Key: folder, path. */
  forgottenFiles: { key: [number, string]; value: ForgottenFile };
  thumbnails: { key: ContentId; value: StoredThumbnail };
  /** Key: model, chunk. `scores`: [rows x labels], row-major. */
  scores: { key: [string, number]; value: ScoreChunkRecord };
  /** Key: model, chunk. `records`: [rows][recordBytes(dim)], see [Note: Vectors at rest]. */
  vectors: { key: [string, number]; value: VectorChunkRecord };
  /** `records`: [rows][signatureBytes], see [Note: Photo signature]; `version` is the recipe's. */
  signatures: { key: number; value: SignatureChunkRecord };
  /** Key: model, slot. See [Note: Index at rest]. */
  indexLists: { key: [string, IndexSlot]; value: IndexListRecord };
  /** Key: model, the chunk's own key, which is made of its bytes. */
  indexChunks: { key: [string, string]; value: IndexChunkRecord };
  verdicts: { key: number; value: VerdictChunk };
  labels: { key: number; value: StoredLabel };
  models: { key: number; value: StoredModel };
  duplicateDecisions: { key: number; value: Decision };
  /** See [Note: Journal]. */
  duplicateRuns: { key: number; value: DuplicateRun };
  duplicatePairs: { key: number; value: StoredPairs };
  searches: { key: number; value: StoredSearch };
  /** Key: photo. */
  itemNames: { key: PhotoId; value: StoredItemName };
  /** The person's label sets. */
  labelSets: { key: number; value: LabelSet };
  /** Key: set, chunk of columns. Pairs of photo and mark. */
  labelMarks: { key: [number, number]; value: MarkChunk };
  fileTags: { key: number; value: FileTagChunk };
  /** Key: set. Its last teaching. */
  heads: { key: number; value: StoredHead };
  /** Key: set, chunk of contents. What the set's head gives to photos: made again where it is missing. */
  taughtTags: { key: [number, number]; value: TaughtChunk };
  /** See [Note: Versions]. */
  versions: { key: number; value: StoredVersion };
  /** Key: number of the version. */
  versionAnswers: { key: number; value: KeptAnswers };
}

export interface ScoreChunkRecord {
  readonly model: string;
  readonly chunk: number;
  readonly rows: number;
  readonly labels: number;
  readonly scores: Uint8Array<ArrayBuffer>;
}

export interface VectorChunkRecord {
  readonly model: string;
  readonly chunk: number;
  readonly rows: number;
  readonly dim: number;
  readonly records: Uint8Array<ArrayBuffer>;
}

export interface SignatureChunkRecord {
  readonly chunk: number;
  readonly version: number;
  readonly rows: number;
  readonly records: Uint8Array<ArrayBuffer>;
}

export interface IndexListRecord {
  readonly model: string;
  readonly slot: IndexSlot;
  readonly note: IndexNote;
  readonly list: ChunkList;
}

export interface IndexChunkRecord {
  readonly model: string;
  readonly key: string;
  /** Read in half of the time as a Blob; earlier versions stored an array. */
  readonly bytes: Blob | Uint8Array<ArrayBuffer>;
}

export type StoreName = StoreNames<LibrarySchema>;
export type Database = IDBPDatabase<LibrarySchema>;
export type Upgrade = IDBPTransaction<LibrarySchema, StoreName[], 'versionchange'>;

/**
 * Entry n takes a database of version n to n + 1. Append only: what was released is never edited. A step sees the
 * database as the step before left it, so it must not use the types of today for what it reads. It awaits nothing but
 * requests of its transaction.
 */
export const migrations: readonly ((database: Database, transaction: Upgrade) => void | Promise<void>)[] = [
  (database) => {
    database.createObjectStore('meta');
    database.createObjectStore('photoColumns', { keyPath: 'chunk' });
    database.createObjectStore('photoNames', { keyPath: 'chunk' });
    database.createObjectStore('photoRecords', { keyPath: 'id' });
    database.createObjectStore('contents', { keyPath: 'sha256' });
    database.createObjectStore('blobs');
    database.createObjectStore('folders', { keyPath: 'number' });
    database.createObjectStore('thumbnails');
    database.createObjectStore('scores', { keyPath: ['model', 'chunk'] });
    database.createObjectStore('vectors', { keyPath: ['model', 'chunk'] });
    database.createObjectStore('verdicts', { keyPath: 'chunk' });
    database.createObjectStore('labels', { keyPath: 'number' });
    database.createObjectStore('models', { keyPath: 'number' });
  },
  (_, transaction) => bytesForFloats(transaction),
  (database) => {
    database.createObjectStore('indexLists', { keyPath: ['model', 'slot'] });
    database.createObjectStore('indexChunks', { keyPath: ['model', 'key'] });
  },
  (database, transaction) => {
    // Photos without a folder have no key there, and no entry.
    transaction.objectStore('photoRecords').createIndex('folder', 'source.folder');
    database.createObjectStore('forgottenFiles', { keyPath: ['folder', 'path'] });
  },
  (database) => {
    database.createObjectStore('duplicateDecisions', { keyPath: 'number' });
    database.createObjectStore('duplicateRuns', { keyPath: 'number' });
  },
  (database) => {
    database.createObjectStore('searches', { keyPath: 'number' });
  },
  (database) => {
    database.createObjectStore('labelSets', { keyPath: 'id' });
    database.createObjectStore('labelMarks', { keyPath: ['set', 'chunk'] });
  },
  (database) => {
    database.createObjectStore('signatures', { keyPath: 'chunk' });
  },
  (database) => {
    database.createObjectStore('duplicatePairs', { keyPath: 'chunk' });
  },
  (database) => {
    database.createObjectStore('itemNames', { keyPath: 'photo' });
  },
  (database) => {
    database.createObjectStore('fileTags', { keyPath: 'chunk' });
  },
  (database) => {
    database.createObjectStore('heads', { keyPath: 'set' });
  },
  (database) => {
    database.createObjectStore('taughtTags', { keyPath: ['set', 'chunk'] });
  },
  (database) => {
    database.createObjectStore('versions', { keyPath: 'number' });
    database.createObjectStore('versionAnswers');
  },
];
