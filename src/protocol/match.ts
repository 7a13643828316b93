import type { PartWeights } from '../core/image/part-scores.ts';
import type { ColourRule } from '../core/image/product-score.ts';
import type { Region } from '../core/image/region.ts';
import type { NamesPlan } from '../core/library/item-name-file.ts';
import type { CatalogueItem, NamesTaken } from '../core/library/item-names.ts';
import type { LinkedPhoto } from '../core/library/linked-photos.ts';
import type { MixedResult, ProductResult, SameResult } from '../core/library/match-result.ts';
import type { PhotoId } from '../core/library/photo.ts';
import type { PhotoQuery } from '../core/library/photo-query.ts';
import type { StoredItemName } from '../core/library/stored-rows.ts';

// What the library's core answers with is defined there; it is part of the protocol.
export type { NamesPlan } from '../core/library/item-name-file.ts';
export type { CatalogueItem, NamesTaken } from '../core/library/item-names.ts';
export type { MixedHit, MixedResult, ProductResult, SameResult } from '../core/library/match-result.ts';

/** What is asked about: a photo of the library or a file, and among which photos (null: all present ones). */
export interface MatchTarget {
  readonly photo: PhotoId | null;
  readonly file: Blob | null;
  /** Names the file, unlike any other. */
  readonly key?: string;
  /** The part of it that is meant; null: all of it. */
  readonly region: Region | null;
  readonly filter: PhotoQuery | null;
}

/** The part of the library worker's verbs that is about matching pictures. */
export interface MatchApi {
  /** What the picture was made from, or what was made from it, pixel by pixel if `isStrict`; newest wins. */
  samePicture(target: MatchTarget, isStrict: boolean): Promise<SameResult>;
  /** The photos most alike by a mix of parts, at most `limit`; newest wins. */
  mixed(target: MatchTarget, weights: PartWeights, limit: number): Promise<MixedResult>;
  /** Type, colour and layout of photos against the target, 0..100, 255 where not known: [ids, 3]; null: cannot be told. */
  photoParts(target: MatchTarget, ids: Uint32Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Photos of the same thing, at most `limit` things; newest wins. */
  products(target: MatchTarget, colour: ColourRule, limit: number): Promise<ProductResult>;
  /** What links have beside the photos' numbers ([Note: Linked photos]); null where that is not known (yet). */
  photoHashes(ids: readonly PhotoId[]): Promise<readonly (string | null)[]>;
  /** The photos that a link means; null for those that are not in this library. */
  meantPhotos(linked: readonly LinkedPhoto[]): Promise<readonly (PhotoId | null)[]>;
  /** The things that have names. */
  items(): Promise<readonly CatalogueItem[]>;
  /** Things whose name holds `part`, those that begin with it first. */
  itemsMatching(part: string, limit: number): Promise<readonly CatalogueItem[]>;
  /** Names what is on photos; '' takes their names away. Answers with what to give `takeNamesBack`. */
  callItem(photos: readonly PhotoId[], name: string): Promise<NamesTaken>;
  /** What importing that CSV file would do. */
  planNames(file: Blob): Promise<NamesPlan>;
  /** Names the photos of all rows that are right; answers with what to give `takeNamesBack`. */
  importNames(file: Blob): Promise<NamesTaken>;
  /** Undoes `importNames` and `callItem`. */
  takeNamesBack(taken: NamesTaken): Promise<void>;
  /** Takes all names away again, and answers with them. */
  forgetNames(): Promise<readonly StoredItemName[]>;
  /** Gives names back that were forgotten. */
  giveNamesBack(names: readonly StoredItemName[]): Promise<void>;
}
