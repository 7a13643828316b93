import { storedText, storeText } from '../../engine/stored-text.ts';

/** How the page looks: `auto` follows the system. */
export type Appearance = 'auto' | 'light' | 'dark';

const storageKey = 'picsift.appearance';

export function storedAppearance(): Appearance {
  const stored = storedText(storageKey);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}

/** Shows the appearance and remembers it. */
export function changeAppearance(appearance: Appearance): void {
  applyAppearance(appearance);
  storeText(storageKey, appearance);
}

/** To be called before the first paint with what is stored. */
export function applyAppearance(appearance: Appearance): void {
  const root = document.documentElement;
  if (appearance === 'auto') delete root.dataset.theme;
  else root.dataset.theme = appearance;
}
