import { describe, expect, it } from 'vitest';
import { BrowserFiles, openFile, readFailure } from './browser-files.ts';

function handle(permission: PermissionState, file: () => File): FileSystemFileHandle {
  return {
    queryPermission: async () => permission,
    getFile: async () => file(),
  } as unknown as FileSystemFileHandle;
}

describe('opening what is behind a handle', () => {
  it('gives the file as it is now', async () => {
    const file = new File(['abc'], 'a.jpg', { lastModified: 5 });
    expect(await openFile(handle('granted', () => file))).toEqual({ ok: true, bytes: file, modifiedAt: 5 });
  });

  it('never asks the person: without permission it says so', async () => {
    const touched = handle('prompt', () => {
      throw new Error('must not be read');
    });
    expect(await openFile(touched)).toEqual({ ok: false, failure: { code: 'no-permission' } });
  });

  it('tells missing files from unreadable ones', () => {
    const failure = (name: string) => readFailure(new DOMException('words', name));
    expect(failure('NotFoundError')).toEqual({ code: 'file-missing' });
    expect(failure('NotAllowedError')).toEqual({ code: 'no-permission' });
    expect(failure('NotReadableError')).toEqual({ code: 'unreadable', found: 'words' });
    expect(() => readFailure(new TypeError('bug'))).toThrow('bug');
  });
});

describe('looking at bytes', () => {
  const files = new BrowserFiles();

  it('recognises pictures and names what is none', async () => {
    const png = new Uint8Array(40);
    png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(await files.unsupportedFormat(new Blob([png]))).toBeNull();
    expect(await files.unsupportedFormat(new Blob(['%PDF-1.7\n']))).toBe('PDF');
    expect(await files.unsupportedFormat(new Blob([new Uint8Array([0, 1, 255, 254, 9])]))).toBe('');
  });

  it('hashes with SHA-256', async () => {
    expect(await files.sha256(new Blob(['abc']))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
