import { useSyncExternalStore } from 'react';

let current: Uint32Array<ArrayBuffer> | null = null;
const listeners = new Set<() => void>();

/**
 * The photos that previous and next step through instead of the grid's view, in order; null for the grid's. Set by a
 * view that shows other photos than the grid, for as long as it is there.
 */
export function setSequence(ids: Uint32Array<ArrayBuffer> | null): void {
  current = ids;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSequence(): Uint32Array<ArrayBuffer> | null {
  return useSyncExternalStore(subscribe, () => current);
}
