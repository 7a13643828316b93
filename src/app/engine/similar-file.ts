import { useSyncExternalStore } from 'react';

let current: Blob | null = null;
const listeners = new Set<() => void>();

/** The picture that is searched for without being in the library; kept in memory only. */
export function setSimilarFile(file: Blob | null): void {
  current = file;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSimilarFile(): Blob | null {
  return useSyncExternalStore(subscribe, () => current);
}
