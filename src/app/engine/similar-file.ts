import { useSyncExternalStore } from 'react';

/** A picture that is searched for without being in the library. */
export interface SimilarFile {
  readonly blob: Blob;
  /** Unlike that of any other. */
  readonly key: string;
  readonly origin: 'file' | 'camera';
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

let current: SimilarFile | null = null;
let count = 0;
const listeners = new Set<() => void>();

/** The picture that is searched for; kept in memory only. */
export function setSimilarFile(blob: Blob, origin: SimilarFile['origin']): void {
  current = { blob, key: `file ${++count}`, origin, madeAt: Date.now() };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSimilarFile(): SimilarFile | null {
  return useSyncExternalStore(subscribe, () => current);
}
