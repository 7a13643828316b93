/**
 * [Note: Moved copies]
 * What is decided about files of equal bytes speaks of places, see `PhotoKey`; files are renamed and moved, and come in
 * by other ways. A file about whose place nothing was decided stands for a decided place that no file has any more: one
 * of the same name, in folders as alike as can be, else one in the same folder, else any one: the bytes are those that
 * were decided about. Each place is taken once, so a new copy beside all others is a new copy.
 *
 * @param places of all files of some equal bytes
 * @param decided places of files of these bytes that something was decided about
 * @returns the decided place that each file stands for; files that stand for themselves are left out
 */
export function standIns(places: readonly string[], decided: Iterable<string>): Map<string, string> {
  const there = new Set(places);
  const known = new Set(decided);
  const free = new Set([...known].filter((place) => !there.has(place)));
  const found = new Map<string, string>();
  let deepest = 0;
  for (const place of free) deepest = Math.max(deepest, place.split('/').length);
  for (const sameIn of [nameOf, folderOf, anywhere]) {
    // The most alike first, over all files: what one file takes may be more like another.
    for (let depth = deepest; depth >= 0 && free.size > 0; depth--) {
      const byKey = new Map<string, string[]>();
      for (const place of free) {
        const key = keyOf(place, sameIn, depth);
        if (key === null) continue;
        const alike = byKey.get(key);
        if (alike === undefined) byKey.set(key, [place]);
        else alike.push(place);
      }
      for (const alike of byKey.values()) alike.reverse(); // so that the first one is taken first
      for (const place of places) {
        if (known.has(place) || found.has(place)) continue;
        const stands = byKey.get(keyOf(place, sameIn, depth) ?? '')?.pop();
        if (stands === undefined) continue;
        found.set(place, stands);
        free.delete(stands);
      }
    }
  }
  return found;
}

/** The same for places that are alike in that part and in so many names at the end; null: it has no such part. */
function keyOf(place: string, sameIn: (place: string) => string | null, depth: number): string | null {
  const part = sameIn(place);
  const names = place.split('/');
  if (part === null || names.length < depth) return null;
  return [part, ...names.slice(names.length - depth)].join('\0');
}

/** A place without a folder begins with '/' and may end with the number of its like: see `placeOf`. */
function nameOf(place: string): string {
  const name = place.slice(place.lastIndexOf('/') + 1);
  return place.startsWith('/') ? name.replace(/#\d+$/, '') : name;
}

/** Renamed and moved at once: nothing of the place is left to go by. */
function anywhere(): string {
  return '';
}

/** Null where it is not known. */
function folderOf(place: string): string | null {
  return place.startsWith('/') ? null : place.slice(0, Math.max(0, place.lastIndexOf('/')));
}
