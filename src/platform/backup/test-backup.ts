import type { BackupHead } from '../../core/backup/entries.ts';
import { type Frame, writeFrames } from '../../core/backup/write-frames.ts';
import type { RestoreReport } from '../../core/library/backup/restore-report.ts';
import type { TestSession } from '../storage/test-browser.ts';
import { joinPieces, readBackup } from './read-backup.ts';

/** A backup of a session's library, whole; `change` may lay its frames out otherwise. */
export async function backedUp(
  { library }: TestSession,
  originals: BackupHead['originals'] = false,
  counts = { photos: 0, originals: 0, missing: 0 },
  change = (frames: AsyncIterable<Frame>) => frames,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  const frames = library.backups.write({ app: 'test', originals }, counts);
  for await (const part of writeFrames(change(frames), 77)) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

export function restored(
  { library }: TestSession,
  bytes: Uint8Array<ArrayBuffer>,
  dry = false,
): Promise<RestoreReport> {
  const file = new Blob([bytes]);
  return library.backups.restore(
    (progress) => readBackup(file, progress),
    (pieces, type) => joinPieces(file, pieces, type),
    dry,
  );
}

/** All that a person could miss: what is known of each photo, by path and name. */
export async function contentOf(session: TestSession): Promise<readonly unknown[]> {
  const { library } = session;
  const labels = new Map(library.labelling.labels().map(({ number, id }) => [number, id]));
  const ids = [
    ...(await session.ids()),
    ...(await session.ids({ show: 'removed' })),
    ...(await session.ids({ show: 'failed' })),
  ];
  const photos = await Promise.all(
    ids.map(async (id) => {
      const {
        id: _,
        labels: scored,
        source,
        importedAt,
        removedAt,
        ...rest
      } = (await library.reading.photo(id))!;
      const [thumbnail] = await library.reading.thumbnails([id]);
      const original = await library.reading.original(id);
      return {
        ...rest,
        removed: removedAt !== null,
        scored: scored
          .map(({ label, score, verdict }) => ({ label: labels.get(label), score, verdict }))
          .sort((a, b) => String(a.label).localeCompare(String(b.label))),
        thumbnail: thumbnail && [...new Uint8Array(thumbnail)],
        original: 'code' in original ? null : await (original as Blob).text(),
      };
    }),
  );
  const key = ({ path, name }: { path: string | null; name: string }) => `${path} ${name}`;
  return photos.sort((a, b) => key(a).localeCompare(key(b)));
}
