import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImageHeader } from './image-header.ts';

type Part = string | readonly number[];

function bytes(...parts: readonly Part[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? Array.from(part, (char) => char.charCodeAt(0)) : [...part],
    ),
  );
}

const u16 = (n: number) => [n >> 8, n & 255];
const u32 = (n: number) => [...u16(n >>> 16), ...u16(n & 0xffff)];
const little = (n: number, length: number) => Array.from({ length }, (_, i) => (n >>> (8 * i)) & 255);
const segment = (marker: number, content: readonly number[]) => [
  0xff,
  marker,
  ...u16(content.length + 2),
  ...content,
];
const frame = (marker: number, width: number, height: number) =>
  segment(marker, [8, ...u16(height), ...u16(width), 3]);
const box = (type: string, ...content: readonly Part[]): number[] => {
  const inner = [...bytes(...content)];
  return [...u32(inner.length + 8), ...bytes(type), ...inner];
};

describe('a picture header', () => {
  it('is read from a JPEG with any kind of frame', () => {
    for (const marker of [0xc0, 0xc1, 0xc2, 0xc9]) {
      const header = readImageHeader(bytes([0xff, 0xd8], segment(0xe0, [1, 2]), frame(marker, 4000, 3000)));
      expect(header).toEqual({ kind: 'picture', format: 'jpeg', width: 4000, height: 3000 });
    }
  });

  it('is found behind large segments that hold something like a frame, fill bytes and tables', () => {
    const ballast = segment(
      0xe2,
      new Array<number>(65_000).fill(0).flatMap((_, i) => frame(0xc0, i, i)[i % 8] ?? 0),
    );
    const header = readImageHeader(
      bytes([0xff, 0xd8], ballast, ballast, [0xff, 0xff], segment(0xc4, [0, 1]), frame(0xc2, 7, 9)),
    );
    expect(header).toMatchObject({ width: 7, height: 9 });
  });

  it('of a JPEG that ends, or whose data begin, before the frame is broken', () => {
    expect(readImageHeader(bytes([0xff, 0xd8], segment(0xe0, [1])))).toMatchObject({ kind: 'broken' });
    expect(readImageHeader(bytes([0xff, 0xd8], segment(0xda, [1, 2])))).toEqual({
      kind: 'broken',
      format: 'jpeg',
      found: 'the picture data begins without a frame header',
    });
  });

  it('is read from a PNG, zero sizes and 31-bit ones included', () => {
    const png = (width: number, height: number) =>
      readImageHeader(bytes([0x89], 'PNG\r\n', [0x1a, 0x0a], u32(13), 'IHDR', u32(width), u32(height)));
    expect(png(640, 480)).toEqual({ kind: 'picture', format: 'png', width: 640, height: 480 });
    expect(png(0, 480)).toMatchObject({ kind: 'picture', width: 0 });
    expect(png(2 ** 31 - 1, 30_000)).toMatchObject({ width: 2 ** 31 - 1, height: 30_000 });
  });

  it('is read from the three kinds of WebP', () => {
    const webp = (chunk: string, content: readonly number[]) =>
      readImageHeader(bytes('RIFF', u32(0), 'WEBP', chunk, u32(0), content, [0, 0, 0, 0]));
    expect(webp('VP8X', [0, 0, 0, 0, ...little(16_000 - 1, 3), ...little(9_000 - 1, 3)])).toMatchObject({
      format: 'webp',
      width: 16_000,
      height: 9_000,
    });
    expect(webp('VP8L', [0x2f, ...little((639 << 0) | (479 << 14), 4), 0, 0])).toMatchObject({
      width: 640,
      height: 480,
    });
    expect(webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...little(800, 2), ...little(600, 2)])).toMatchObject({
      width: 800,
      height: 600,
    });
    expect(webp('VP8 ', new Array<number>(12).fill(0))).toMatchObject({ kind: 'broken' });
  });

  it('is read from GIF and BMP, rows from top to bottom included', () => {
    expect(readImageHeader(bytes('GIF89a', little(60_000, 2), little(60_001, 2)))).toEqual({
      kind: 'picture',
      format: 'gif',
      width: 60_000,
      height: 60_001,
    });
    const bmp = (height: number) =>
      readImageHeader(
        bytes('BM', new Array<number>(12).fill(0), little(40, 4), little(320, 4), little(height, 4)),
      );
    expect(bmp(240)).toEqual({ kind: 'picture', format: 'bmp', width: 320, height: 240 });
    expect(bmp(-240)).toEqual({ kind: 'picture', format: 'bmp', width: 320, height: 240 });
  });

  it('of an AVIF or a HEIC is the largest of its items', () => {
    const ispe = (width: number, height: number) => box('ispe', [0, 0, 0, 0], u32(width), u32(height));
    const meta = box(
      'meta',
      [0, 0, 0, 0],
      box('iprp', box('ipco', ispe(160, 120), ispe(4000, 3000), box('pixi'))),
    );
    expect(readImageHeader(bytes(box('ftyp', 'avif', u32(0), 'mif1'), meta))).toEqual({
      kind: 'picture',
      format: 'avif',
      width: 4000,
      height: 3000,
    });
    expect(readImageHeader(bytes(box('ftyp', 'heic', u32(0), 'mif1'), meta))).toMatchObject({
      format: 'heic',
      width: 4000,
    });
    expect(readImageHeader(bytes(box('ftyp', 'mif1', u32(0), 'avif', 'heic'), box('free')))).toMatchObject({
      kind: 'broken',
      format: 'avif',
    });
  });

  it('names formats that are not taken', () => {
    const found = (...parts: readonly Part[]) => {
      const header = readImageHeader(bytes(...parts));
      return header.kind === 'unsupported' ? header.found : header.kind;
    };
    expect(found(box('ftyp', 'qt  ', u32(0)))).toBe('MOV');
    expect(found(box('ftyp', 'isom', u32(0), 'mp42'))).toBe('MP4');
    expect(found('%PDF-1.7')).toBe('PDF');
    expect(found('II*\0')).toBe('TIFF');
    expect(found('<?xml version="1.0"?>\n<!-- hi -->\n<svg xmlns="">')).toBe('SVG');
    expect(found('<!DOCTYPE svg PUBLIC "">\n<svg>')).toBe('SVG');
    expect(found('<!DOCTYPE html><svg>')).toBe('HTML');
    expect(found('  <html>')).toBe('HTML');
    expect(found('BMW is a maker of cars, and this is a text about it')).toBe('text');
    expect(found([0xe4, 0xbd, 0xa0, 0xe5, 0xa5, 0xbd])).toBe('text');
    expect(found([0, 1, 2, 3, 4, 5])).toBeNull();
    expect(found('')).toBeNull();
  });

  it('never throws and never gives a size that is not a whole number, whatever the bytes', () => {
    const starts = [
      [0xff, 0xd8, 0xff],
      [...bytes([0x89], 'PNG\r\n', [0x1a, 0x0a])],
      [...bytes('RIFF', u32(9), 'WEBPVP8X')],
      [...bytes('RIFF', u32(9), 'WEBPVP8 ')],
      [...bytes('GIF89a')],
      [...bytes('BM', new Array<number>(12).fill(0), little(40, 4))],
      box('ftyp', 'avif'),
      [...box('ftyp', 'avif'), ...bytes(u32(200), 'meta', u32(0), u32(100), 'iprp', u32(1), 'ipco')],
      [],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        const header = readImageHeader(Uint8Array.from([...start, ...rest]));
        if (header.kind !== 'picture') return;
        expect(Number.isInteger(header.width) && header.width >= 0).toBe(true);
        expect(Number.isInteger(header.height) && header.height >= 0).toBe(true);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
