import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxes } from '../metadata/isobmff-boxes.ts';
import { itemsOf } from '../metadata/item-extents.ts';
import { withoutMetadataIsobmff } from './strip-isobmff.ts';
import { withoutMetadata } from './strip-metadata.ts';

const ascii = (text: string) => Array.from(text, (c) => c.charCodeAt(0));
const u16 = (value: number) => [value >> 8, value & 255];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];
const box = (type: string, ...content: readonly (readonly number[])[]) => {
  const data = content.flat();
  return [...u32(data.length + 8), ...ascii(type), ...data];
};
const fullBox = (type: string, version: number, ...content: readonly (readonly number[])[]) =>
  box(type, [version, 0, 0, 0], ...content);
const item = (id: number, type: string, name: string, rest: readonly number[] = []) =>
  fullBox('infe', 2, u16(id), [0, 0], ascii(type), ascii(name), [0], rest);

const place = {
  picture: [1, 2, 3, 4, 5],
  exif: ascii('....MM home of the person'),
  xmp: ascii('<x:xmpmeta>secret</x>'),
};

/** A file with a picture, EXIF and XMP; places in `iloc` count from the start of the file. */
function made(
  changes: { readonly top?: readonly number[]; readonly property?: readonly number[] } = {},
): Uint8Array<ArrayBuffer> {
  const head = box('ftyp', ascii('avif'), u32(0), ascii('mif1'));
  const data = [...place.picture, ...ascii('left over'), ...place.exif, ...place.xmp];
  const metaOf = (at: number) => {
    const exifAt = at + place.picture.length + 9;
    const places = [
      [1, at, place.picture.length],
      [2, exifAt, place.exif.length],
      [3, exifAt + place.exif.length, place.xmp.length],
    ] as const;
    return fullBox(
      'meta',
      0,
      fullBox('hdlr', 0, u32(0), ascii('pict'), u32(0), u32(0), u32(0), ascii('Program'), [0]),
      fullBox('pitm', 0, u16(1)),
      fullBox(
        'iinf',
        0,
        u16(3),
        item(1, 'av01', 'my holiday'),
        item(2, 'Exif', ''),
        item(3, 'mime', '', [...ascii('application/rdf+xml'), 0]),
      ),
      box(
        'iprp',
        box(
          'ipco',
          fullBox('ispe', 0, u32(9), u32(9)),
          box('udes', ascii('my home')),
          changes.property ?? [],
        ),
      ),
      fullBox(
        'iloc',
        0,
        [0x44, 0],
        u16(3),
        places.flatMap(([id, from, length]) => [...u16(id), 0, 0, ...u16(1), ...u32(from), ...u32(length)]),
      ),
      box('uuid', ascii('maker')),
    );
  };
  const start = head.length + metaOf(0).length + 8;
  return Uint8Array.from([
    ...head,
    ...metaOf(start),
    ...box('mdat', data),
    ...box('mpvd', ascii('a film')),
    ...(changes.top ?? []),
  ]);
}

describe('a copy of a HEIC or AVIF file without metadata', () => {
  it('has the same length and pictures, and nothing else that could be read', () => {
    const whole = made();
    const copy = withoutMetadataIsobmff(whole)!;
    expect(copy).toHaveLength(whole.length);
    const text = Buffer.from(copy).toString('latin1');
    for (const word of ['home', 'secret', 'holiday', 'left', 'film', 'maker', 'Program'])
      expect(text).not.toContain(word);
    const at = Buffer.from(whole).indexOf(Buffer.from(place.picture));
    expect([...copy.subarray(at, at + place.picture.length)]).toEqual(place.picture);
    // All that says where the picture is and how it is coded is as it was.
    const view = new DataView(copy.buffer);
    const meta = [...boxes(view, 0, copy.length)].find(({ type }) => type === 'meta')!;
    expect(itemsOf(view, meta, copy.length)!.get(1)!.extents).toEqual([
      { from: at, end: at + place.picture.length },
    ]);
    expect(text).toContain('ispe');
  });

  it('is not made of films, of damaged files, and of files whose picture is unknown', () => {
    expect(withoutMetadataIsobmff(made({ top: box('moov', []) }))).toBeNull();
    expect(withoutMetadataIsobmff(made().slice(0, -3))).toBeNull();
    expect(withoutMetadataIsobmff(Uint8Array.from(box('ftyp', ascii('heic'))))).toBeNull();
    const other = made();
    other.set(ascii('what'), Buffer.from(other).indexOf('av01'));
    expect(withoutMetadataIsobmff(other)).toBeNull();
    // What lies behind the last box is left out.
    expect(withoutMetadataIsobmff(made({ top: [1, 2, 3] }))).toHaveLength(made().length);
  });

  it('is not made of a file of which a part is unknown, or that keeps a whole JPEG', () => {
    for (const type of ['jpeg', 'what']) {
      const other = made();
      // The item of EXIF becomes one of another type; the picture itself stays known.
      other.set(ascii(type), Buffer.from(other).indexOf('Exif'));
      expect(withoutMetadataIsobmff(other), type).toBeNull();
    }
    const main = made();
    main.set(ascii('jpeg'), Buffer.from(main).indexOf('av01'));
    expect(withoutMetadataIsobmff(main)).toBeNull();
  });

  it('is not made of a file whose picture lies outside of the boxes of data', () => {
    const whole = made();
    const file = Buffer.from(whole);
    const iloc = file.indexOf('iloc');
    // Behind name, version, sizes, count: id, place of data, number of extents; then the first place.
    const placeAt = iloc + 4 + 4 + 2 + 2 + 6;
    const start = file.indexOf(Buffer.from(place.picture));
    expect(file.readUInt32BE(placeAt)).toBe(start);
    for (const at of [file.indexOf('a film'), file.indexOf('my home'), start - 1]) {
      const other = whole.slice();
      other.set(u32(at), placeAt);
      expect(withoutMetadataIsobmff(other), String(at)).toBeNull();
    }
  });

  it('never throws and never grows, whatever the bytes', () => {
    const whole = made();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 }),
        fc.nat(whole.length),
        (changes, length) => {
          const damaged = whole.slice(0, length);
          for (const [at, value] of changes) if (at < length) damaged[at] = value;
          const copy = withoutMetadataIsobmff(damaged);
          expect(copy?.length ?? 0).toBeLessThanOrEqual(damaged.length);
        },
      ),
    );
  });

  const hasHeicEncoder = spawnSync('heif-enc', ['--version']).error === undefined;
  const hasExiftool = spawnSync('exiftool', ['-ver']).status === 0;
  const fixtures = fileURLToPath(new URL('../../../e2e/.fixtures/', import.meta.url));
  const avif = join(fixtures, 'formats/picture.avif');

  /** The groups of tags that exiftool finds, those of the file itself left out. */
  function tagsOf(file: string): { readonly text: string; readonly groups: ReadonlySet<string> } {
    const text = spawnSync('exiftool', ['-a', '-G1', '-s', '-u', file], { encoding: 'utf8' }).stdout;
    return { text, groups: new Set([...text.matchAll(/^\[([^\]]+)\]/gm)].map(([, group]) => group ?? '')) };
  }

  /** What exiftool tells of a picture and its file. */
  const ofPicture = ['ExifTool', 'System', 'File', 'Meta', 'Composite', 'QuickTime', 'ICC', 'ICC_Profile'];

  /** The pixels, decoded by libheif. */
  function decoded(file: string): Buffer {
    const { status, stderr } = spawnSync('heif-convert', [file, `${file}.png`], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    return readFileSync(`${file}.png`);
  }

  /** heif-convert writes the file's EXIF into the PNG, too. */
  const withoutExif = (png: Buffer) => Buffer.concat(withoutMetadata(new Uint8Array(png), 1)!);

  it.skipIf(!hasExiftool || !existsSync(avif))(
    'is one in which exiftool finds neither place, camera nor words',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'picsift-strip-'));
      try {
        const files = [join(folder, 'a.avif')];
        copyFileSync(avif, files[0]!);
        if (hasHeicEncoder) {
          files.push(join(folder, 'b.heic'));
          spawnSync('heif-enc', [join(fixtures, 'near/smaller.jpg'), '-o', files[1]!]);
        }
        for (const file of files) {
          const written = spawnSync('exiftool', [
            '-overwrite_original',
            '-GPSLatitude=48.2',
            '-GPSLatitudeRef=N',
            '-Make=Lumen',
            '-Artist=Somebody',
            '-XMP:Subject=holiday',
            '-XMP:Creator=Somebody',
            file,
          ]);
          expect(written.status, String(written.stderr)).toBe(0);
          const before = tagsOf(file);
          expect(before.groups).toContain('GPS');
          expect(before.text).toMatch(/Lumen[\s\S]*holiday/);
          const bytes = new Uint8Array(readFileSync(file));
          const pixels = hasHeicEncoder ? decoded(file) : null;
          const copy = withoutMetadataIsobmff(bytes)!;
          expect(copy).toHaveLength(bytes.length);
          expect(Buffer.from(copy).toString('latin1')).not.toMatch(/Lumen|Somebody|holiday/);
          writeFileSync(file, copy);
          const after = tagsOf(file);
          expect(after.text).not.toMatch(/Warning|Error|GPS|Lumen|Somebody|holiday/);
          for (const group of after.groups) expect(ofPicture).toContain(group.replace(/-.*/, ''));
          expect(after.text).toMatch(/ImageSize/);
          if (pixels !== null) expect(withoutExif(decoded(file)).equals(withoutExif(pixels))).toBe(true);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
