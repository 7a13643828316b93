/** What rules and comparisons look at. */
export interface PhotoFacts {
  readonly photo: number;
  readonly name: string;
  /** Null where the folder is not known. */
  readonly path: string | null;
  /** Bytes. */
  readonly size: number;
  /** Pixels, orientation applied. */
  readonly width: number;
  readonly height: number;
  /** MIME type; '' if unknown. */
  readonly type: string;
  /** Milliseconds, see [Note: Wall-clock times]. */
  readonly capturedAt: number;
  /** Instant, milliseconds since 1970. */
  readonly modifiedAt: number;
  /** How many of the things that cameras write into files are there. */
  readonly metadata: number;
  /** The capture date is the camera's, not the file's. */
  readonly hasCaptureDate: boolean;
  /** A file of the person's own, not only bytes in the library. */
  readonly hasFile: boolean;
}

export type KeepRule =
  | { readonly kind: 'best-quality' | 'largest' | 'smallest' | 'oldest' | 'newest' | 'most-metadata' }
  /** Photos below earlier folders are kept first; '/' between names, without one at the ends. */
  | { readonly kind: 'folder-order'; readonly folders: readonly string[] }
  /** `*`: any characters, `?`: one; not case-sensitive. `keep` false: such photos go first. */
  | { readonly kind: 'name-pattern'; readonly pattern: string; readonly keep: boolean };

export type KeepRuleKind = KeepRule['kind'];

export const keepRuleKinds = [
  'best-quality',
  'largest',
  'smallest',
  'oldest',
  'newest',
  'most-metadata',
  'folder-order',
  'name-pattern',
] as const satisfies readonly KeepRuleKind[];

export const defaultRules: readonly KeepRule[] = [
  { kind: 'best-quality' },
  { kind: 'most-metadata' },
  { kind: 'oldest' },
];

/** Formats that lose nothing. GIF is none: of a photo it keeps 256 colours. */
const losslessTypes: ReadonlySet<string> = new Set(['image/png', 'image/bmp', 'image/tiff']);

/** How many bytes JPEG takes for what others say in one byte, about. */
const efficiencies: ReadonlyMap<string, number> = new Map([
  ['image/gif', 0.25],
  ['image/webp', 1.3],
  ['image/heic', 1.8],
  ['image/heif', 1.8],
  ['image/avif', 2],
]);

/** Whether a format loses nothing of a picture. */
export function isLossless(type: string): boolean {
  return losslessTypes.has(type);
}

/**
 * The better quality first: more pixels by more than a hundredth, then a format that loses nothing, then more bytes as
 * JPEG would take them: what was packed again in a newer format is no better than what it was made from.
 *
 * @returns below 0: `a` is better
 */
export function compareQuality(a: PhotoFacts, b: PhotoFacts): number {
  const [pixelsA, pixelsB] = [a.width * a.height, b.width * b.height];
  if (Math.abs(pixelsA - pixelsB) > 0.01 * Math.max(pixelsA, pixelsB)) return pixelsB - pixelsA;
  const bytes = ({ size, type }: PhotoFacts) => size * (efficiencies.get(type) ?? 1);
  return Number(isLossless(b.type)) - Number(isLossless(a.type)) || bytes(b) - bytes(a);
}

/** @returns below 0: `a` is to be kept rather than `b`; 0: the rule has no opinion */
export function compareByRule(rule: KeepRule, a: PhotoFacts, b: PhotoFacts): number {
  switch (rule.kind) {
    case 'best-quality':
      return compareQuality(a, b);
    case 'largest':
      return b.size - a.size;
    case 'smallest':
      return a.size - b.size;
    case 'oldest':
      return a.capturedAt - b.capturedAt || a.modifiedAt - b.modifiedAt;
    case 'newest':
      return b.capturedAt - a.capturedAt || b.modifiedAt - a.modifiedAt;
    case 'most-metadata':
      return b.metadata - a.metadata;
    case 'folder-order':
      return folderRank(rule.folders, a) - folderRank(rule.folders, b);
    case 'name-pattern': {
      const [first, second] = [a, b].map(({ name }) => Number(matchesPattern(name, rule.pattern)));
      return rule.keep ? second! - first! : first! - second!;
    }
  }
}

/**
 * Photos in the order of keeping: the first is to be kept. Where no rule decides, one with a file of the person's own
 * before one that is only in the library, then the one that was added first.
 */
export function rankByRules<Facts extends PhotoFacts>(
  photos: readonly Facts[],
  rules: readonly KeepRule[],
): Facts[] {
  return [...photos].sort((a, b) => {
    for (const rule of rules) {
      const order = compareByRule(rule, a, b);
      if (order !== 0) return order;
    }
    return Number(b.hasFile) - Number(a.hasFile) || a.photo - b.photo;
  });
}

function folderRank(folders: readonly string[], { path }: PhotoFacts): number {
  const rank = folders.findIndex((folder) => path !== null && isBelow(path, folder));
  return rank < 0 ? folders.length : rank;
}

/**
 * Whether a file's path leads through that folder, or through one whose path ends so; '' is above all. Not case-sensitive,
 * with '/' or '\\' between names, and however accents are composed (disks keep them apart): it is what a person types.
 */
export function isBelow(path: string, folder: string): boolean {
  if (folder === '') return true;
  return `/${folded(path)}`.includes(`/${folded(folder).replaceAll('\\', '/')}/`);
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Matches in time of the product of the lengths, whatever the pattern: it is the person's text, not a program. */
export function matchesPattern(name: string, pattern: string): boolean {
  const text = [...name.toLowerCase()];
  // Which lengths of the text the pattern so far matches.
  let reach = new Uint8Array(text.length + 1);
  reach[0] = 1;
  for (const symbol of pattern.toLowerCase()) {
    const next = new Uint8Array(text.length + 1);
    if (symbol === '*') next[0] = reach[0]!;
    for (let n = 1; n <= text.length; n++) {
      if (symbol === '*') next[n] = reach[n]! | next[n - 1]!;
      else if (symbol === '?' || symbol === text[n - 1]) next[n] = reach[n - 1]!;
    }
    reach = next;
  }
  return reach[text.length] === 1;
}
