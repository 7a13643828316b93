import { useSyncExternalStore } from 'react';
import { currentAddress, flushAddress, pushAddress, replaceAddress, wasPushedOn } from './address.ts';
import { emptyFragment, type FragmentState, formatFragment, parseFragment } from './fragment-state.ts';

let cachedHash: string | null = null;
let cachedState: FragmentState = emptyFragment;
const listeners = new Set<() => void>();

/** What the person looks at now; components that show it use `useFragment`. */
export function currentFragment(): FragmentState {
  const address = currentAddress();
  if (address !== cachedHash) {
    cachedHash = address;
    cachedState = parseFragment(address);
  }
  return cachedState;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('hashchange', listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('hashchange', listener);
    removeEventListener('popstate', listener);
  };
}

/** The present state with the patch. What is said of the part of a photo does not hold for another one. */
function changed(patch: Partial<FragmentState>): FragmentState {
  const before = currentFragment();
  const isAnother = patch.similar !== undefined && patch.similar !== before.similar;
  const panel = before.panel === 'region' ? null : before.panel;
  return { ...before, ...(isAnother && { region: null, panel }), ...patch };
}

/** Changes parts of the fragment; `replace` for steps that Back should skip (typing, sliding, paging through photos). */
export function navigate(patch: Partial<FragmentState>, how: 'push' | 'replace' = 'push'): void {
  const fragment = formatFragment(changed(patch));
  if (fragment === currentAddress()) return;
  if (how === 'push') pushAddress(fragment);
  else replaceAddress(fragment);
  for (const listener of listeners) listener();
}

let leaving = false;

/**
 * Closes what was opened on top of a view: goes back where that was the way in, so that no entry stays behind at which
 * Back would do nothing; else (a link led here) as `navigate` does.
 */
export function leave(patch: Partial<FragmentState>): void {
  if (leaving) return;
  const target = formatFragment(changed(patch));
  if (!wasPushedOn(target)) {
    navigate(patch, 'replace');
    return;
  }
  flushAddress();
  leaving = true;
  addEventListener(
    'popstate',
    () => {
      leaving = false;
    },
    { once: true, capture: true },
  );
  history.back();
}

export function useFragment(): FragmentState {
  return useSyncExternalStore(subscribe, currentFragment);
}
