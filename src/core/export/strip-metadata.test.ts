import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutMetadata } from './strip-metadata.ts';

const ascii = (text: string) => Array.from(text, (c) => c.charCodeAt(0));
const u16 = (value: number) => [value >> 8, value & 255];
const segment = (marker: number, data: readonly number[]) => [0xff, marker, ...u16(data.length + 2), ...data];
const joined = (parts: readonly Uint8Array[] | null) => (parts === null ? null : [...Buffer.concat(parts)]);
const bytes = (...values: readonly (readonly number[])[]) => Uint8Array.from(values.flat());

const jfif = segment(0xe0, ascii('JFIF\0....'));
const exif = segment(0xe1, ascii('Exif\0\0 GPS of home'));
const profile = segment(0xe2, ascii('ICC_PROFILE\0..'));
const table = segment(0xdb, [0, 1, 2]);
const scan = [...segment(0xda, [1, 2]), 0x12, 0xff, 0, 0xff, 0xd3, 0x34];
const end = [0xff, 0xd9];

describe('a copy without metadata', () => {
  it('of a JPEG keeps picture, profile and orientation, nothing else', () => {
    const secret = [
      exif,
      segment(0xe2, ascii('MPF\0 preview')),
      segment(0xed, ascii('Photoshop')),
      segment(0xfe, ascii('me')),
    ];
    const whole = bytes(
      [0xff, 0xd8],
      jfif,
      ...secret,
      profile,
      table,
      scan,
      segment(0xfe, ascii('me')),
      scan,
      end,
      ascii('motion video'),
    );
    expect(joined(withoutMetadata(whole, 1))).toEqual([
      ...bytes([0xff, 0xd8], jfif, profile, table, scan, scan, end),
    ]);
    const turned = joined(withoutMetadata(whole, 6))!;
    const exifOnly = segment(0xe1, [
      ...ascii('Exif\0\0MM'),
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0,
    ]);
    expect(turned).toEqual([...bytes([0xff, 0xd8], jfif, exifOnly, profile, table, scan, scan, end)]);
    // Cut off: what there is of the picture.
    const cut = bytes([0xff, 0xd8], exif, scan);
    expect(joined(withoutMetadata(cut, 1))).toEqual([...bytes([0xff, 0xd8], scan)]);
  });

  it('of a PNG, a WebP and a GIF likewise', () => {
    const chunk = (type: string, data: readonly number[]) => [
      0,
      0,
      ...u16(data.length),
      ...ascii(type),
      ...data,
      9,
      9,
      9,
      9,
    ];
    const head = [...ascii('\x89PNG\r\n\x1a\n'), ...chunk('IHDR', [1, 2])];
    const tail = [...chunk('IDAT', [5]), ...chunk('IEND', [])];
    const words = [...chunk('tEXt', ascii('me')), ...chunk('eXIf', ascii('GPS')), ...chunk('prVt', [1])];
    expect(joined(withoutMetadata(bytes(head, words, tail, [1, 2, 3]), 1))).toEqual([...head, ...tail]);
    const turned = joined(withoutMetadata(bytes(head, words, tail), 3))!;
    expect(turned.slice(head.length + 4, head.length + 8)).toEqual(ascii('eXIf'));
    expect(turned).toHaveLength(head.length + 12 + 26 + tail.length);

    const riff = (type: string, data: readonly number[]) => [
      ...ascii(type),
      data.length,
      0,
      0,
      0,
      ...data,
      ...(data.length % 2 ? [0] : []),
    ];
    const webp = (...chunks: readonly number[][]) => {
      const all = chunks.flat();
      return [...ascii('RIFF'), all.length + 4, 0, 0, 0, ...ascii('WEBP'), ...all];
    };
    const extended = (flags: number) => riff('VP8X', [flags, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
    const picture = riff('VP8 ', [1, 2, 3]);
    const full = webp(extended(0x2c), picture, riff('EXIF', ascii('GPS')), riff('XMP ', ascii('me')));
    expect(joined(withoutMetadata(bytes(full), 1))).toEqual(webp(extended(0x20), picture));

    const start = [...ascii('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6];
    const loop = [0x21, 0xff, 11, ...ascii('NETSCAPE2.0'), 3, 1, 0, 0, 0];
    const image = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 7, 8, 0];
    const comment = [0x21, 0xfe, 2, ...ascii('me'), 0];
    const xmp = [0x21, 0xff, 11, ...ascii('XMP DataXMP'), 1, 7, 0];
    expect(joined(withoutMetadata(bytes(start, loop, comment, xmp, image, [0x3b]), 1))).toEqual([
      ...start,
      ...loop,
      ...image,
      0x3b,
    ]);
  });

  it('of another format is not made', () => {
    expect(withoutMetadata(bytes([0, 0, 0, 24], ascii('ftypheic')), 1)).toBeNull();
    expect(withoutMetadata(new Uint8Array(0), 1)).toBeNull();
  });

  it('never throws, never grows by more than the orientation, whatever the bytes', () => {
    const starts = ['\xff\xd8', '\x89PNG\r\n\x1a\n', 'RIFF0000WEBP', 'GIF89a', 'BM'].map(ascii);
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        const given = bytes(start, [...rest]);
        const copy = withoutMetadata(given, 6);
        expect(joined(copy)?.length ?? 0).toBeLessThanOrEqual(given.length + 40);
      }),
    );
  });

  const fixtures = new URL('../../../e2e/.fixtures/', import.meta.url);
  it.skipIf(!existsSync(fixtures))('of real files has the picture, and no trace of the camera', () => {
    const manifest = readFileSync(new URL('manifest.json', fixtures), 'utf8');
    const { files } = JSON.parse(manifest) as {
      files: { path: string; expect: { ok: boolean; exif?: unknown } }[];
    };
    const withExif = files.filter(
      (file) => file.expect.ok && file.expect.exif && /\.(jpe?g|png|webp)$/i.test(file.path),
    );
    expect(withExif.length).toBeGreaterThan(0);
    for (const { path } of withExif) {
      const original = new Uint8Array(readFileSync(new URL(encodeURI(path), fixtures)));
      const copy = Buffer.concat(withoutMetadata(original, 1)!);
      expect(copy.length).toBeLessThan(original.length);
      expect(copy.includes('Exif\0\0')).toBe(false);
    }
  });
});
