/**
 * [Note: Moved copies]
 * What is decided about files of equal bytes speaks of places, see `PhotoKey`; files are renamed and moved, and come in
 * by other ways. A file about whose place nothing was decided stands for a decided place that no file has any more: one
 * of the same name, in folders as alike as can be, else one in the same folder. Each place is taken once, so a new copy
 * beside all others is a new copy.
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
  for (const sameIn of [nameOf, folderOf]) {
    if (free.size === 0) break;
    const byPart = new Map<string, string[]>();
    for (const place of free) {
      const part = sameIn(place);
      if (part !== null) byPart.set(part, [...(byPart.get(part) ?? []), place]);
    }
    for (const place of places) {
      if (known.has(place) || found.has(place)) continue;
      const candidates = (byPart.get(sameIn(place) ?? '') ?? []).filter((one) => free.has(one));
      const [first, ...others] = candidates;
      if (first === undefined) continue;
      const best = others.reduce((a, b) => (alikeEnds(place, b) > alikeEnds(place, a) ? b : a), first);
      found.set(place, best);
      free.delete(best);
    }
  }
  return found;
}

/** A place without a folder begins with '/' and may end with the number of its like: see `placeOf`. */
function nameOf(place: string): string {
  const name = place.slice(place.lastIndexOf('/') + 1);
  return place.startsWith('/') ? name.replace(/#\d+$/, '') : name;
}

/** Null where it is not known. */
function folderOf(place: string): string | null {
  return place.startsWith('/') ? null : place.slice(0, Math.max(0, place.lastIndexOf('/')));
}

/** Names at the end that both places have in common. */
function alikeEnds(a: string, b: string): number {
  const [first, second] = [a.split('/').reverse(), b.split('/').reverse()];
  const differs = first.findIndex((name, n) => name !== second[n]);
  return differs < 0 ? first.length : differs;
}
