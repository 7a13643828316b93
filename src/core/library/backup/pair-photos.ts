import type { PhotoEntry } from '../../backup/entries.ts';
import type { Catalogue } from '../catalogue.ts';
import type { ContentId, PhotoId } from '../photo.ts';

/**
 * [Note: Same photo as in a backup]
 * A photo of a backup is the one here that has the same bytes; if several have them, the one of the same name and place
 * comes first, and each stands for one only, so that copies stay copies. Bytes that are not known here yet, or not at all,
 * leave name, place, size and time to decide.
 */
export class PhotoPairs {
  readonly #catalogue: Catalogue;
  readonly #taken: Set<PhotoId>;
  /** Photos here by name, for what hashes cannot tell; made when first needed, kept up with `added`. */
  #byName: Map<string, PhotoId[]> | null = null;

  constructor(catalogue: Catalogue, taken: Set<PhotoId>) {
    this.#catalogue = catalogue;
    this.#taken = taken;
  }

  /**
   * The photo here for each entry of a group; null: it is new. All are taken from now on.
   *
   * @param contents which content the bytes of a SHA-256 are here, null if they are not known
   * @param sha256Of of photos here without a content, as far as it is known
   */
  find(
    entries: readonly PhotoEntry[],
    contents: (sha256: string) => ContentId | null,
    sha256Of: ReadonlyMap<PhotoId, string | null>,
  ): (PhotoId | null)[] {
    const found: (PhotoId | null)[] = entries.map(() => null);
    const pair = (isPair: (entry: PhotoEntry) => readonly PhotoId[]) => {
      for (const [i, entry] of entries.entries()) {
        if (found[i] !== null) continue;
        const id = isPair(entry).find((one) => !this.#taken.has(one)) ?? null;
        if (id !== null) this.#taken.add(id);
        found[i] = id;
      }
    };
    const sameBytes = ({ sha256 }: PhotoEntry): PhotoId[] => {
      const content = sha256 === null ? null : contents(sha256);
      return content === null ? [] : this.#catalogue.table.photosOf(content);
    };
    pair((entry) => sameBytes(entry).filter((id) => this.#isNamed(id, entry)));
    pair(sameBytes);
    pair((entry) => this.namesakes(entry).filter((id) => this.#isSource(id, entry, sha256Of)));
    return found;
  }

  /** Photos here of the same name and place. */
  namesakes(entry: PhotoEntry): PhotoId[] {
    const { table } = this.#catalogue;
    if (this.#byName === null) {
      this.#byName = new Map();
      for (const id of table.ids()) this.added(id, table.name(id));
    }
    const named = this.#byName.get(entry.name) ?? [];
    return named.filter((id) => table.has(id) && this.#isNamed(id, entry));
  }

  /** To be called for new photos. */
  added(id: PhotoId, name: string): void {
    if (this.#byName === null) return;
    const named = this.#byName.get(name);
    if (named === undefined) this.#byName.set(name, [id]);
    else named.push(id);
  }

  #isNamed(id: PhotoId, { name, path }: PhotoEntry): boolean {
    const { table } = this.#catalogue;
    return table.name(id) === name && table.path(id) === path;
  }

  #isSource(id: PhotoId, entry: PhotoEntry, sha256Of: ReadonlyMap<PhotoId, string | null>): boolean {
    const { size, modifiedAt, content } = this.#catalogue.table.row(id);
    const known = sha256Of.get(id) ?? null;
    if (known !== null && entry.sha256 !== null) return known === entry.sha256;
    // With a content its bytes are known, and they are others than the entry's.
    if (content !== null && entry.sha256 !== null) return false;
    return size === entry.size && modifiedAt === entry.modifiedAt;
  }
}
