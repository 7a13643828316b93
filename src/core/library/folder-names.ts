import type { PhotoId } from './photo.ts';
import type { PhotoTable } from './photo-table.ts';
import { foldText } from './query-photos.ts';

/** A folder of photos that are there, as `PhotoQuery.folder` names it. */
export interface FolderName {
  /** From the outermost folder that is known on: `Trips/Japan`. */
  readonly path: string;
  /** Photos in it and in the folders within it. */
  readonly photos: number;
}

interface Folder extends FolderName {
  readonly folded: string;
}

/** So many photos are looked at between two breaths. */
const perStep = 20_000;

/** Folders by name, for completion. They are gathered again when the library has changed. */
export class FolderNames {
  readonly #table: PhotoTable;
  readonly #breathe: () => Promise<void>;
  #made: { readonly revision: number; readonly folders: Promise<readonly Folder[]> } | null = null;

  constructor(table: PhotoTable, breathe: () => Promise<void>) {
    this.#table = table;
    this.#breathe = breathe;
  }

  /**
   * The folders whose name, or whose path if `part` holds a slash, holds `part`; those whose name begins with it first,
   * then those of more photos.
   *
   * @param revision of the library's contents
   */
  async matching(part: string, limit: number, revision: number): Promise<FolderName[]> {
    if (this.#made?.revision !== revision) this.#made = { revision, folders: this.#gather() };
    const wanted = foldText(part).replace(/^[/\s]+/, '');
    const found: { folder: Folder; begins: boolean }[] = [];
    for (const folder of await this.#made.folders) {
      const { folded } = folder;
      const name = wanted.includes('/') ? folded : folded.slice(folded.lastIndexOf('/') + 1);
      if (name.includes(wanted)) found.push({ folder, begins: name.startsWith(wanted) });
    }
    return found
      .sort(
        (a, b) =>
          Number(b.begins) - Number(a.begins) ||
          b.folder.photos - a.folder.photos ||
          (a.folder.folded < b.folder.folded ? -1 : 1),
      )
      .slice(0, limit)
      .map(({ folder: { path, photos } }) => ({ path, photos }));
  }

  async #gather(): Promise<readonly Folder[]> {
    const direct = new Map<string, number>();
    for (let id = 1; id < this.#table.end; id++) {
      if (id % perStep === 0) await this.#breathe();
      if (!this.#table.has(id) || this.#table.columns.removedAt[id] !== 0) continue;
      const path = this.#table.path(id as PhotoId);
      const end = path?.lastIndexOf('/') ?? -1;
      if (end > 0) direct.set(path!.slice(0, end), (direct.get(path!.slice(0, end)) ?? 0) + 1);
    }
    const all = new Map<string, number>();
    for (const [folder, photos] of direct) {
      for (let end = folder.length; end > 0; end = folder.lastIndexOf('/', end - 1)) {
        const outer = folder.slice(0, end);
        all.set(outer, (all.get(outer) ?? 0) + photos);
      }
    }
    return [...all].map(([path, photos]) => ({ path, photos, folded: foldText(path) }));
  }
}
