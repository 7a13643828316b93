import { clampRegion, type Region } from '../../core/image/region.ts';
import type { PhotoId } from '../../core/library/photo.ts';

/** A photo or a tag in the tray: what results are to be like (weight above 0) or unlike (below 0). */
export type LikeItem = (
  | { readonly kind: 'photo'; readonly id: PhotoId }
  /** By the label's text id. */
  | { readonly kind: 'tag'; readonly id: string }
) & {
  /** -1..1. */
  readonly weight: number;
};

/** Beyond so many nobody can tell what a query means. */
export const mostItems = 24;

export function sameItem(a: LikeItem, b: LikeItem): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** The tray with an item in it, or with its new weight; a full one takes nothing more in. */
export function withItem(items: readonly LikeItem[], item: LikeItem): readonly LikeItem[] {
  if (!items.some((other) => sameItem(other, item)))
    return items.length < mostItems ? [...items, item] : items;
  return items.map((other) => (sameItem(other, item) ? item : other));
}

/**
 * The tray with photos in it, of one weight. Where there is no room for all, those that come in are spread over them.
 *
 * @returns `left`: how many found no room
 */
export function withPhotos(
  items: readonly LikeItem[],
  ids: Iterable<number>,
  weight: number,
): { readonly items: readonly LikeItem[]; readonly left: number } {
  const photos = [...new Set(ids)].map((id) => ({ kind: 'photo', id: id as PhotoId, weight }) as const);
  const isIn = (photo: LikeItem) => items.some((other) => sameItem(other, photo));
  const added = photos.filter((photo) => !isIn(photo));
  const room = Math.min(added.length, mostItems - items.length);
  const taken = Array.from({ length: room }, (_, n) => added[Math.floor((n * added.length) / room)]!);
  return {
    items: [...photos.filter(isIn), ...taken].reduce<readonly LikeItem[]>(withItem, items),
    left: added.length - room,
  };
}

/** Reads `12,15*-0.5,t.dog*1`; what is malformed is left out. */
export function parseItems(text: string | null): readonly LikeItem[] {
  if (text === null) return [];
  let items: readonly LikeItem[] = [];
  for (const part of text.split(',').slice(0, mostItems)) {
    const [, subject = '', factor] = /^([^*]+)(?:\*(-?[\d.]+))?$/.exec(part) ?? [];
    const weight = factor === undefined ? 1 : Number(factor);
    if (!(Math.abs(weight) <= 1)) continue;
    if (/^[1-9]\d{0,9}$/.test(subject))
      items = withItem(items, { kind: 'photo', id: Number(subject) as PhotoId, weight });
    else if (subject.startsWith('t.')) {
      const id = decoded(subject.slice(2));
      if (id !== null && id !== '') items = withItem(items, { kind: 'tag', id, weight });
    }
  }
  return items;
}

export function formatItems(items: readonly LikeItem[]): string {
  return items
    .map((item) => {
      // Asterisks and commas structure the list.
      const subject =
        item.kind === 'photo' ? String(item.id) : `t.${encodeURIComponent(item.id).replaceAll('*', '%2A')}`;
      return item.weight === 1 ? subject : `${subject}*${item.weight}`;
    })
    .join(',');
}

const thousandth = 1000;

/** Reads `x,y,width,height` in thousandths of the picture's sides. */
export function parseRegion(text: string | null): Region | null {
  const parts = (text ?? '').split(',').map(Number);
  const [x, y, width, height] = parts.map((part) => part / thousandth);
  if (parts.length !== 4 || !parts.every((part) => Number.isInteger(part) && part >= 0)) return null;
  return clampRegion({ x: x!, y: y!, width: width!, height: height! });
}

export function formatRegion({ x, y, width, height }: Region): string {
  return [x, y, width, height].map((part) => Math.round(part * thousandth)).join(',');
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
