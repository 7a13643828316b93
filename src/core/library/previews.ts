import type { Catalogue } from './catalogue.ts';
import type { FolderAccess } from './file-ports.ts';
import type { Embedder, EmbedLimits } from './model-ports.ts';
import type { Originals } from './originals.ts';
import { photosOutOfReach } from './out-of-reach.ts';
import type { ContentId, PhotoId } from './photo.ts';
import { missingFlag } from './photo-table.ts';
import { StoreRefused } from './store-refused.ts';

/** Contents per transaction: others must not wait for long. */
const mostContents = 512;
/** Previews that are asked for again are those in sight; more than these are no longer. */
const mostWaiting = 256;

export interface PreviewsParts {
  readonly catalogue: Catalogue;
  readonly originals: Originals;
  readonly folderAccess: FolderAccess;
  readonly embedder: Embedder;
  readonly limits: () => EmbedLimits;
  readonly crash: (error: unknown) => void;
}

/**
 * [Note: Evicted previews]
 * Previews (thumbnails) can be deleted to free space, as deleting is never refused. A photo whose preview is gone gets one
 * from its original when it is looked at; so the previews of photos whose files are missing, or in a folder that cannot be
 * read now, are never deleted.
 */
export class Previews {
  readonly #parts: PreviewsParts;
  /** The next one last. */
  #waiting: PhotoId[] = [];
  /** Originals that could not be read: not tried again in this session, unless permission is given. */
  readonly #failed = new Set<ContentId>();
  #working = false;
  #closed = false;

  constructor(parts: PreviewsParts) {
    this.#parts = parts;
  }

  /** Deletes the previews of all photos whose originals should be there. Resolves with how many photos lost theirs. */
  async evict(): Promise<number> {
    const { catalogue, folderAccess } = this.#parts;
    const { table } = catalogue;
    const away = await photosOutOfReach(catalogue, folderAccess);
    const photosOf = new Map<ContentId, PhotoId[]>();
    for (const id of table.ids()) {
      const content = table.contentOf(id);
      if (content === null || photosOf.has(content)) continue;
      const photos = [...table.photosOf(content)];
      const isThere = photos.some(
        (photo) => (table.columns.flags[photo]! & missingFlag) === 0 && !away.has(photo),
      );
      if (isThere) photosOf.set(content, photos);
    }
    const all = [...photosOf.keys()];
    let evicted = 0;
    for (let from = 0; from < all.length; from += mostContents) {
      const deletedThumbnails = all.slice(from, from + mostContents);
      StoreRefused.check(await catalogue.exclusive(() => catalogue.write({ deletedThumbnails }, 'relaxed')));
      for (const content of deletedThumbnails) evicted += photosOf.get(content)?.length ?? 0;
    }
    return evicted;
  }

  /** Makes the previews of these photos again, the last one first. */
  remake(ids: readonly PhotoId[]): void {
    this.#waiting = [...this.#waiting.filter((id) => !ids.includes(id)), ...ids].slice(-mostWaiting);
    if (!this.#working) this.#work().catch(this.#parts.crash);
  }

  permissionMayBeThere(): void {
    this.#failed.clear();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  async #work(): Promise<void> {
    this.#working = true;
    try {
      for (let id = this.#waiting.pop(); id !== undefined && !this.#closed; id = this.#waiting.pop()) {
        await this.#remakeOne(id);
      }
    } finally {
      this.#working = false;
    }
  }

  async #remakeOne(id: PhotoId): Promise<void> {
    const { catalogue, originals, embedder, limits } = this.#parts;
    const { table, store, feed } = catalogue;
    const content = table.has(id) ? table.contentOf(id) : null;
    if (content === null || this.#failed.has(content)) return;
    const [there] = await store.thumbnails([content]);
    if (there !== null) return;
    const [record] = await store.records([id]);
    const bytes = await originals.open(id);
    const made = 'code' in bytes ? null : await embedder.embed(bytes, limits(), true);
    // A file that has changed meanwhile is another picture: the import of its folder finds it.
    if (made === null || !made.ok || made.sha256 !== record?.sha256) {
      if (made === null || made.ok || made.failure.code !== 'model-unavailable') this.#failed.add(content);
      return;
    }
    const { thumbnail } = made;
    await catalogue.exclusive(async () => {
      if (this.#closed || !table.has(id) || table.contentOf(id) !== content) return;
      const result = await catalogue.write({ thumbnails: [{ content, thumbnail }] }, 'relaxed');
      if (result === 'written') feed.photos(table.photosOf(content));
      else this.#failed.add(content);
    });
  }
}
