/**
 * [Note: Decided for ever]
 * What the person decided about pairs is kept by the SHA-256 of the bytes, not by the photo's number: it holds after
 * another import, another scan, another model. Equal bytes are told apart by where they are.
 */
export interface PhotoKey {
  /** 64 hex digits. */
  readonly sha256: string;
  /** Where the file is, as the library knows it: see `placeOf`. */
  readonly place: string;
}

/** Photos in one decision, wherever it comes from. */
export const mostDecidedPhotos = 100_000;

/**
 * `keep`: the first is kept, the others are to be removed. `alternates`: all are kept, as versions of one picture.
 * `not-related`: they have nothing to do with each other.
 */
export type DecisionKind = 'keep' | 'alternates' | 'not-related';

export interface Decision {
  /** 1, 2, ...; grows with time. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: DecisionKind;
  /** Two or more; of `keep` the first is the one that is kept. */
  readonly photos: readonly PhotoKey[];
  /** Run of the rules that made it; 0: a run of a library that it came from. Null: the person, one by one. */
  readonly run: number | null;
  /** Of decisions that were imported together the same: undoing takes back all of them. */
  readonly batch?: number;
}

/** A file's place; `ordinal` counts equal bytes of the same name whose folders are not known, from 0. */
export function placeOf(path: string | null, name: string, ordinal = 0): string {
  const place = path ?? `/${name}`;
  return ordinal === 0 ? place : `${place}#${ordinal}`;
}

/** The thing that a decision speaks of: the bytes, or one of several places that have the same. */
export function nodesOf(photos: readonly PhotoKey[]): string[] {
  return photos.map(speaksOfCopies(photos) ? copyNode : contentNode);
}

/** Whether they are equal bytes at several places. */
export function speaksOfCopies(photos: readonly PhotoKey[]): boolean {
  return photos.every(({ sha256 }) => sha256 === photos[0]!.sha256);
}

export function contentNode({ sha256 }: { readonly sha256: string }): string {
  return sha256;
}

export function copyNode({ sha256, place }: PhotoKey): string {
  return `${sha256}\n${place}`;
}

/** Whether it speaks of two different things or more, and either of copies of one content or of different contents. */
export function isSound({ photos }: Pick<Decision, 'photos'>): boolean {
  const contents = new Set(photos.map(contentNode)).size;
  if (photos.length < 2 || (contents !== 1 && contents !== photos.length)) return false;
  return new Set(nodesOf(photos)).size === photos.length;
}

/** The same for decisions that say the same. */
export function decisionKey({ kind, photos }: Pick<Decision, 'kind' | 'photos'>): string {
  const nodes = nodesOf(photos);
  // Of `keep` the first is the one that stays; the order of all others says nothing.
  const ordered = kind === 'keep' ? [nodes[0]!, ...nodes.slice(1).sort()] : nodes.sort();
  return `${kind} ${ordered.join(' ')}`;
}
