import {
  contentNode,
  copyNode,
  type Decision,
  nodesOf,
  type PhotoKey,
  speaksOfCopies,
} from '../dedup/decision.ts';
import { DecisionBook } from '../dedup/decision-book.ts';
import type { Bequest } from '../dedup/heirs.ts';
import type { Member } from '../dedup/removals.ts';
import { standIns } from '../dedup/stand-ins.ts';
import type { Catalogue } from './catalogue.ts';
import { placesOf, presentPhotosOf } from './duplicate-groups.ts';
import type { ContentId, PhotoId } from './photo.ts';

/** Hashes looked up at once. */
const hashesPerRead = 512;

/** All decisions about duplicates, and which contents of the library they speak of. */
export class DecidedDuplicates {
  readonly #catalogue: Catalogue;
  readonly #decisions = new Map<number, Decision>();
  #all: readonly Decision[] | null = null;
  #book: DecisionBook | null = null;
  #ownBook: DecisionBook | null = null;
  /** By hash: places of equal bytes that decisions tell apart. Null: to be made anew. */
  #decidedPlaces: Map<string, Set<string>> | null = null;
  /** All that decisions speak of. Null: to be gathered anew. */
  #hashes: ReadonlySet<string> | null = null;
  readonly #contentOf = new Map<string, ContentId>();
  readonly #hashOf = new Map<ContentId, string>();
  /** Hashes of which there was nothing when this was the number of the next content: another decision does not change that. */
  readonly #absent = new Set<string>();
  #absentAsOf: number | null = null;
  /** Number of the next content when all hashes were looked up last: no other has come since. */
  #resolvedAt: number | null = null;
  #changes = 0;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Oldest first. */
  get all(): readonly Decision[] {
    this.#all ??= [...this.#decisions.values()].sort((a, b) => a.number - b.number);
    return this.#all;
  }

  get book(): DecisionBook {
    this.#book ??= new DecisionBook(this.all);
    return this.#book;
  }

  /** SHA-256 of contents that decisions speak of, as of the last `resolve`. */
  get hashOf(): ReadonlyMap<ContentId, string> {
    return this.#hashOf;
  }

  /** What the person said, without what runs of the rules decided. */
  get ownBook(): DecisionBook {
    this.#ownBook ??= new DecisionBook(this.all.filter(({ run }) => run === null));
    return this.#ownBook;
  }

  /** What decisions say is to go for the sake of a different content, as of the last `resolve`. */
  *bequests(): Generator<Bequest> {
    const node = ({ sha256 }: PhotoKey) => this.#contentOf.get(sha256) ?? sha256;
    for (const { kind, photos } of this.#decisions.values()) {
      if (kind !== 'keep' || speaksOfCopies(photos)) continue;
      const keptFor = node(photos[0]!);
      for (const other of photos.slice(1)) yield { gone: node(other), keptFor };
    }
  }

  /** Once they are stored. */
  change(added: readonly Decision[], deleted: readonly number[]): void {
    for (const number of deleted) this.#decisions.delete(number);
    for (const decision of added) this.#decisions.set(decision.number, decision);
    this.#all = null;
    this.#hashes = null;
    this.#book = null;
    this.#ownBook = null;
    this.#decidedPlaces = null;
    this.#resolvedAt = null;
    this.#changes++;
  }

  /** Where each photo of a content is, as decisions know it. See [Note: Moved copies]. */
  placesOf(content: ContentId, sha256: string): Map<PhotoId, string> {
    const places = placesOf(this.#catalogue, content);
    this.#decidedPlaces ??= this.#placesByHash();
    const decided = this.#decidedPlaces.get(sha256);
    if (decided === undefined) return places;
    const found = standIns([...places.values()], decided);
    return new Map([...places].map(([photo, place]) => [photo, found.get(place) ?? place]));
  }

  #placesByHash(): Map<string, Set<string>> {
    const byHash = new Map<string, Set<string>>();
    for (const { photos } of this.#decisions.values()) {
      if (!speaksOfCopies(photos)) continue;
      const { sha256 } = photos[0]!;
      const places = byHash.get(sha256) ?? new Set();
      byHash.set(sha256, places);
      for (const { place } of photos) places.add(place);
    }
    return byHash;
  }

  /** What decisions call some photos. @throws RangeError for one that has not been processed */
  async keysOf(photos: readonly PhotoId[]): Promise<Map<PhotoId, PhotoKey>> {
    const { table, store } = this.#catalogue;
    const keys = new Map<PhotoId, PhotoKey>();
    const places = new Map<ContentId, Map<PhotoId, string>>();
    for (const record of await store.records([...new Set(photos)])) {
      const content = record === null ? null : table.contentOf(record.id);
      if (record === null || record.sha256 === null || content === null) continue;
      const of = places.get(content) ?? this.placesOf(content, record.sha256);
      places.set(content, of);
      keys.set(record.id, { sha256: record.sha256, place: of.get(record.id)! });
    }
    const missing = photos.find((photo) => !keys.has(photo));
    if (missing !== undefined) throw new RangeError(`photo ${missing} has not been processed`);
    return keys;
  }

  /** Decisions that one of these photos is to go. @throws RangeError for one that has not been processed */
  async against(photos: readonly PhotoId[]): Promise<Decision[]> {
    const keys = [...(await this.keysOf(photos)).values()];
    const going = new Set(keys.flatMap((key) => [contentNode(key), copyNode(key)]));
    return this.all.filter(
      (one) => one.kind === 'keep' && nodesOf(one.photos).some((node, n) => n > 0 && going.has(node)),
    );
  }

  /** Finds the contents of all hashes: some may have come, gone, or come again under another number. */
  async resolve(): Promise<void> {
    const { store, table } = this.#catalogue;
    const wanted = this.#hashes ?? new Set(this.all.flatMap(({ photos }) => photos.map((one) => one.sha256)));
    this.#hashes = wanted;
    for (const [hash, content] of this.#contentOf) {
      if (wanted.has(hash) && table.photosOf(content).length > 0) continue;
      this.#contentOf.delete(hash);
      this.#hashOf.delete(content);
    }
    const { content: next } = this.#catalogue.counters;
    const changes = this.#changes;
    if (this.#resolvedAt === next) return;
    if (this.#absentAsOf !== next) this.#absent.clear();
    this.#absentAsOf = next;
    const unknown = [...wanted].filter((hash) => !this.#contentOf.has(hash) && !this.#absent.has(hash));
    for (let start = 0; start < unknown.length; start += hashesPerRead) {
      const hashes = unknown.slice(start, start + hashesPerRead);
      for (const [n, content] of (await store.contents(hashes)).entries()) {
        if (content === null) {
          if (this.#absentAsOf === next) this.#absent.add(hashes[n]!);
          continue;
        }
        this.#contentOf.set(content.sha256, content.id);
        this.#hashOf.set(content.id, content.sha256);
      }
    }
    if (changes === this.#changes) this.#resolvedAt = next;
  }

  /** The present photos of all contents that decisions speak of. */
  members(isReference: (photo: number) => boolean): Member[] {
    return [...this.#hashOf].flatMap(([content, sha256]) => {
      const places = this.placesOf(content, sha256);
      return presentPhotosOf(this.#catalogue, content).map((photo) => ({
        photo,
        sha256,
        place: places.get(photo)!,
        isReference: isReference(photo),
      }));
    });
  }
}
