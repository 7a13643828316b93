import { useSyncExternalStore } from 'react';

/** A picture that is searched for without being in the library. */
export interface SimilarFile {
  readonly blob: Blob;
  /** Unlike that of any other. */
  readonly key: string;
}

let current: SimilarFile | null = null;
let count = 0;
const listeners = new Set<() => void>();

/** The picture that is searched for; kept in memory only. */
export function setSimilarFile(blob: Blob | null): void {
  current = blob === null ? null : { blob, key: `file ${++count}` };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSimilarFile(): SimilarFile | null {
  return useSyncExternalStore(subscribe, () => current);
}
