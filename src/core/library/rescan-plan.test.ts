import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FolderComparison, type KnownFile, type ListedFile } from './folder-comparison.ts';
import type { PhotoId } from './photo.ts';
import { filesToHash, planRescan, type RescanPlan } from './rescan-plan.ts';

interface DiskFile extends ListedFile {
  readonly bytes: string;
}

interface Photo extends KnownFile {
  readonly bytes: string | null;
}

type Plan = RescanPlan<DiskFile>;

/** Sizes collide on purpose: the bytes alone tell files apart. */
function onDisk(path: string, bytes: string, modifiedAt: number): DiskFile {
  return { folder: 1, path, size: bytes.charCodeAt(0) % 3, modifiedAt, bytes };
}

function photoOf({ folder, path, size, modifiedAt, bytes }: DiskFile, id: number): Photo {
  return { id: id as PhotoId, folder, path, size, modifiedAt, isMissing: false, isRemoved: false, bytes };
}

function rescan(known: readonly Photo[], disk: readonly DiskFile[], unread: readonly string[] = []): Plan {
  const lost = known.filter(({ isMissing }) => isMissing);
  const comparison = new FolderComparison<DiskFile>(known, new Set());
  for (const path of unread) comparison.unread(1, path);
  for (const file of disk) comparison.see(file);
  const differences = comparison.differences();
  const outside = lost.filter(({ folder }) => folder !== 1);
  const asked = new Set(filesToHash(differences, outside));
  return planRescan(
    differences,
    outside,
    (file) => (asked.has(file) ? file.bytes : null),
    (one) => known.find(({ id }) => id === one.id)!.bytes,
  );
}

/** The library once it has followed a plan (and processed what is new or changed). */
function followed(known: readonly Photo[], plan: Plan): Photo[] {
  const next = new Map(known.map((photo) => [photo.id, photo]));
  const put = (id: PhotoId, file: DiskFile) => next.set(id, photoOf(file, id));
  for (const { id } of plan.back) next.set(id, { ...next.get(id)!, isMissing: false });
  for (const { id } of plan.missing) next.set(id, { ...next.get(id)!, isMissing: true });
  for (const { known: one, file } of [...plan.touched, ...plan.moved, ...plan.changed]) put(one.id, file);
  let id = Math.max(0, ...known.map((photo) => photo.id)) + 1;
  for (const file of plan.fresh) put(id++ as PhotoId, file);
  return [...next.values()];
}

const names = ['a.jpg', 'b.jpg', 'c.jpg', 'x/a.jpg', 'x/d.jpg', 'x/y/e.jpg'];
const bytes = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G');
const diskOf = (time: number) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), bytes), { selector: ([path]) => path })
    .map((files) => files.map(([path, content]) => onDisk(path, content, time)));
/** Files that keep their time with their bytes, as a move or copy does; and those that are written anew. */
const laterDisk = fc
  .tuple(diskOf(1), fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }))
  .map(([files, again]) => files.map((file, i) => ({ ...file, modifiedAt: again[i] ? 2 : 1 })));

describe('what a rescan comes to', () => {
  const before = [
    onDisk('a.jpg', 'A', 1),
    onDisk('b.jpg', 'B', 1),
    onDisk('x/c.jpg', 'C', 1),
    onDisk('d.jpg', 'D', 1),
  ].map((file, i) => photoOf(file, i + 1));
  const told = (plan: Plan) => ({
    back: plan.back.map(({ path }) => path),
    touched: plan.touched.map(({ file }) => file.path),
    moved: plan.moved.map(({ known, file }) => `${known.path} > ${file.path}`),
    changed: plan.changed.map(({ file }) => file.path),
    fresh: plan.fresh.map(({ path }) => path),
    missing: plan.missing.map(({ path }) => path),
  });
  const nothing = { back: [], touched: [], moved: [], changed: [], fresh: [], missing: [] };

  it('is nothing where nothing changed', () => {
    const disk = [...before].map(({ path, bytes: content }) => onDisk(path, content!, 1));
    expect(told(rescan(before, disk))).toEqual(nothing);
  });

  it('tells new, changed, touched, moved and missing files apart', () => {
    const disk = [
      onDisk('a.jpg', 'A', 9),
      onDisk('b.jpg', 'E', 9),
      onDisk('far/away.jpg', 'C', 1),
      onDisk('new.jpg', 'F', 1),
    ];
    expect(told(rescan(before, disk))).toEqual({
      ...nothing,
      touched: ['a.jpg'],
      changed: ['b.jpg'],
      moved: ['x/c.jpg > far/away.jpg'],
      fresh: ['new.jpg'],
      missing: ['d.jpg'],
    });
  });

  it('follows files that changed places, and one that took the place of another', () => {
    const swapped = [onDisk('a.jpg', 'B', 5), onDisk('b.jpg', 'A', 6), onDisk('x/c.jpg', 'D', 7)];
    expect(told(rescan(before, swapped))).toEqual({
      ...nothing,
      moved: ['b.jpg > a.jpg', 'a.jpg > b.jpg', 'd.jpg > x/c.jpg'],
      missing: ['x/c.jpg'],
    });
  });

  it('prefers the same name where several have the same bytes', () => {
    const twins = [photoOf(onDisk('1/a.jpg', 'A', 1), 1), photoOf(onDisk('1/b.jpg', 'A', 1), 2)];
    const disk = [onDisk('2/b.jpg', 'A', 1), onDisk('2/a.jpg', 'A', 1)];
    expect(told(rescan(twins, disk)).moved.sort()).toEqual(['1/a.jpg > 2/a.jpg', '1/b.jpg > 2/b.jpg']);
  });

  it('calls nothing missing that could not be looked at', () => {
    expect(told(rescan(before, [], ['x'])).missing).toEqual(['a.jpg', 'b.jpg', 'd.jpg']);
    expect(told(rescan(before, [], ['']))).toEqual(nothing);
  });

  it('finds what was lost in another folder', () => {
    const lost = { ...photoOf(onDisk('q/old.jpg', 'F', 1), 9), folder: 7, isMissing: true };
    const plan = rescan(
      [...before, lost],
      [...before.map(({ path, bytes: b }) => onDisk(path, b!, 1)), onDisk('z.jpg', 'F', 3)],
    );
    expect(told(plan)).toEqual({ ...nothing, moved: ['q/old.jpg > z.jpg'] });
  });

  it('gives every file one fate, keeps tags with bytes, and a second look finds nothing more', () => {
    fc.assert(
      fc.property(diskOf(1), laterDisk, fc.boolean(), (first, second, unreadX) => {
        const known = first.map((file, i) => photoOf(file, i + 1));
        const disk = second.filter(({ path }) => !unreadX || !path.startsWith('x/'));
        const unread = unreadX ? ['x'] : [];
        const plan = rescan(known, disk, unread);
        // A file with the size and time that are known counts as unchanged: its bytes are not read.
        const unchanged = (photo: KnownFile) =>
          disk.some(
            ({ path, size, modifiedAt }) =>
              path === photo.path && size === photo.size && modifiedAt === photo.modifiedAt,
          );
        const fates = [
          ...[...plan.touched, ...plan.moved, ...plan.changed].map((pair) => pair.known.id),
          ...[...plan.back, ...plan.missing].map(({ id }) => id),
          ...known
            .filter((photo) => unchanged(photo) || (unreadX && photo.path.startsWith('x/')))
            .map(({ id }) => id),
        ];
        expect(fates.sort()).toEqual(known.map(({ id }) => id).sort());
        const placed = [...plan.touched, ...plan.moved, ...plan.changed].map(({ file }) => file);
        const owned = disk.filter((file) =>
          known.some((photo) => photo.path === file.path && unchanged(photo)),
        );
        expect([...placed, ...plan.fresh, ...owned].map(({ path }) => path).sort()).toEqual(
          disk.map(({ path }) => path).sort(),
        );
        for (const { known: one, file } of [...plan.touched, ...plan.moved])
          expect(file.bytes).toBe(known.find(({ id }) => id === one.id)!.bytes);
        // Bytes that a known file lost are never taken for new.
        for (const file of plan.fresh)
          expect(plan.missing.map(({ id }) => known.find((one) => one.id === id)!.bytes)).not.toContain(
            file.bytes,
          );
        const again = rescan(followed(known, plan), disk, unread);
        expect(told(again)).toEqual({ ...nothing, missing: told(again).missing });
        expect(again.missing.every(({ isMissing }) => isMissing)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('brings back what was missing', () => {
    const missing = before.map((photo) => ({ ...photo, isMissing: true }));
    const disk = [onDisk('a.jpg', 'A', 1), onDisk('b.jpg', 'B', 3)];
    expect(told(rescan(missing, disk))).toEqual({
      ...nothing,
      back: ['a.jpg'],
      touched: ['b.jpg'],
      missing: ['x/c.jpg', 'd.jpg'],
    });
  });
});
