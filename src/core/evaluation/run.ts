/** Thresholds that take the place of a set's own: one for all labels, or of some labels by text id. */
export type MovedThresholds = number | Readonly<Record<string, number>>;

/**
 * [Note: Runs] Whose answers are judged or compared: the set's present ones, at its own thresholds or moved ones, or those
 * of a kept version. In sets of classes a threshold is the probability below which a photo is refused; those of groups
 * go by `wholeOf(group)`.
 */
export type Run = { readonly version: number } | { readonly version: null; readonly moved: MovedThresholds };

/** The set's present answers at its own thresholds. */
export const presentRun: Run = { version: null, moved: {} };

/** Stands where a label is meant for photos as a whole: of a set of labels, or of one group of a set of classes. */
export function wholeOf(group: number | null): string {
  return group === null ? '*' : `*${group}`;
}

/** Number of the group of `wholeOf`, 0 for a set of labels; null for a label. */
export function groupOfWhole(label: string): number | null {
  const found = /^\*(\d{0,4})$/.exec(label);
  return found === null ? null : Number(found[1]);
}

/** A run as text: `now`, `0.5`, `now;dog=0.5;cat=0.25`, `v3`. */
export function formatRun(run: Run): string {
  if (run.version !== null) return `v${run.version}`;
  if (typeof run.moved === 'number') return String(run.moved);
  const moved = Object.entries(run.moved).map(([label, at]) => `;${encodeURIComponent(label)}=${at}`);
  return `now${moved.join('')}`;
}

/** Null for a text that is no run. */
export function parseRun(text: string): Run | null {
  const version = /^v([1-9]\d{0,9})$/.exec(text)?.[1];
  if (version !== undefined) return { version: Number(version) };
  const all = thresholdOf(text);
  if (all !== null) return { version: null, moved: all };
  const [first, ...rest] = text.split(';');
  if (first !== 'now') return null;
  const moved = new Map<string, number>();
  for (const part of rest) {
    const at = part.lastIndexOf('=');
    const threshold = thresholdOf(part.slice(at + 1));
    if (at < 1 || threshold === null) return null;
    try {
      moved.set(decodeURIComponent(part.slice(0, at)), threshold);
    } catch {
      return null; // a stray % in an edited link
    }
  }
  return { version: null, moved: Object.fromEntries(moved) };
}

/** Thresholds with those that were moved. @param labels text ids */
export function movedThresholds(
  labels: readonly string[],
  own: Float64Array,
  moved: MovedThresholds,
): Float64Array<ArrayBuffer> {
  return Float64Array.from(own, (threshold, n) => {
    if (typeof moved === 'number') return moved;
    const label = labels[n]!;
    return Object.hasOwn(moved, label) ? moved[label]! : threshold;
  });
}

function thresholdOf(text: string): number | null {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : null;
}
