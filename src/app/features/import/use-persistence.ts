import { useEffect, useRef } from 'react';
import type { PanelKind } from './import-summary.ts';

const askedKey = 'picsift.asked-to-persist';

/**
 * Asks the browser once, after the first import, not to clear the library when the device runs low on space. Some
 * browsers ask the person: once is enough, the settings have a button.
 */
export function usePersistence(kind: PanelKind): void {
  const worked = useRef(false);
  useEffect(() => {
    if (kind === 'working') worked.current = true;
    if (kind !== 'done' || !worked.current) return;
    worked.current = false;
    try {
      if (localStorage.getItem(askedKey) !== null) return;
      localStorage.setItem(askedKey, 'yes');
    } catch {
      return; // without a memory of it, it would be asked after every import
    }
    navigator.storage?.persist?.().catch(() => {}); // the settings tell how it stands
  }, [kind]);
}
