import { readFrames } from '../../core/backup/read-frames.ts';
import type { BackupStep, FilePiece } from '../../core/library/backup/restore-parts.ts';
import { readEntry } from './backup-schemas.ts';

/** Bytes that are read at a time. */
const pieceBytes = 2 ** 20;

/**
 * What is in a backup file, one after another.
 *
 * @param progress told how much of the file is read, 0..1
 * @throws NotABackup; DOMException when the file cannot be read
 */
export async function* readBackup(file: Blob, progress: (share: number) => void): AsyncGenerator<BackupStep> {
  for await (const part of readFrames(pieces(file, progress))) {
    if (part.type === 'end') yield part;
    else if (part.type === 'lost') yield { type: 'lost', count: part.count };
    else yield stepOf(part.kind, part.payload, part.offset);
  }
}

/** Joins pieces of the file to one, without reading them. */
export function joinPieces(file: Blob, parts: readonly FilePiece[], type: string): Blob {
  return new Blob(
    parts.map(({ from, length }) => file.slice(from, from + length)),
    { type },
  );
}

function stepOf(kind: number, payload: Uint8Array<ArrayBuffer>, offset: number): BackupStep {
  try {
    const entry = readEntry(kind, payload);
    if (entry === 'unknown') return { type: 'unknown' };
    const at = entry.kind === 'original' ? offset + entry.bytes.byteOffset - payload.byteOffset : offset;
    return { type: 'entry', entry, at };
  } catch {
    // Its checksum holds, what it says does not: it was damaged before it was written, or made by hand.
    return { type: 'lost', count: 1 };
  }
}

async function* pieces(file: Blob, progress: (share: number) => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += pieceBytes) {
    progress(at / file.size);
    yield new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer());
  }
}
