import { type Box, boxes } from './isobmff-boxes.ts';

/** Where a part of an item's bytes lies, from the start of the file. */
export interface Extent {
  readonly from: number;
  readonly end: number;
}

/** An item of a HEIF file (ISO/IEC 23008-12): a picture, a tile, or words about one. */
export interface Item {
  /** Such as 'av01', 'grid', 'Exif'. */
  readonly type: string;
  readonly extents: readonly Extent[];
  /** Where its name stands, without the zero that ends it. */
  readonly name: Extent;
}

/**
 * The items of a `meta` box by their ids, as `iinf` names them and `iloc` places them.
 *
 * @param end of the file
 * @returns null: damaged, or laid out in a way that photos are not
 */
export function itemsOf(view: DataView, meta: Box, end: number): Map<number, Item> | null {
  const children = [...boxes(view, meta.from + 4, meta.end)];
  const [info, location] = ['iinf', 'iloc'].map((type) => children.find((box) => box.type === type));
  if (info === undefined || location === undefined) return null;
  const places = extentsOf(view, location, children.find(({ type }) => type === 'idat') ?? null, end);
  if (places === null) return null;
  const items = new Map<number, Item>();
  const count = view.getUint8(info.from) === 0 ? 2 : 4;
  for (const entry of boxes(view, info.from + 4 + count, info.end)) {
    const version = view.getUint8(entry.from);
    if (entry.type !== 'infe' || !entry.isWhole || version < 2) return null;
    const wide = version === 2 ? 0 : 2;
    if (entry.from + 12 + wide > entry.end) return null;
    const id = wide === 0 ? view.getUint16(entry.from + 4) : view.getUint32(entry.from + 4);
    const typeAt = entry.from + 8 + wide;
    const type = String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(typeAt + i)));
    let nameEnd = typeAt + 4;
    while (nameEnd < entry.end && view.getUint8(nameEnd) !== 0) nameEnd++;
    items.set(id, { type, extents: places.get(id) ?? [], name: { from: typeAt + 4, end: nameEnd } });
  }
  return items;
}

/** Reads one whole number after another. */
class Reader {
  readonly #view: DataView;
  readonly #end: number;
  at: number;

  constructor(view: DataView, from: number, end: number) {
    this.#view = view;
    this.at = from;
    this.#end = end;
  }

  /** @throws RangeError at the end of the box */
  number(bytes: number): number {
    if (this.at + bytes > this.#end) throw new RangeError('the box is too short');
    let value = 0;
    for (let i = 0; i < bytes; i++) value = value * 256 + this.#view.getUint8(this.at++);
    return value;
  }
}

function extentsOf(
  view: DataView,
  { from, end: boxEnd }: Box,
  inner: Box | null,
  end: number,
): Map<number, Extent[]> | null {
  const places = new Map<number, Extent[]>();
  const reader = new Reader(view, from, boxEnd);
  try {
    const version = reader.number(1);
    reader.number(3);
    const sizes = reader.number(2);
    const [offset, length, base, index] = [12, 8, 4, 0].map((shift) => (sizes >> shift) & 15) as [
      number,
      number,
      number,
      number,
    ];
    const count = reader.number(version < 2 ? 2 : 4);
    for (let n = 0; n < count; n++) {
      const id = reader.number(version < 2 ? 2 : 4);
      const method = version === 0 ? 0 : reader.number(2) & 15;
      const isElsewhere = reader.number(2) !== 0;
      const start = reader.number(base) + (method === 1 ? (inner?.from ?? Number.NaN) : 0);
      const extents: Extent[] = [];
      for (let left = reader.number(2); left > 0; left--) {
        if (version > 0) reader.number(index);
        const extentFrom = start + reader.number(offset);
        const extentEnd = extentFrom + reader.number(length);
        const limit = method === 1 ? inner?.end : end;
        // Written so that a place that is not a number is refused, too.
        if (!(extentEnd > extentFrom && extentEnd <= (limit ?? 0))) return null;
        extents.push({ from: extentFrom, end: extentEnd });
      }
      if (isElsewhere || method > 1) return null;
      places.set(id, extents);
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  return places;
}
