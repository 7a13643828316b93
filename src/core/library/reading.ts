import type { TaggedPhoto } from '../export/tagged-photo.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { comparePhotos, type PhotoComparison } from './compare-photos.ts';
import type { FileBytes } from './file-handle.ts';
import { type FolderName, FolderNames } from './folder-names.ts';
import type { ImportQueue } from './import-queue.ts';
import type { ItemNames } from './item-names.ts';
import type { JudgedPhotos } from './judged-photos.ts';
import { hashesOf, type LinkedPhoto, meantPhotos } from './linked-photos.ts';
import type { Pictures } from './model-ports.ts';
import type { Models } from './models.ts';
import type { Originals } from './originals.ts';
import type { Failure, PhotoId } from './photo.ts';
import type { PhotoCell, PhotoDetail } from './photo-cell.ts';
import { cellOf, photoDetail, thumbnailsOf } from './photo-detail.ts';
import type { PhotoQuery, PhotoView } from './photo-query.ts';
import type { Previews } from './previews.ts';
import { queryPhotos } from './query-photos.ts';
import { taggedPhotos } from './tagged-photos.ts';
import type { TaughtSets } from './taught-sets.ts';

export interface ReadingParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly models: Models;
  readonly judged: JudgedPhotos;
  readonly taughtSets: TaughtSets;
  readonly queue: ImportQueue;
  readonly originals: Originals;
  readonly previews: Previews;
  readonly pictures: Pictures;
  readonly itemNames: () => ItemNames;
}

/** What is shown of photos: which of them in which order, cells, previews, details, files. */
export class Reading {
  readonly #parts: ReadingParts;
  readonly #folders: FolderNames;
  #latestView = 0;

  constructor(parts: ReadingParts) {
    this.#parts = parts;
    this.#folders = new FolderNames(parts.catalogue.table, parts.clock.breathe);
  }

  /** Newest wins: an earlier query that is not answered yet is 'superseded'. */
  async view(query: PhotoQuery): Promise<PhotoView | 'superseded'> {
    const { catalogue, clock, models, judged, itemNames } = this.#parts;
    const turn = ++this.#latestView;
    await clock.breathe();
    if (turn !== this.#latestView) return 'superseded';
    const { allOf, anyOf, noneOf, oneOfEach, either } = query;
    if ([allOf, anyOf, noneOf, oneOfEach, either].some(({ length }) => length > 0)) {
      await models.whenTagsLoaded();
      if (turn !== this.#latestView) return 'superseded';
    }
    // Words are looked for in the names of things, too.
    if (query.text !== '' || either.length > 0) {
      await itemNames().load();
      if (turn !== this.#latestView) return 'superseded';
    }
    if (query.cell !== null) {
      await judged.prepareCell(query.cell);
      if (turn !== this.#latestView) return 'superseded';
    }
    const labels = models.tagsLoaded ? catalogue.labels.size : null;
    return queryPhotos(catalogue, query, labels, catalogue.feed.contentRevision);
  }

  /** See `FolderNames.matching`. */
  folderNames(part: string, limit: number): Promise<FolderName[]> {
    return this.#folders.matching(part, limit, this.#parts.catalogue.feed.contentRevision);
  }

  /** What a grid shows of photos. It is asked for those in sight: of the photos that wait, they are processed first. */
  cells(ids: Iterable<number>): (PhotoCell | null)[] {
    const { catalogue, queue } = this.#parts;
    queue.prefer(ids);
    return Array.from(ids, (id) => (catalogue.table.has(id) ? cellOf(catalogue, id) : null));
  }

  /** A thumbnail's bytes each, not shared with anybody; null where there is none. */
  async thumbnails(ids: Iterable<number>): Promise<(ArrayBuffer | null)[]> {
    const { catalogue, previews } = this.#parts;
    const list = [...ids];
    const { table } = catalogue;
    const found = await thumbnailsOf(catalogue, list);
    const gone = list.filter(
      (id, i): id is PhotoId => found[i] === null && table.has(id) && table.contentOf(id) !== null,
    );
    if (gone.length > 0) previews.remake(gone);
    return found;
  }

  async photo(id: PhotoId): Promise<PhotoDetail | null> {
    const { catalogue, taughtSets, itemNames } = this.#parts;
    await itemNames().load();
    const item = itemNames().of(id)?.name ?? null;
    return photoDetail(catalogue, id, item, (content) => taughtSets.heads.labelScores(id, content));
  }

  /** See [Note: Linked photos]. */
  hashes(ids: Iterable<number>): Promise<(string | null)[]> {
    return hashesOf(this.#parts.catalogue, [...ids] as PhotoId[]);
  }

  /** See `meantPhotos`. */
  meant(linked: readonly LinkedPhoto[]): Promise<(PhotoId | null)[]> {
    return meantPhotos(this.#parts.catalogue, linked);
  }

  original(id: PhotoId): Promise<FileBytes | Failure> {
    return this.#parts.originals.open(id);
  }

  /** Photos that are not removed, with their tags: all of them once `tagsLoaded`. */
  taggedPhotos(language: 'en' | 'zh'): Iterable<TaggedPhoto> {
    return taggedPhotos(this.#parts.catalogue, language);
  }

  /** When the first photo came, milliseconds since 1970; null: there is none. */
  get firstImport(): number | null {
    const { table } = this.#parts.catalogue;
    for (const id of table.ids()) return table.row(id).importedAt;
    return null;
  }

  /** Photos side by side: what differs, and why the first two match. */
  comparePhotos(ids: readonly PhotoId[]): Promise<PhotoComparison> {
    const { catalogue, pictures } = this.#parts;
    return comparePhotos(catalogue, pictures, ids);
  }
}
