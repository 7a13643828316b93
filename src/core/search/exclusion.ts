import { type DayRange, dayOf } from './typed-dates.ts';

/** What photos must not be, tags and words of names apart. */
export type Exclusion =
  | { readonly kind: 'folder'; readonly folder: string }
  /** Labelled in that label set. */
  | { readonly kind: 'set'; readonly set: number }
  | { readonly kind: 'favourites' }
  /** Taken on one of these days; never open at both ends. */
  | ({ readonly kind: 'dates' } & DayRange);

/** As links write it: `folder.Trips/Japan`, `set.3`, `favourites`, `dates.2024-01-01..2024-12-31`. */
export function formatExclusion(exclusion: Exclusion): string {
  const { kind } = exclusion;
  if (kind === 'folder') return `folder.${exclusion.folder}`;
  if (kind === 'set') return `set.${exclusion.set}`;
  if (kind === 'favourites') return kind;
  return `dates.${exclusion.from ?? ''}..${exclusion.to ?? ''}`;
}

/** What `formatExclusion` wrote; null if it is none. */
export function parseExclusion(text: string): Exclusion | null {
  if (text === 'favourites') return { kind: 'favourites' };
  const [, kind, value = ''] = /^(folder|set|dates)\.(.+)$/s.exec(text) ?? [];
  if (kind === 'folder') return { kind, folder: value };
  if (kind === 'set') return /^[1-9]\d{0,9}$/.test(value) ? { kind, set: Number(value) } : null;
  if (kind !== 'dates') return null;
  const [first = '', last = '', ...more] = value.split('..');
  const [from, to] = [dayOf(first), dayOf(last)];
  const isBroken = more.length > 0 || (first !== '' && from === null) || (last !== '' && to === null);
  return isBroken || (from === null && to === null) ? null : { kind, from, to };
}

/** The lists as one, each exclusion once. */
export function joinedExclusions(...lists: readonly (readonly Exclusion[])[]): readonly Exclusion[] {
  return [...new Map(lists.flat().map((one) => [formatExclusion(one), one])).values()];
}
