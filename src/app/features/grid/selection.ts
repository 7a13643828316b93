import type { PhotoId } from '../../../core/library/photo.ts';

/** Selected photos: one bit per photo id, so that selecting 100,000 of them takes no longer than a frame. Immutable. */
export interface Selection {
  /** Bit `id & 31` of word `id >>> 5`. */
  readonly bits: Uint32Array;
  readonly count: number;
  /** Where a range starts: the photo that was last selected by itself. */
  readonly anchor: PhotoId | null;
  /** What was selected when the anchor was set: a new range replaces the last one and keeps this. */
  readonly base: Uint32Array;
}

/** `ids` are those of the view, in order. */
export type SelectionAction =
  | { readonly type: 'toggle'; readonly id: PhotoId }
  /** From the anchor to number `to` of the view; without an anchor, from number `from`. */
  | { readonly type: 'extend'; readonly ids: Uint32Array; readonly from: number; readonly to: number }
  /** A run of the view, such as a month; deselected if all of it was selected. */
  | { readonly type: 'toggle-run'; readonly ids: Uint32Array; readonly start: number; readonly count: number }
  | { readonly type: 'all'; readonly ids: Uint32Array }
  | { readonly type: 'clear' }
  /** Drops what is no longer in the view: nothing unseen is ever acted upon. */
  | { readonly type: 'keep'; readonly ids: Uint32Array };

const nothing = new Uint32Array(0);

export const emptySelection: Selection = { bits: nothing, count: 0, anchor: null, base: nothing };

export function isSelected(selection: Selection, id: PhotoId): boolean {
  return has(selection.bits, id);
}

/** The selected ids in the order of the view. */
export function selectedIds(selection: Selection, ids: Uint32Array): Uint32Array<ArrayBuffer> {
  const found = new Uint32Array(Math.min(selection.count, ids.length));
  let count = 0;
  for (const id of ids) {
    if (count === found.length) break;
    if (has(selection.bits, id)) found[count++] = id;
  }
  return found.slice(0, count);
}

export function select(selection: Selection, action: SelectionAction): Selection {
  switch (action.type) {
    case 'toggle': {
      const bits = grown(selection.bits, action.id);
      const word = action.id >>> 5;
      bits[word] = ((bits[word] as number) ^ (1 << (action.id & 31))) >>> 0;
      const count = selection.count + (has(bits, action.id) ? 1 : -1);
      return { bits, count, anchor: action.id, base: bits };
    }
    case 'extend': {
      const { ids, to } = action;
      const known = selection.anchor === null ? -1 : ids.indexOf(selection.anchor);
      const from = known < 0 ? action.from : known;
      const base = known < 0 ? selection.bits : selection.base;
      const bits = withRun(base, ids, Math.min(from, to), Math.max(from, to) + 1);
      return { bits, count: countBits(bits), anchor: ids[from] as PhotoId, base };
    }
    case 'toggle-run': {
      const { ids, start, count } = action;
      let selected = 0;
      for (let index = start; index < start + count; index++) {
        if (has(selection.bits, ids[index] as number)) selected++;
      }
      const bits =
        selected === count
          ? withoutRun(selection.bits, ids, start, start + count)
          : withRun(selection.bits, ids, start, start + count);
      return { bits, count: countBits(bits), anchor: null, base: bits };
    }
    case 'all': {
      const bits = withRun(nothing, action.ids, 0, action.ids.length);
      return { bits, count: action.ids.length, anchor: selection.anchor, base: bits };
    }
    case 'clear':
      return selection.count === 0 && selection.anchor === null ? selection : emptySelection;
    case 'keep': {
      if (selection.count === 0) return selection;
      const bits = new Uint32Array(selection.bits.length);
      let count = 0;
      for (const id of action.ids) {
        if (!has(selection.bits, id)) continue;
        bits[id >>> 5] = ((bits[id >>> 5] as number) | (1 << (id & 31))) >>> 0;
        count++;
      }
      return count === selection.count ? selection : { ...selection, bits, count, base: bits };
    }
  }
}

function has(bits: Uint32Array, id: number): boolean {
  return (((bits[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1;
}

/** A copy with room for `id`. */
function grown(bits: Uint32Array, id: number): Uint32Array {
  const copy = new Uint32Array(Math.max(bits.length, (id >>> 5) + 1));
  copy.set(bits);
  return copy;
}

function withRun(bits: Uint32Array, ids: Uint32Array, start: number, end: number): Uint32Array {
  let largest = 0;
  for (let index = start; index < end; index++) largest = Math.max(largest, ids[index] as number);
  const copy = grown(bits, largest);
  for (let index = start; index < end; index++) {
    const id = ids[index] as number;
    copy[id >>> 5] = ((copy[id >>> 5] as number) | (1 << (id & 31))) >>> 0;
  }
  return copy;
}

function withoutRun(bits: Uint32Array, ids: Uint32Array, start: number, end: number): Uint32Array {
  const copy = bits.slice();
  for (let index = start; index < end; index++) {
    const id = ids[index] as number;
    copy[id >>> 5] = ((copy[id >>> 5] as number) & ~(1 << (id & 31))) >>> 0;
  }
  return copy;
}

function countBits(bits: Uint32Array): number {
  let count = 0;
  for (const word of bits) {
    let rest = word - ((word >>> 1) & 0x55555555);
    rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
    count += (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}
