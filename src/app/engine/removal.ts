import type { LibraryCalls } from './connection.ts';
import { isStorageFull } from './storage-full.ts';

type Ids = Uint32Array<ArrayBuffer>;

/** Photos that could not be removed, as there is no room left to keep what is removed; they can be deleted for good. */
export interface StuckPhotos {
  readonly ids: Ids;
  /** To be called once they are deleted. */
  readonly gone: () => void;
}

let stuck: StuckPhotos | null = null;
const listeners = new Set<() => void>();

function change(next: StuckPhotos | null): void {
  stuck = next;
  for (const listener of listeners) listener();
}

/**
 * Removes photos. Where storage is too full for that, the page asks whether they are to be deleted for good instead:
 * wherever the person was, with one question (`stuckPhotos`).
 *
 * @param gone called if they are deleted so
 * @returns whether they are removed
 */
export async function removePhotos(
  library: Pick<LibraryCalls, 'remove'>,
  ids: Ids,
  gone: () => void = () => {},
): Promise<boolean> {
  try {
    await library.remove(ids);
    return true;
  } catch (error) {
    if (!isStorageFull(error)) throw error;
    change({ ids, gone });
    return false;
  }
}

export function stuckPhotos(): StuckPhotos | null {
  return stuck;
}

/** The person was asked. */
export function forgetStuckPhotos(): void {
  change(null);
}

export function subscribeStuckPhotos(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
