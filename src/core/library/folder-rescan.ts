import { type Candidate, type Found, looksLikePicture, pathInFolder } from './candidate.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { FileHandle } from './file-handle.ts';
import type { Files, FolderAccess } from './file-ports.ts';
import { FolderComparison, isWithin, type KnownFile, type ListedFile } from './folder-comparison.ts';
import type { RescanReport } from './folder-info.ts';
import type { Failure, PhotoId } from './photo.ts';
import { absentFlag, handleFlag, missingFlag } from './photo-table.ts';
import { type Placement, placePhotos, setMissing } from './place-photos.ts';
import { filesToHash, type Placed, planRescan, type RescanPlan } from './rescan-plan.ts';
import type { SameSource } from './same-source.ts';
import type { ForgottenFile } from './stored-rows.ts';

/** A folder to be looked through. */
export interface ScannedFolder {
  /** The folder's number, then those that the same folder had in older libraries. */
  readonly numbers: readonly number[];
  /** What paths of its photos begin with. */
  readonly name: string;
  readonly handle: FileHandle;
  readonly isRelocated: boolean;
  /** Paths of folders in it that are looked through by themselves. */
  readonly inner: readonly string[];
}

export interface RescanParts {
  readonly catalogue: Catalogue;
  readonly access: FolderAccess;
  readonly files: Pick<Files, 'sha256'>;
  readonly same: SameSource;
  readonly clock: Clock;
  /** Photos whose file was moved aside or deleted with its photo: none is looked for. */
  readonly away: () => Promise<ReadonlySet<PhotoId>>;
  /** Takes new files in; answers how many were accepted. */
  readonly take: (found: readonly Found[], folders: ReadonlyMap<FileHandle, number>) => Promise<number>;
  /** Photos are to be processed again. */
  readonly again: (ids: readonly PhotoId[]) => void;
  /** So many files were looked at. */
  readonly progress: (files: number) => void;
  readonly isStopped: () => boolean;
}

interface FoundFile extends ListedFile {
  readonly candidate: Candidate;
  /** Its photo was deleted for good: it comes in as no new one, but goes to a photo that looks for its bytes. */
  readonly isForgotten: boolean;
}

/** What one look through folders came to; null: it was stopped. */
export interface RescanOutcome {
  readonly report: RescanReport;
  /** Folders that could not be read at all, by number. */
  readonly failures: ReadonlyMap<number, Failure>;
}

const recordsAtOnce = 256;
const filesPerStep = 256;

/** Looks through folders and brings the library in step with them: see `planRescan`. */
export async function rescanFolders(
  parts: RescanParts,
  folders: readonly ScannedFolder[],
  takesFresh: boolean,
): Promise<RescanOutcome | null> {
  const { catalogue, files, isStopped } = parts;
  const away = await parts.away();
  const known: KnownFile[] = [];
  // One by one: an argument each would be too many for a large folder.
  for (const folder of folders) for (const one of await knownIn(catalogue, folder, away)) known.push(one);
  const relocated = new Set(folders.filter((one) => one.isRelocated).map(({ numbers }) => numbers[0]!));
  const elsewhere = lostElsewhere(catalogue, new Set([...away, ...known.map(({ id }) => id)]));
  const sought = new Set(elsewhere.map(({ size }) => size));
  const comparison = new FolderComparison<FoundFile>(known, relocated);
  const failures = new Map<number, Failure>();
  let looked = 0;
  for (const folder of folders) {
    const failure = await listInto(parts, folder, comparison, sought, () => {
      if (++looked % filesPerStep === 0) parts.progress(looked);
    });
    if (isStopped()) return null;
    if (failure !== null) failures.set(folder.numbers[0]!, failure);
  }
  parts.progress(looked);
  const differences = comparison.differences();
  const lost = [
    ...elsewhere,
    // What was in a folder that is not there any more may have come into one of the others.
    ...known.filter(({ folder }) => folder !== null && failures.get(folder)?.code === 'file-missing'),
  ];
  const hashes = new Map<FoundFile, string | null>();
  const toHash = filesToHash(differences, lost);
  for (const file of toHash) {
    if (isStopped()) return null;
    hashes.set(file, await files.sha256(file.candidate.bytes));
  }
  const looking =
    toHash.length === 0
      ? []
      : [...differences.gone, ...lost, ...differences.differing.map((pair) => pair.known)];
  const knownHashes = await storedHashes(catalogue, looking);
  if (isStopped()) return null;
  const plan = planRescan(
    differences,
    lost,
    (file) => hashes.get(file) ?? null,
    ({ id }) => knownHashes.get(id) ?? null,
  );
  const report = await follow(
    parts,
    plan,
    new Set([...away, ...known.map(({ id }) => id)]),
    folders,
    takesFresh,
  );
  return { report, failures };
}

/** @returns why the folder could not be read at all; null if it could */
async function listInto(
  { catalogue, access, isStopped }: RescanParts,
  { numbers, name: root, handle, inner }: ScannedFolder,
  comparison: FolderComparison<FoundFile>,
  /** Sizes of files that photos look for. */
  sought: ReadonlySet<number>,
  looked: () => void,
): Promise<Failure | null> {
  const folder = numbers[0]!;
  const forgotten = new Map<string, ForgottenFile>();
  for (const number of numbers)
    for (const file of await catalogue.store.forgottenFiles(number)) forgotten.set(file.path, file);
  // Later ones, not stored yet.
  for (const file of catalogue.leftForgotten)
    if (numbers.includes(file.folder)) forgotten.set(file.path, file);
  for (const path of inner) comparison.unread(folder, path);
  let failure: Failure | null = null;
  for await (const found of access.list(handle)) {
    if (isStopped()) return null;
    if ('refused' in found) {
      const path = pathInFolder(found.refused.path ?? '');
      if (path === '') failure = found.refused.failure;
      // What vanished while it was listed is gone; of what cannot be read nothing is known.
      if (path === '' || found.refused.failure.code !== 'file-missing') comparison.unread(folder, path);
      continue;
    }
    looked();
    const { candidate } = found;
    const { name, modifiedAt, bytes } = candidate;
    const path = pathInFolder(candidate.path ?? '');
    if (inner.some((other) => isWithin(path, other))) continue;
    let isForgotten = false;
    if (!comparison.knows(folder, path)) {
      const before = forgotten.get(path);
      isForgotten = before?.size === bytes.size && before.modifiedAt === modifiedAt;
      if (isForgotten && !sought.has(bytes.size)) continue;
      // Folders hold all kinds of files; an empty one may be about to be written.
      if (bytes.size === 0 || !looksLikePicture(name, bytes.type)) continue;
    }
    const placed = { ...candidate, path: `${root}/${path}` };
    comparison.see({ folder, path, size: bytes.size, modifiedAt, candidate: placed, isForgotten });
  }
  return failure;
}

async function knownIn(
  catalogue: Catalogue,
  { numbers }: ScannedFolder,
  away: ReadonlySet<PhotoId>,
): Promise<KnownFile[]> {
  const { table, store } = catalogue;
  const known: KnownFile[] = [];
  for (const number of numbers) {
    for (const id of await store.photosOfFolder(number)) {
      if (table.has(id) && !away.has(id))
        known.push(knownFile(catalogue, id, numbers[0]!, pathInFolder(table.path(id) ?? '')));
    }
  }
  return known;
}

function knownFile({ table }: Catalogue, id: PhotoId, folder: number | null, path: string): KnownFile {
  const { size, modifiedAt, flags, removedAt } = table.columns;
  return {
    id,
    folder,
    path,
    size: size[id]!,
    modifiedAt: modifiedAt[id]!,
    isMissing: (flags[id]! & missingFlag) !== 0,
    isRemoved: removedAt[id] !== 0,
  };
}

/** Missing files that are not in the folders that are looked through. */
function lostElsewhere(catalogue: Catalogue, here: ReadonlySet<PhotoId>): KnownFile[] {
  const { table } = catalogue;
  const { flags } = table.columns;
  const lost: KnownFile[] = [];
  for (const id of table.ids()) {
    const isLost = (flags[id]! & missingFlag) !== 0 && (flags[id]! & (handleFlag | absentFlag)) !== 0;
    if (!isLost || here.has(id)) continue;
    lost.push(knownFile(catalogue, id, null, table.path(id) ?? table.name(id)));
  }
  return lost;
}

async function storedHashes(
  { store }: Catalogue,
  known: readonly KnownFile[],
): Promise<Map<PhotoId, string>> {
  const hashes = new Map<PhotoId, string>();
  for (let start = 0; start < known.length; start += recordsAtOnce) {
    const ids = known.slice(start, start + recordsAtOnce).map(({ id }) => id);
    for (const record of await store.records(ids))
      if (record !== null && record.sha256 !== null) hashes.set(record.id, record.sha256);
  }
  return hashes;
}

async function follow(
  { catalogue, same, take, again }: RescanParts,
  plan: RescanPlan<FoundFile>,
  /** Photos that have no better claim to a file than the plan says. */
  known: ReadonlySet<PhotoId>,
  folders: readonly ScannedFolder[],
  takesFresh: boolean,
): Promise<RescanReport> {
  const moved: Placed<FoundFile>[] = [];
  for (const pair of plan.moved) {
    // It may have been added by itself, or while we looked.
    const owner = await same.find(pair.file.candidate);
    if (owner === null || owner === pair.known.id || known.has(owner)) moved.push(pair);
    else if (!pair.known.isMissing) await setMissing(catalogue, [pair.known.id], true);
  }
  const placements: Placement[] = [
    ...plan.touched.map((pair) => placement(pair, false)),
    ...moved.map((pair) => placement(pair, false)),
    ...plan.changed.map((pair) => placement(pair, true)),
  ];
  const placed = await placePhotos(catalogue, placements);
  for (const { known: one, file } of moved) same.added(one.id, file.candidate.name);
  const backIds = plan.back.map(({ id }) => id);
  const queued = [...placed, ...(await setMissing(catalogue, backIds, false))];
  const missing = plan.missing.filter(({ isMissing }) => !isMissing).map(({ id }) => id);
  await setMissing(catalogue, missing, true);
  if (queued.length > 0) again(queued);
  const roots = new Map(folders.map(({ handle, numbers }) => [handle, numbers[0]!]));
  const fresh = plan.fresh.filter(({ isForgotten }) => !isForgotten).map(({ candidate }) => ({ candidate }));
  return {
    fresh: takesFresh && fresh.length > 0 ? await take(fresh, roots) : 0,
    moved: moved.length,
    changed: plan.changed.length,
    missing: missing.length,
    back: plan.back.length,
  };
}

function placement({ known, file }: Placed<FoundFile>, isChanged: boolean): Placement {
  return { known, candidate: file.candidate, folder: file.folder, isChanged };
}
