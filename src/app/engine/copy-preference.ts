/** What copies of photos are to tell of place and camera: asked each time, left out, or kept. */
export type CopyPreference = 'ask' | 'without' | 'with';

const storageKey = 'picsift.copies';

export function copyPreference(): CopyPreference {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'without' || stored === 'with' ? stored : 'ask';
  } catch {
    return 'ask';
  }
}

export function rememberCopyPreference(preference: CopyPreference): void {
  try {
    localStorage.setItem(storageKey, preference);
  } catch {
    // Then it is asked again.
  }
}
