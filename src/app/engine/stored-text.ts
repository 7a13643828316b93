/** What this browser remembers under `key`; null: nothing, or it does not remember at all. */
export function storedText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Remembers a text. Where storage is switched off, the choice that it stands for lasts until the tab is closed. */
export function storeText(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Nothing is lost but the memory of the choice.
  }
}

/** What was kept here is elsewhere now. */
export function forgetText(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing is kept there at all.
  }
}
