import { type Box, boxes } from '../metadata/isobmff-boxes.ts';
import { type Extent, type Item, itemsOf } from '../metadata/item-extents.ts';

/** Pictures, and what they are made of. Not 'jpeg': such an item may be a whole JPEG with EXIF of its own. */
const pictureItems = new Set(['hvc1', 'hev1', 'lhv1', 'avc1', 'av01', 'grid', 'iden', 'iovl', 'tmap']);
/** Words about pictures. What any other item holds is not known. */
const wordItems = new Set(['Exif', 'mime', 'uri ']);
const metaChildren = new Set(['hdlr', 'dinf', 'pitm', 'iinf', 'iref', 'iprp', 'iloc', 'idat', 'grpl']);
/** Properties of pictures; others are words about them (descriptions, times). */
const pictureProperties = new Set(
  'ispe colr pixi hvcC lhvC avcC av1C jpgC irot imir clap pasp auxC rloc lsel a1lx a1op iscl clli mdcv cclv amve ndwt reve oinf tols'.split(
    ' ',
  ),
);
/** A TIFF file without an entry, and XMP without a property. */
const emptyTiff = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0];
const emptyXmp = Array.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', (c) => c.charCodeAt(0));
const space = 0x20;

/**
 * A HEIC or AVIF file in which all that is not its pictures is overwritten in place: places and lengths stay, so nothing
 * that the file says about where its pictures lie has to be made anew.
 *
 * @returns null: damaged, a film, made in another way, or with parts of which it is not known what they hold
 */
export function withoutMetadataIsobmff(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  try {
    return wiped(bytes);
  } catch (error) {
    // A box that ends before what it must hold.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function wiped(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const top = [...boxes(view, 0, bytes.length)];
  const metas = top.filter(({ type }) => type === 'meta');
  const [meta] = metas;
  const isFilm = top.some(({ type }) => type === 'moov' || type === 'moof');
  if (top[0]?.type !== 'ftyp' || meta === undefined || metas.length > 1 || isFilm) return null;
  if (top.some(({ isWhole }) => !isWhole)) return null;
  const items = itemsOf(view, meta, bytes.length);
  const main = items?.get(primaryItem(view, meta) ?? -1);
  if (!items || main === undefined || !pictureItems.has(main.type)) return null;

  const pictures: Extent[] = [];
  const words: Item[] = [];
  for (const item of items.values()) {
    if (pictureItems.has(item.type)) pictures.push(...item.extents);
    else if (wordItems.has(item.type)) words.push(item);
    else return null;
  }
  // A place outside of the boxes of data would keep what lies there, or point to what is overwritten below.
  const data = [...top, ...boxes(view, meta.from + 4, meta.end)].filter(
    ({ type }) => type === 'mdat' || type === 'idat',
  );
  const isInData = (one: Extent) => data.some(({ from, end }) => one.from >= from && one.end <= end);
  if (!pictures.every(isInData)) return null;
  // What lies behind the last box belongs to nothing.
  const copy = bytes.slice(0, top.at(-1)!.end);
  const out = new DataView(copy.buffer);
  for (const box of top) {
    if (box.type === 'mdat') wipeBetween(copy, box, pictures);
    else if (box.type !== 'ftyp' && box.type !== 'meta') free(copy, box);
  }
  for (const box of boxes(out, meta.from + 4, meta.end)) wipeInMeta(copy, out, box, pictures);
  for (const { name } of items.values()) copy.fill(0, name.from, name.end);
  // Readers expect EXIF to be a TIFF file behind the offset to it, XMP to be text.
  for (const { type, extents } of words) {
    if (extents.some((one) => touches(one, pictures))) continue;
    if (type === 'mime') for (const { from, end } of extents) copy.fill(space, from, end);
    const [first] = extents;
    const [content, at] = type === 'mime' ? [emptyXmp, 0] : [emptyTiff, 4];
    const fits = first !== undefined && first.end - first.from >= at + content.length;
    if (fits && (type === 'mime' || type === 'Exif')) copy.set(content, first.from + at);
  }
  return copy;
}

function primaryItem(view: DataView, meta: Box): number | null {
  for (const { type, from, end } of boxes(view, meta.from + 4, meta.end)) {
    if (type !== 'pitm') continue;
    const isWide = view.getUint8(from) !== 0;
    if (from + (isWide ? 8 : 6) > end) return null;
    return isWide ? view.getUint32(from + 4) : view.getUint16(from + 4);
  }
  return null;
}

function wipeInMeta(copy: Uint8Array, view: DataView, box: Box, pictures: readonly Extent[]): void {
  const { type, from, end } = box;
  if (!metaChildren.has(type)) free(copy, box);
  else if (type === 'idat') wipeBetween(copy, box, pictures);
  // Behind the kind of handler and its reserved bytes: the name of the program that wrote it.
  else if (type === 'hdlr') copy.fill(0, Math.min(end, from + 24), end);
  else if (type === 'iprp')
    for (const part of boxes(view, from, end)) {
      if (part.type !== 'ipco') continue;
      for (const property of boxes(view, part.from, part.end))
        if (!pictureProperties.has(property.type)) free(copy, property);
    }
}

/** Makes a box one that readers skip, and that holds nothing. */
function free(copy: Uint8Array, { start, from, end }: Box): void {
  copy.set([0x66, 0x72, 0x65, 0x65], start + 4);
  copy.fill(0, from, end);
}

/** Zeros all of a box that belongs to no picture. */
function wipeBetween(copy: Uint8Array, { from, end }: Box, pictures: readonly Extent[]): void {
  const inside = pictures.filter((one) => one.end > from && one.from < end).sort((a, b) => a.from - b.from);
  let at = from;
  for (const one of inside) {
    if (one.from > at) copy.fill(0, at, one.from);
    at = Math.max(at, one.end);
  }
  if (at < end) copy.fill(0, at, end);
}

function touches({ from, end }: Extent, pictures: readonly Extent[]): boolean {
  return pictures.some((one) => one.end > from && one.from < end);
}
