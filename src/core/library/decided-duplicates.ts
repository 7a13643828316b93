import type { Decision } from '../dedup/decision.ts';
import { DecisionBook } from '../dedup/decision-book.ts';
import type { Member } from '../dedup/removals.ts';
import type { Catalogue } from './catalogue.ts';
import { placesOf, presentPhotosOf } from './duplicate-groups.ts';
import type { ContentId } from './photo.ts';

/** Hashes looked up at once. */
const hashesPerRead = 512;

/** All decisions about duplicates, and which contents of the library they speak of. */
export class DecidedDuplicates {
  readonly #catalogue: Catalogue;
  readonly #decisions = new Map<number, Decision>();
  #book: DecisionBook | null = null;
  readonly #contentOf = new Map<string, ContentId>();
  readonly #hashOf = new Map<ContentId, string>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Oldest first. */
  get all(): readonly Decision[] {
    return [...this.#decisions.values()].sort((a, b) => a.number - b.number);
  }

  get book(): DecisionBook {
    this.#book ??= new DecisionBook(this.all);
    return this.#book;
  }

  /** SHA-256 of contents that decisions speak of, as of the last `resolve`. */
  get hashOf(): ReadonlyMap<ContentId, string> {
    return this.#hashOf;
  }

  /** Once they are stored. */
  change(added: readonly Decision[], deleted: readonly number[]): void {
    for (const number of deleted) this.#decisions.delete(number);
    for (const decision of added) this.#decisions.set(decision.number, decision);
    this.#book = null;
  }

  /** Finds the contents of all hashes: some may have come, gone, or come again under another number. */
  async resolve(): Promise<void> {
    const { store, table } = this.#catalogue;
    const wanted = new Set<string>();
    for (const { photos } of this.#decisions.values()) for (const { sha256 } of photos) wanted.add(sha256);
    for (const [hash, content] of this.#contentOf) {
      if (wanted.has(hash) && table.photosOf(content).length > 0) continue;
      this.#contentOf.delete(hash);
      this.#hashOf.delete(content);
    }
    const unknown = [...wanted].filter((hash) => !this.#contentOf.has(hash));
    for (let start = 0; start < unknown.length; start += hashesPerRead) {
      const hashes = unknown.slice(start, start + hashesPerRead);
      for (const content of await store.contents(hashes)) {
        if (content === null) continue;
        this.#contentOf.set(content.sha256, content.id);
        this.#hashOf.set(content.id, content.sha256);
      }
    }
  }

  /** The present photos of all contents that decisions speak of. */
  members(isReference: (photo: number) => boolean): Member[] {
    return [...this.#hashOf].flatMap(([content, sha256]) => {
      const places = placesOf(this.#catalogue, content);
      return presentPhotosOf(this.#catalogue, content).map((photo) => ({
        photo,
        sha256,
        place: places.get(photo)!,
        isReference: isReference(photo),
      }));
    });
  }
}
