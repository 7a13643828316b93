import type { FileBytes, FileHandle } from '../../core/library/file-handle.ts';
import type { FolderFile, FolderFiles } from '../../core/library/file-removal.ts';

/** One picked folder on a disk of the test; `beforeStep` sees every change before it is made, and may stop it. */
export class TestFolderFiles implements FolderFiles {
  /** Text by path. */
  readonly disk = new Map<string, string>();
  isPluggedIn = true;
  /** Of all files, as the disk says. */
  lastModified = 5;
  beforeStep: (step: 'read' | 'write' | 'remove', path: string) => Promise<void> | void = () => {};

  async locate(_: FileHandle, file: FileHandle): Promise<readonly string[] | null> {
    return file.name.split('/');
  }

  async read(_: FileHandle, path: readonly string[]): Promise<FolderFile | null> {
    await this.beforeStep('read', path.join('/'));
    const text = this.isPluggedIn ? this.disk.get(path.join('/')) : undefined;
    return text === undefined ? null : new File([text], path.at(-1)!, { lastModified: this.lastModified });
  }

  async isThere(): Promise<boolean> {
    return this.isPluggedIn;
  }

  async write(_: FileHandle, path: readonly string[], bytes: FileBytes): Promise<FileHandle> {
    const name = path.join('/');
    await this.beforeStep('write', name);
    this.disk.set(name, await (bytes as Blob).text());
    return { kind: 'file', name, entry: name } as FileHandle;
  }

  async remove(_: FileHandle, path: readonly string[]): Promise<void> {
    await this.beforeStep('remove', path.join('/'));
    this.disk.delete(path.join('/'));
  }

  async sha256(bytes: FileBytes): Promise<string> {
    const digest = await crypto.subtle.digest('SHA-256', await (bytes as Blob).arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  alone<Result>(job: () => Promise<Result>): Promise<Result> {
    return job();
  }

  text(content: string): FileBytes {
    return new Blob([content]);
  }
}
