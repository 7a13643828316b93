import type { ChangeNotice } from './change-feed.ts';
import type { Clock } from './clock.ts';
import type { Files, FolderAccess } from './file-ports.ts';
import type { FolderFiles } from './file-removal.ts';
import type { IndexBuilder } from './index-ports.ts';
import type { Embedder, ModelWeights, Pictures } from './model-ports.ts';
import type { PairFinder } from './pair-ports.ts';
import type { PhotoStore } from './photo-store.ts';
import type { HeadTeacher } from './teaching-ports.ts';

export interface LibraryLimits {
  readonly maxMegapixels: number;
  /** Null: as the library's photos teach it. */
  readonly similarityCutOff: number | null;
  /** Lists of the index that a search visits; null: as many as suit the library. */
  readonly indexProbes: number | null;
  /** Longer side of a preview, pixels. */
  readonly previewSize: number;
}

/** What the library is built over. */
export interface LibraryParts {
  readonly store: PhotoStore;
  readonly files: Files;
  readonly folderAccess: FolderAccess;
  readonly embedder: Embedder;
  readonly weights: ModelWeights;
  readonly indexBuilder: IndexBuilder;
  readonly headTeacher: HeadTeacher;
  readonly pictures: Pictures;
  readonly pairFinder: PairFinder;
  readonly folderFiles: FolderFiles;
  readonly clock: Clock;
  readonly limits: () => LibraryLimits;
  readonly notify: (notice: ChangeNotice) => void;
  /** Another tab owns the library: nothing more can be written. */
  readonly lost: () => void;
  /** A bug in work that nobody waits for. */
  readonly crash: (error: unknown) => void;
}
