/** Where a backup is written to. */
export interface BackupSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Everything is written; the file where it is for the page to save, null where it lies in its place already. */
  close(): Promise<Blob | null>;
  /** What was written goes. */
  abort(): Promise<void>;
}

/** In the browser's own file system, while the page saves it. */
const scratchName = 'picsift-backup.tmp';

/** Straight to the file that the person chose: it takes the place of what was there when it is whole. */
export async function fileSink(handle: FileSystemFileHandle): Promise<BackupSink> {
  const file = await handle.createWritable();
  return {
    write: (bytes) => file.write(bytes),
    async close() {
      await file.close();
      return null;
    },
    abort: () => file.abort(),
  };
}

/** To a file of the browser's own, so that memory holds none of it; where there is no such thing, to blobs. */
export async function scratchSink(): Promise<BackupSink> {
  try {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle(scratchName, { create: true });
    const file = await handle.createWritable();
    return {
      write: (bytes) => file.write(bytes),
      async close() {
        await file.close();
        return handle.getFile();
      },
      async abort() {
        await file.abort();
        await root.removeEntry(scratchName);
      },
    };
  } catch {
    return blobSink();
  }
}

/** The file that an earlier backup left for the page to save goes. */
export async function clearScratch(): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(scratchName);
  } catch {
    // There is none.
  }
}

/** Browsers keep blobs on disk when they grow; pieces are joined without being read. */
function blobSink(): BackupSink {
  const pieces: Blob[] = [];
  return {
    async write(bytes) {
      pieces.push(new Blob([bytes]));
    },
    async close() {
      return new Blob(pieces, { type: 'application/octet-stream' });
    },
    async abort() {
      pieces.length = 0;
    },
  };
}
