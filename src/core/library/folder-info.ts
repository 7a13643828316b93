/** A folder that the person picked, as the page shows it. */
export interface FolderInfo {
  readonly number: number;
  readonly name: string;
  /** Photos whose files are in it, removed ones included; and how many of them were not there at the last look. */
  readonly photos: number;
  readonly missing: number;
  /**
   * `ready`: it can be read. `no-permission`: the browser asks the person first. `gone`: it is not where it was (or its
   * drive is not connected).
   */
  readonly state: 'ready' | 'no-permission' | 'gone';
  /** It is kept in step by itself. */
  readonly isFollowed: boolean;
  /** Milliseconds since 1970; null: not since it was picked. */
  readonly scannedAt: number | null;
}

/** All picked folders in a few figures. */
export interface FoldersStatus {
  readonly count: number;
  /** Followed folders that need the person's permission. */
  readonly waiting: number;
  /** Files looked at so far, while folders are looked through; else null. */
  readonly scanning: number | null;
}

/** What a look through folders found. */
export interface RescanReport {
  /** Photos that were added. */
  readonly fresh: number;
  readonly moved: number;
  readonly changed: number;
  readonly missing: number;
  /** Missing before, there again. */
  readonly back: number;
}
