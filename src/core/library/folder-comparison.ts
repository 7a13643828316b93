import type { PhotoId } from './photo.ts';

/** A file as the library knows it: where it lay when it was last looked at. */
export interface KnownFile {
  readonly id: PhotoId;
  /** Number of its folder; null for a file that was added by itself. */
  readonly folder: number | null;
  /** From the folder on, without the folder's own name. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** It was not there when it was last looked for. */
  readonly isMissing: boolean;
  /** The photo is removed: a file that appears is rather that of one that is not. */
  readonly isRemoved: boolean;
}

/** A file as it lies in a folder now. */
export interface ListedFile {
  readonly folder: number;
  /** As `KnownFile.path`. */
  readonly path: string;
  readonly size: number;
  readonly modifiedAt: number;
}

/** What is not as it was; of files that are as they were, only those that had been missing. */
export interface Differences<File extends ListedFile> {
  /** Missing before, there again as they were. */
  readonly back: readonly KnownFile[];
  /** In its place, with another size or time (or in a folder that itself lies elsewhere now). */
  readonly differing: readonly { readonly known: KnownFile; readonly file: File }[];
  /** In a place that the library does not know. */
  readonly appeared: readonly File[];
  readonly gone: readonly KnownFile[];
}

/**
 * Compares folders as they are known with what they hold now, file by file as they are listed: what is as it was is
 * forgotten at once, so that a folder of any size takes little memory.
 */
export class FolderComparison<File extends ListedFile> {
  readonly #unseen = new Map<string, KnownFile>();
  readonly #placeless: KnownFile[] = [];
  readonly #relocated: ReadonlySet<number>;
  readonly #back: KnownFile[] = [];
  readonly #differing: { known: KnownFile; file: File }[] = [];
  readonly #appeared: File[] = [];
  readonly #unread: { folder: number; path: string }[] = [];

  /**
   * @param known all files of the folders that are compared
   * @param relocated folders that lie elsewhere now: their files differ even where size and time do not
   */
  constructor(known: Iterable<KnownFile>, relocated: ReadonlySet<number>) {
    this.#relocated = relocated;
    for (const file of known) if (file.folder !== null) this.#expect(file, placeOf(file.folder, file.path));
  }

  #expect(file: KnownFile, place: string): void {
    const other = this.#unseen.get(place);
    // The place of a missing file may be another's by now.
    if (other === undefined || other.isMissing) this.#unseen.set(place, file);
    if (other !== undefined) this.#placeless.push(other.isMissing ? other : file);
  }

  /** @returns whether the library knows a file of that place */
  knows(folder: number, path: string): boolean {
    return this.#unseen.has(placeOf(folder, path));
  }

  see(file: File): void {
    const place = placeOf(file.folder, file.path);
    const known = this.#unseen.get(place);
    if (known === undefined) {
      this.#appeared.push(file);
      return;
    }
    this.#unseen.delete(place);
    const isSame = known.size === file.size && known.modifiedAt === file.modifiedAt;
    if (!isSame || this.#relocated.has(file.folder)) this.#differing.push({ known, file });
    else if (known.isMissing) this.#back.push(known);
  }

  /** A file or folder could not be read: nothing is known of what is in it. '' for a whole folder. */
  unread(folder: number, path: string): void {
    this.#unread.push({ folder, path });
  }

  differences(): Differences<File> {
    const gone = [...this.#unseen.values(), ...this.#placeless].filter(
      (known) =>
        !this.#unread.some(({ folder, path }) => folder === known.folder && isWithin(known.path, path)),
    );
    return { back: this.#back, differing: this.#differing, appeared: this.#appeared, gone };
  }
}

function placeOf(folder: number, path: string): string {
  return `${folder}/${path}`;
}

/** Whether a path is another one, or lies in it; '' holds all. */
export function isWithin(path: string, outer: string): boolean {
  return outer === '' || path === outer || path.startsWith(`${outer}/`);
}
