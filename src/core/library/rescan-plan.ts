import type { Differences, KnownFile, ListedFile } from './folder-comparison.ts';

export interface Placed<File extends ListedFile> {
  readonly known: KnownFile;
  readonly file: File;
}

/** What a rescan comes to. Each known file and each listed one is in one of the lists at most. */
export interface RescanPlan<File extends ListedFile> {
  /** Missing before, there again. */
  readonly back: readonly KnownFile[];
  /** The same bytes in the same place; only the time of the file (or the place of its folder) is another. */
  readonly touched: readonly Placed<File>[];
  /** The same bytes in another place: tags and all follow. */
  readonly moved: readonly Placed<File>[];
  /** Other bytes in the same place: to be processed again, decisions stay. */
  readonly changed: readonly Placed<File>[];
  readonly fresh: readonly File[];
  readonly missing: readonly KnownFile[];
}

/**
 * The files whose bytes must be known before `planRescan` can tell moved from changed and new: few, as a file can only be
 * another one of the same size.
 *
 * @param lost known files that have no place at present, and may be found in one that appeared
 */
export function filesToHash<File extends ListedFile>(
  { differing, appeared, gone }: Differences<File>,
  lost: readonly KnownFile[],
): File[] {
  const sizes = new Set([...gone, ...lost, ...differing.map(({ known }) => known)].map(({ size }) => size));
  return [...differing.map(({ file }) => file), ...appeared].filter(({ size }) => sizes.has(size));
}

/**
 * Decides what became of every file. A known file keeps its place if the bytes there are its own; else it goes where its
 * bytes are, if no other known file has a better claim to that place.
 *
 * @param lost as for `filesToHash`; they are moved if they are found, and left alone if not
 * @param hashOf SHA-256 of a listed file's bytes; null if it was not asked for or could not be read
 * @param knownHash SHA-256 of a known file's bytes; null if it was never processed
 */
export function planRescan<File extends ListedFile>(
  { back, differing, appeared, gone }: Differences<File>,
  lost: readonly KnownFile[],
  hashOf: (file: File) => string | null,
  knownHash: (known: KnownFile) => string | null,
): RescanPlan<File> {
  const touched: Placed<File>[] = [];
  const displaced: Placed<File>[] = [];
  for (const pair of differing) {
    const hash = hashOf(pair.file);
    if (hash !== null && hash === knownHash(pair.known)) touched.push(pair);
    else displaced.push(pair);
  }
  const claims = new Claims([...gone, ...displaced.map(({ known }) => known), ...lost], knownHash);
  const moved: Placed<File>[] = [];
  const taken = new Set<File>();
  const found = new Set<KnownFile>();
  const take = (isRemoved: boolean, sameName: boolean) => {
    for (const file of [...appeared, ...displaced.map((pair) => pair.file)]) {
      const hash = taken.has(file) ? null : hashOf(file);
      const known = hash === null ? null : claims.take(hash, isRemoved, sameName ? nameOf(file.path) : null);
      if (known === null) continue;
      taken.add(file);
      found.add(known);
      moved.push({ known, file });
    }
  };
  // Photos that are there first, of whatever name: no removed one takes the file of one that stays. Then files of the
  // same name: where several have the same bytes, each finds its own.
  for (const isRemoved of [false, true]) for (const sameName of [true, false]) take(isRemoved, sameName);
  const changed: Placed<File>[] = [];
  const fresh = appeared.filter((file) => !taken.has(file));
  const missing = gone.filter((known) => !found.has(known));
  for (const pair of displaced) {
    if (!taken.has(pair.file) && !found.has(pair.known)) changed.push(pair);
    // Its place is another's now, and its bytes are nowhere.
    else if (!found.has(pair.known)) missing.push(pair.known);
    // It went elsewhere, and what is in its place is nobody's.
    else if (!taken.has(pair.file)) fresh.push(pair.file);
  }
  return { back, touched, moved, changed, fresh, missing };
}

/** Known files without a place, by the bytes that they look for. */
class Claims {
  readonly #byHash = new Map<string, KnownFile[]>();

  constructor(known: readonly KnownFile[], knownHash: (known: KnownFile) => string | null) {
    for (const one of known) {
      const hash = knownHash(one);
      if (hash === null) continue;
      const others = this.#byHash.get(hash);
      if (others === undefined) this.#byHash.set(hash, [one]);
      else others.push(one);
    }
  }

  /** @param name null for whatever name */
  take(hash: string, isRemoved: boolean, name: string | null): KnownFile | null {
    const known = this.#byHash.get(hash);
    const at =
      known?.findIndex(
        (one) => one.isRemoved === isRemoved && (name === null || nameOf(one.path) === name),
      ) ?? -1;
    return at < 0 ? null : (known?.splice(at, 1)[0] ?? null);
  }
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
