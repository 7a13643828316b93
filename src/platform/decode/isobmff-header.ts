import { type Box, boxes } from '../../core/metadata/isobmff-boxes.ts';
import { ascii } from './ascii.ts';
import type { ImageHeader } from './image-header.ts';

/** `mif1` and `msf1` alone say no more than that there are pictures: nearly always HEVC ones. */
const heicBrands = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'];

/** Files made of ISO base media boxes: AVIF and HEIC are taken, their relatives (video, ...) are named. */
export function isobmffHeader(view: DataView): ImageHeader {
  const fileType = boxes(view, 0, view.byteLength).next().value;
  if (fileType === undefined || fileType.type !== 'ftyp') return { kind: 'unsupported', found: null };
  const brands = brandsOf(view, fileType);
  // `avis` alone: an image sequence; browsers show its first frame.
  if (brands.includes('avif') || brands.includes('avis')) return itemsHeader(view, 'avif');
  if (heicBrands.some((brand) => brands.includes(brand))) return itemsHeader(view, 'heic');
  return { kind: 'unsupported', found: relative(brands) };
}

function brandsOf(view: DataView, fileType: Box): string[] {
  const brands = [ascii(view, fileType.from, 4)];
  for (let at = fileType.from + 8; at + 4 <= fileType.end; at += 4) brands.push(ascii(view, at, 4));
  return brands;
}

function relative(brands: readonly string[]): string {
  const has = (...names: string[]) => names.some((name) => brands.includes(name));
  if (has('crx ')) return 'CR3';
  if (has('qt  ')) return 'MOV';
  if (has('M4A ', 'M4B ')) return 'M4A';
  if (brands.some((brand) => brand.startsWith('3gp'))) return '3GP';
  return 'MP4';
}

/** Sizes are in `meta > iprp > ipco > ispe`: one per image item. The largest area is the picture's (others are tiles or thumbnails). */
function itemsHeader(view: DataView, format: 'avif' | 'heic'): ImageHeader {
  let width = -1;
  let height = -1;
  for (const box of within(view, 'meta', 'iprp', 'ipco')) {
    if (box.type !== 'ispe' || box.end - box.from < 12) continue;
    const [w, h] = [view.getUint32(box.from + 4), view.getUint32(box.from + 8)];
    if (width < 0 || w * h > width * height) [width, height] = [w, h];
  }
  if (width < 0) return { kind: 'broken', format, found: 'no size (ispe) in the header' };
  return { kind: 'picture', format, width, height };
}

function* within(view: DataView, ...path: readonly string[]): Generator<Box> {
  let [from, end] = [0, view.byteLength];
  for (const type of path) {
    const box = [...boxes(view, from, end)].find((candidate) => candidate.type === type);
    if (box === undefined) return;
    // `meta` is a full box: version and flags come before its content.
    from = type === 'meta' ? box.from + 4 : box.from;
    end = box.end;
  }
  yield* boxes(view, from, end);
}
