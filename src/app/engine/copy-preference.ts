import { storedText, storeText } from './stored-text.ts';

/** What copies of photos are to tell of place and camera: asked each time, left out, or kept. */
export type CopyPreference = 'ask' | 'without' | 'with';

const storageKey = 'picsift.copies';

export function copyPreference(): CopyPreference {
  const stored = storedText(storageKey);
  return stored === 'without' || stored === 'with' ? stored : 'ask';
}

export function rememberCopyPreference(preference: CopyPreference): void {
  storeText(storageKey, preference);
}
