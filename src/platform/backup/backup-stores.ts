import type { SectionName } from '../../core/backup/entries.ts';
import type { StoreName } from '../storage/schema.ts';

/**
 * What becomes of each store in a backup. A new store joins with one line here: `derived` if it can be made again from what
 * is backed up; `device` if it holds what only this browser can use; else the section (see `backupSections`) that carries it.
 */
export const backupStores = {
  /** What was chosen for duplicates. Counters are given anew; settings, measurements and the owner belong to the device. */
  meta: 'scope',
  photoColumns: 'photos',
  photoNames: 'photos',
  photoRecords: 'photos',
  contents: 'photos',
  verdicts: 'photos',
  thumbnails: 'contents',
  scores: 'contents',
  vectors: 'contents',
  // Made again from the thumbnails.
  signatures: 'derived',
  blobs: 'originals',
  /** Handles cannot leave the browser: photos behind them come back without their file, see `PhotoSource`. */
  folders: 'device',
  forgottenFiles: 'device',
  indexLists: 'derived',
  indexChunks: 'derived',
  labels: 'labels',
  models: 'models',
  searches: 'searches',
  itemNames: 'items',
  labelSets: 'sets',
  labelMarks: 'marks',
  /** From the keywords in the photos' records. */
  fileTags: 'derived',
  heads: 'heads',
  taughtTags: 'derived',
  versions: 'versions',
  versionAnswers: 'versions',
  duplicateDecisions: 'duplicates',
  duplicatePairs: 'derived',
  /** What undoing takes is of this library. */
  duplicateRuns: 'device',
} as const satisfies Record<
  StoreName,
  'photos' | 'contents' | 'originals' | 'derived' | 'device' | SectionName
>;
