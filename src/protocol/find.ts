import type { ForYou } from '../core/library/for-you.ts';
import type { IndexCheck } from '../core/library/index-check.ts';
import type { IndexFileKind, OpenedFaiss } from '../core/library/index-files.ts';
import type { LikeTerm } from '../core/library/like-term.ts';
import type { PhotoId } from '../core/library/photo.ts';
import type { PhotoQuery } from '../core/library/photo-query.ts';
import type { SimilarResult } from '../core/library/similar-result.ts';
import type { StoredSearch } from '../core/library/stored-rows.ts';

/** What to be like, and among which photos: those of `filter` (its order does not matter), or all present ones. */
interface SimilarQuery {
  readonly terms: readonly LikeTerm[];
  readonly filter: PhotoQuery | null;
}

/** Finding by picture (see `MatchApi`, too), the index for it, recommendations, searches that are kept. */
export interface FindApi {
  similar(query: SimilarQuery, limit: number, beyond: number): Promise<SimilarResult>;

  /** Photos and tags that the person may like; null while too little is known of what they like. */
  forYou(photos: number, labels: number): Promise<ForYou | null>;
  /** The person opened a photo: it counts for `forYou` while recommendations are on. */
  noteOpened(id: PhotoId): Promise<void>;

  savedSearches(): Promise<readonly StoredSearch[]>;
  /** Number null: a new one. Answers it as it is stored. */
  saveSearch(
    search: Omit<StoredSearch, 'number'> & { readonly number: number | null },
  ): Promise<StoredSearch>;
  deleteSearch(number: number): Promise<void>;

  /** Trains and codes the index of similar photos anew; progress comes with the status. */
  rebuildIndex(): Promise<void>;
  cancelIndexBuild(): Promise<void>;
  /** Recall and speed of the index on the person's own photos; null: too few photos, or asked for again meanwhile. */
  checkIndex(): Promise<IndexCheck | null>;
  /** A file that carries the library elsewhere, tags by the names of a language; null while there are no vectors. */
  indexFile(kind: IndexFileKind, language: 'en' | 'zh'): Promise<Blob | null>;
  /** Searches by an index that Faiss made of these vectors, until a better one is built. */
  openFaiss(file: Blob): Promise<OpenedFaiss>;
}
