import type { Decision } from '../dedup/decision.ts';
import type { LabelSet } from '../tagging/label-set.ts';
import type { DuplicateRun } from './duplicate-run.ts';
import type { DuplicateScope } from './duplicate-scope.ts';
import type { FileBytes } from './file-handle.ts';
import type { IndexChange, IndexSlot, StoredIndex } from './index-ports.ts';
import type { KeptAnswers, StoredVersion, VersionRecord } from './kept-versions.ts';
import type { StoredPairs } from './pair-ports.ts';
import type { ContentId, ModelKey, PhotoId } from './photo.ts';
import type {
  ColumnChunk,
  ContentRecord,
  ContentRow,
  Counters,
  FileTagChunk,
  ForgottenFile,
  MarkChunk,
  NameChunk,
  PhotoRecord,
  ScoreChunk,
  SignatureChunk,
  SignatureRow,
  StoredFolder,
  StoredItemName,
  StoredLabel,
  StoredModel,
  StoredSearch,
  StoredThumbnail,
  VectorChunk,
  VerdictChunk,
} from './stored-rows.ts';
import type { StoredHead, TaughtChunk } from './teaching-ports.ts';

/** What is read at the start: the small things and the packed columns. */
export interface StoredLibrary {
  readonly counters: Counters;
  readonly columns: readonly ColumnChunk[];
  readonly names: readonly NameChunk[];
  readonly verdicts: readonly VerdictChunk[];
  readonly labels: readonly StoredLabel[];
  readonly models: readonly StoredModel[];
  readonly labelSets: readonly LabelSet[];
  readonly labelMarks: readonly MarkChunk[];
  readonly fileTags: readonly FileTagChunk[];
  /** It is known that no photo was deleted without its row: see [Note: Left rows]. */
  readonly rowsWhole: boolean;
}

/** What one transaction writes; all of it or nothing. */
export interface LibraryChanges {
  readonly counters?: Counters;
  readonly columns?: readonly ColumnChunk[];
  readonly names?: readonly NameChunk[];
  readonly verdicts?: readonly VerdictChunk[];
  readonly labels?: readonly StoredLabel[];
  readonly models?: readonly StoredModel[];
  readonly labelSets?: readonly LabelSet[];
  readonly deletedLabelSets?: readonly number[];
  readonly labelMarks?: readonly MarkChunk[];
  readonly fileTags?: readonly FileTagChunk[];
  /** What the set's head before gave to photos goes. */
  readonly heads?: readonly StoredHead[];
  readonly deletedHeads?: readonly number[];
  readonly taughtTags?: readonly TaughtChunk[];
  readonly folders?: readonly StoredFolder[];
  readonly forgottenFiles?: readonly ForgottenFile[];
  readonly searches?: readonly StoredSearch[];
  readonly deletedSearches?: readonly number[];
  readonly versions?: readonly VersionRecord[];
  readonly deletedVersions?: readonly number[];
  readonly records?: readonly PhotoRecord[];
  /** Their item names go with them. */
  readonly deletedRecords?: readonly PhotoId[];
  /** The same, but rows stay behind: see [Note: Left rows]. */
  readonly deletedRecordsOnly?: readonly PhotoId[];
  /** From now on no row is without its record. */
  readonly rowsWhole?: true;
  readonly itemNames?: readonly StoredItemName[];
  readonly deletedItemNames?: readonly PhotoId[];
  readonly contents?: readonly ContentRecord[];
  readonly deletedContents?: readonly string[];
  readonly blobs?: readonly { readonly key: number; readonly bytes: FileBytes }[];
  readonly deletedBlobs?: readonly number[];
  readonly thumbnails?: readonly { readonly content: ContentId; readonly thumbnail: StoredThumbnail }[];
  readonly deletedThumbnails?: readonly ContentId[];
  readonly rows?: readonly ContentRow[];
  readonly signatures?: readonly SignatureRow[];
  /** Their scores and vectors, whatever the model, and signatures become zeros. */
  readonly clearedRows?: readonly ContentId[];
  /** Vector indexes, whole or what changed of them. */
  readonly indexes?: readonly IndexChange[];
  readonly duplicateDecisions?: readonly Decision[];
  /** Numbers. */
  readonly deletedDuplicateDecisions?: readonly number[];
  readonly duplicateRuns?: readonly DuplicateRun[];
  readonly duplicatePairs?: readonly StoredPairs[];
  /** Chunks. */
  readonly deletedDuplicatePairs?: readonly number[];
  /** In the place of what was chosen before. */
  readonly duplicateScope?: DuplicateScope;
  /** Scores, vectors and indexes of models that no photo refers to any more. */
  readonly deletedModels?: readonly StoredModel[];
}

/**
 * `storage-full`: the browser gives no more room. `unreadable`: the bytes of a file could not be read while storing them.
 * `lost`: another tab owns the library now. In each of these cases nothing was written.
 */
export type WriteResult = 'written' | 'storage-full' | 'unreadable' | 'lost';

/** `strict`: on disk when it resolves (what the person did); `relaxed`: a power cut may take it (what can be made again). */
export type Durability = 'strict' | 'relaxed';

export interface StoredDuplicates {
  readonly decisions: readonly Decision[];
  readonly runs: readonly DuplicateRun[];
}

export interface PhotoStore {
  load(): Promise<StoredLibrary>;
  /** What the person saved, in no order. */
  searches(): Promise<StoredSearch[]>;
  /** In no order; see [Note: Versions]. */
  versions(): Promise<StoredVersion[]>;
  versionAnswers(number: number): Promise<KeptAnswers | null>;
  itemNames(): Promise<StoredItemName[]>;
  records(ids: readonly PhotoId[]): Promise<(PhotoRecord | null)[]>;
  /** Those of `ids` that have no record. */
  withoutRecords(ids: readonly PhotoId[]): Promise<PhotoId[]>;
  contents(sha256: readonly string[]): Promise<(ContentRecord | null)[]>;
  /** The first content whose SHA-256 starts with these hexadecimal digits. */
  contentStarting(digits: string): Promise<ContentRecord | null>;
  blob(key: number): Promise<FileBytes | null>;
  folders(numbers: readonly number[]): Promise<StoredFolder[]>;
  allFolders(): Promise<StoredFolder[]>;
  /** Photos whose handles came through a folder, in order. */
  photosOfFolder(folder: number): Promise<PhotoId[]>;
  forgottenFiles(folder: number): Promise<ForgottenFile[]>;
  thumbnails(contents: readonly ContentId[]): Promise<(StoredThumbnail | null)[]>;
  scores(model: ModelKey, content: ContentId): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Of each content; null where there are none. */
  scoreRows(model: ModelKey, contents: readonly ContentId[]): Promise<(Uint8Array<ArrayBuffer> | null)[]>;
  /** Unit vectors as they are kept ([Note: Vectors at rest]); null where there is none. */
  vectors(model: ModelKey, contents: readonly ContentId[]): Promise<(Float32Array<ArrayBuffer> | null)[]>;
  /** Chunks in order; stops when `visit` answers false. `visit` may take its time: it is called outside of transactions. */
  eachScoreChunk(model: ModelKey, visit: (chunk: ScoreChunk) => Promise<boolean>): Promise<void>;
  eachVectorChunk(model: ModelKey, visit: (chunk: VectorChunk) => Promise<boolean>): Promise<void>;
  /** Signatures made by another version of the recipe are left out. */
  eachSignatureChunk(visit: (chunk: SignatureChunk) => Promise<boolean>): Promise<void>;
  /** Taught heads of label sets. */
  heads(): Promise<StoredHead[]>;
  /** What a set's head gives to photos, as far as it is stored. */
  taughtTags(set: number): Promise<TaughtChunk[]>;
  index(model: ModelKey, slot: IndexSlot): Promise<StoredIndex | null>;
  /** All decisions about duplicates, and the journal of their application. */
  duplicates(): Promise<StoredDuplicates>;
  /** Number of the last decision or run; 0: there is none. */
  lastDuplicate(): Promise<number>;
  duplicatePairs(): Promise<StoredPairs[]>;
  write(changes: LibraryChanges, durability: Durability): Promise<WriteResult>;
  /** Small plain values that nothing depends on; undefined where there is none. */
  remembered(key: string): Promise<unknown>;
  /** Kept if there is room for it. */
  remember(key: string, value: unknown): Promise<void>;
  forget(key: string): Promise<void>;
}
