import type { FileBytes, FileHandle } from '../../core/library/file-handle.ts';
import type { Files, OpenedFile } from '../../core/library/file-ports.ts';

/** Handles of the tests. `entry`: where the file is on the disk. */
export interface TestHandle extends FileHandle {
  readonly entry: string;
}

/** A disk whose files, permissions and time the test changes. */
export class TestFiles implements Files {
  readonly disk = new Map<string, { bytes: Blob; modifiedAt: number }>();
  readonly denied = new Set<string>();

  async open(handle: FileHandle): Promise<OpenedFile> {
    const { entry } = handle as TestHandle;
    if (this.denied.has(entry)) return { ok: false, failure: { code: 'no-permission' } };
    const file = this.disk.get(entry);
    return file === undefined
      ? { ok: false, failure: { code: 'file-missing' } }
      : { ok: true, bytes: file.bytes, modifiedAt: file.modifiedAt };
  }

  async isSameEntry(a: FileHandle, b: FileHandle): Promise<boolean> {
    return (a as TestHandle).entry === (b as TestHandle).entry;
  }

  async sha256(bytes: FileBytes): Promise<string> {
    return hashOf(bytes);
  }

  async part(bytes: FileBytes, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await (bytes as Blob).slice(from, to).arrayBuffer());
  }

  async unsupportedFormat(bytes: FileBytes): Promise<string | null> {
    const text = await (bytes as Blob).text();
    return text.startsWith('picture') ? null : 'PDF';
  }
}

export async function hashOf(bytes: FileBytes): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await (bytes as Blob).arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
