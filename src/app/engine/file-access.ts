import type { LibraryCalls } from './connection.ts';

/**
 * Asks the person for access to the files and folders that the browser no longer lets the library read, and goes on with
 * those. Call it in a click: browsers ask only then. True if nothing is left without access.
 */
export async function allowFileAccess(library: LibraryCalls): Promise<boolean> {
  const handles = await library.handlesNeedingPermission();
  let all = true;
  for (const handle of handles) {
    // One after the other: browsers show one question at a time and drop the others.
    const answer = await handle.requestPermission({ mode: 'read' }).catch(() => 'denied' as const);
    if (answer !== 'granted') all = false;
  }
  await library.retry(null);
  return all;
}
