import type { FileBytes, FileHandle } from '../../core/library/file-handle.ts';
import type { Files, OpenedFile } from '../../core/library/file-ports.ts';
import type { Failure } from '../../core/library/photo.ts';
import { readImageHeader } from '../decode/image-header.ts';

/** Enough to recognise every format, and to read past a JPEG's first segments. */
const headBytes = 4096;

/** The person's files, as the browser hands them out. */
export class BrowserFiles implements Files {
  async open(handle: FileHandle): Promise<OpenedFile> {
    return openFile(handle as FileSystemFileHandle);
  }

  async isSameEntry(a: FileHandle, b: FileHandle): Promise<boolean> {
    return (a as FileSystemHandle).isSameEntry(b as FileSystemHandle);
  }

  async sha256(bytes: FileBytes): Promise<string | null> {
    try {
      const digest = await crypto.subtle.digest('SHA-256', await (bytes as Blob).arrayBuffer());
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    } catch (error) {
      if (error instanceof DOMException) return null;
      throw error;
    }
  }

  async part(bytes: FileBytes, from: number, to: number): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      return new Uint8Array(await (bytes as Blob).slice(from, to).arrayBuffer());
    } catch (error) {
      if (error instanceof DOMException) return null;
      throw error;
    }
  }

  async unsupportedFormat(bytes: FileBytes): Promise<string | null> {
    try {
      const head = await (bytes as Blob).slice(0, headBytes).arrayBuffer();
      const header = readImageHeader(new Uint8Array(head));
      return header.kind === 'unsupported' ? (header.found ?? '') : null;
    } catch (error) {
      if (error instanceof DOMException) return '';
      throw error;
    }
  }
}

/** Opens a file behind a handle without asking the person for anything. */
export async function openFile(
  handle: FileSystemFileHandle,
): Promise<OpenedFile & { readonly bytes?: File }> {
  try {
    // Browsers without permissions for handles give only handles that may be read.
    const permission = (await handle.queryPermission?.({ mode: 'read' })) ?? 'granted';
    if (permission !== 'granted') return { ok: false, failure: { code: 'no-permission' } };
    const bytes = await handle.getFile();
    return { ok: true, bytes, modifiedAt: bytes.lastModified };
  } catch (error) {
    return { ok: false, failure: readFailure(error) };
  }
}

/** Why a file or folder could not be read. */
export function readFailure(error: unknown): Failure {
  if (!(error instanceof DOMException)) throw error;
  if (error.name === 'NotFoundError') return { code: 'file-missing' };
  if (error.name === 'NotAllowedError' || error.name === 'SecurityError') return { code: 'no-permission' };
  return { code: 'unreadable', found: error.message };
}
