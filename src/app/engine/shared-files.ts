import type { LibraryCalls } from './connection.ts';
import { addFromInput, type IntakeReport } from './intake.ts';

/** See [Note: Shared files]. */
const cacheName = 'picsift-shared';

/**
 * Takes in what other apps have shared; it is let go only once the library has it: what finds no room waits for the next
 * start. Null if there was nothing.
 */
export async function addShared(library: LibraryCalls): Promise<IntakeReport | null> {
  if (!('caches' in self) || !(await caches.has(cacheName))) return null;
  const cache = await caches.open(cacheName);
  const requests = await cache.keys();
  const files: File[] = [];
  for (const request of requests) {
    const response = await cache.match(request);
    if (response === undefined) continue;
    const { headers } = response;
    const name = decodeURIComponent(headers.get('X-Name') ?? '') || 'shared';
    const lastModified = Number(headers.get('X-Modified'));
    files.push(
      new File([await response.blob()], name, { type: headers.get('Content-Type') ?? '', lastModified }),
    );
  }
  const report = files.length === 0 ? null : await addFromInput(library, files);
  // Of what the library has taken all the same it knows the next time.
  if (report?.stopped) return report;
  for (const request of requests) await cache.delete(request);
  return report;
}

/** Whether the page was opened because a share could not be kept; the address forgets it. */
export function takeShareFailure(): boolean {
  const address = new URL(location.href);
  if (address.searchParams.get('share') !== 'failed') return false;
  address.searchParams.delete('share');
  history.replaceState(history.state, '', address);
  return true;
}
