import { useEffect, useSyncExternalStore } from 'react';
import type { SavedSearch } from '../../../protocol/library.ts';
import type { LibraryCalls } from '../../engine/connection.ts';
import {
  emptyFragment,
  type FragmentState,
  formatFragment,
  parseFragment,
} from '../../engine/fragment-state.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';

let searches: readonly SavedSearch[] = [];
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reads the searches anew, after a change. */
export async function reloadSearches(library: LibraryCalls): Promise<void> {
  try {
    searches = await library.savedSearches();
    for (const listener of listeners) listener();
  } catch (error) {
    ignoreWorkerDied(error);
  }
}

/** The searches that the person saved, in order of saving. */
export function useSavedSearches(): readonly SavedSearch[] {
  const library = useLibrary();
  const open = useEnginePart((state) => state.phase === 'open');
  useEffect(() => {
    if (open) void reloadSearches(library);
  }, [library, open]);
  return useSyncExternalStore(subscribe, () => searches);
}

/** The part of the fragment that a search consists of: not what is open on top of it. */
export function searchFragment(state: FragmentState): string {
  return formatFragment({ ...state, photo: null, panel: null, screen: emptyFragment.screen, set: null });
}

/** What leads to a saved search. */
export function searchState(search: SavedSearch): FragmentState {
  return parseFragment(search.fragment);
}
