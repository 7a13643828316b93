import { FaissFileError } from '../index/faiss-bytes.ts';
import type { LiveIndex } from '../index/live-index.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { contentsWithVectors } from './contents-with-vectors.ts';
import { checkIndex, type IndexCheck } from './index-check.ts';
import { faissPart, type IndexFileKind, indexFile, indexLines, type OpenedFaiss } from './index-files.ts';
import type { ContentId } from './photo.ts';
import type { PhotoIndex } from './photo-index.ts';
import type { SimilarPhotos } from './similar-photos.ts';
import { taggedPhoto } from './tagged-photos.ts';

/** What the person does with the index itself: makes it anew, measures it, carries it elsewhere. */
export class IndexAdmin {
  readonly #catalogue: Catalogue;
  readonly #clock: Clock;
  readonly #similar: SimilarPhotos;
  #latestCheck = 0;

  constructor(catalogue: Catalogue, clock: Clock, similar: SimilarPhotos) {
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#similar = similar;
  }

  /** Trains and codes the index anew. */
  rebuild(): void {
    this.#similar.index?.upkeep.rebuild();
  }

  cancelBuild(): void {
    this.#similar.index?.upkeep.cancel();
  }

  /** See `checkIndex`; null: there are too few photos, or it was asked for again meanwhile. */
  async check(): Promise<IndexCheck | null> {
    const turn = ++this.#latestCheck;
    const opened = this.#opened();
    if (opened === null) return null;
    const { index, live } = opened;
    const { probes, advisedProbes } = this.#similar.status;
    return checkIndex(
      live,
      this.#contents(opened),
      index.model.key,
      this.#catalogue.store,
      this.#clock,
      [probes, advisedProbes],
      () => turn === this.#latestCheck && !this.#similar.isClosed,
    );
  }

  /**
   * Pieces of a file that carries the library elsewhere; null while there is nothing to carry.
   *
   * @param language of the tags' names
   */
  async file(
    kind: IndexFileKind,
    language: 'en' | 'zh',
  ): Promise<(Uint8Array<ArrayBuffer> | string)[] | null> {
    const opened = this.#opened();
    if (opened === null) return null;
    const catalogue = this.#catalogue;
    const contents = this.#contents(opened);
    if (kind !== 'lines')
      return indexFile(kind, opened.live, contents, opened.index.model.key, catalogue.store, this.#clock);
    const photosOf = (content: ContentId) =>
      catalogue.table
        .photosOf(content)
        .reverse()
        .filter((id) => catalogue.table.row(id).removedAt === 0)
        .map((id) => taggedPhoto(catalogue, id, language));
    return contents.length === 0 ? null : [...indexLines(contents, photosOf)];
  }

  /** Searches by an index that Faiss made of the library's vectors. */
  async openFaiss(bytes: Uint8Array): Promise<OpenedFaiss> {
    const opened = this.#opened();
    if (opened === null) return { kind: 'nothing' };
    if (this.#similar.status.build !== null) return { kind: 'building' };
    try {
      const part = faissPart(bytes, opened.live.dim);
      await opened.index.upkeep.take(opened.live, part);
      return { kind: 'opened', pictures: part.alive.count };
    } catch (error) {
      if (error instanceof FaissFileError) return { kind: 'refused', why: error.message };
      throw error;
    }
  }

  /** Null before any model, and before anything is read. */
  #opened(): { readonly index: PhotoIndex; readonly live: LiveIndex } | null {
    const { index } = this.#similar;
    const live = index?.live ?? null;
    return index === null || live === null ? null : { index, live };
  }

  /** Contents that can be found, ascending. */
  #contents({ index, live }: { readonly index: PhotoIndex; readonly live: LiveIndex }): ContentId[] {
    return [...contentsWithVectors(this.#catalogue, index.model)]
      .filter((content) => live.has(content))
      .sort((a, b) => a - b);
  }
}
