/** A file's bytes, wherever they are; a `Blob` is one. Core hands them on and never looks inside. */
export interface FileBytes {
  readonly size: number;
  readonly type: string;
}

/** A file or folder on the person's disk that can be read again later; a `FileSystemHandle` is one. */
export interface FileHandle {
  readonly kind: 'file' | 'directory';
  readonly name: string;
}
