import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutMetadata } from '../../core/export/strip-metadata.ts';
import { xmpSidecar } from '../../core/export/xmp-sidecar.ts';
import { readKeywords } from './keywords.ts';

const bytesOf = (text: string) => Array.from(Buffer.from(text, 'latin1'));
const u16 = (value: number) => [value >> 8, value & 255];
const segment = (marker: number, data: readonly number[]) => [0xff, marker, ...u16(data.length + 2), ...data];
const jpeg = (...segments: readonly number[][]) =>
  Uint8Array.from([0xff, 0xd8, ...segments.flat(), 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
const xmp = (packet: string) =>
  segment(0xe1, [...bytesOf('http://ns.adobe.com/xap/1.0/\0'), ...Buffer.from(packet, 'utf8')]);

/** An APP13 segment with IPTC records (record, dataset, bytes). */
function iptc(...records: readonly [number, number, readonly number[]][]): number[] {
  const block = records.flatMap(([record, dataset, data]) => [
    0x1c,
    record,
    dataset,
    ...u16(data.length),
    ...data,
  ]);
  const other = [...bytesOf('8BIM'), 0x03, 0xed, 3, 97, 98, 99, 0, 0, 0, 1, 7, 0];
  const size = [0, 0, ...u16(block.length)];
  return segment(0xed, [
    ...bytesOf('Photoshop 3.0\0'),
    ...other,
    ...bytesOf('8BIM'),
    4,
    4,
    0,
    0,
    ...size,
    ...block,
  ]);
}

const photo = (names: readonly string[]) => ({
  name: 'a.jpg',
  path: null,
  capturedAt: null,
  tags: names.map((name) => ({ id: name, name, set: null, said: 'accepted' as const })),
});

describe('keywords of a photo', () => {
  it('in XMP come back as Picsift itself and others write them', () => {
    const names = ['Oma & Opa <3', '狗', '"x"'];
    expect(readKeywords(jpeg(xmp(xmpSidecar(photo(names)))))).toEqual(names);
    const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>
      <rdf:Description><dc:subject><rdf:Bag><rdf:li xml:lang="x">Dog</rdf:li><rdf:li>dog</rdf:li></rdf:Bag></dc:subject>
      <lr:hierarchicalSubject><rdf:Bag><rdf:li>Places|Rome&#x21;</rdf:li></rdf:Bag></lr:hierarchicalSubject>
      </rdf:Description></rdf:RDF></x:xmpmeta>`;
    expect(readKeywords(jpeg(xmp(packet)))).toEqual(['Dog', 'Rome!']);
    // Formats that are no JPEG have the packet somewhere.
    const inside = Buffer.concat([Buffer.from([0x89, 0x50, 0x3c]), Buffer.from(packet), Buffer.from([1])]);
    expect(readKeywords(new Uint8Array(inside))).toEqual(['Dog', 'Rome!']);
  });

  it('in IPTC come back in any of its character sets', () => {
    const utf8 = iptc([1, 90, bytesOf('\x1b%G')], [2, 5, bytesOf('title')], [2, 25, [...Buffer.from('狗')]]);
    expect(readKeywords(jpeg(utf8))).toEqual(['狗']);
    expect(readKeywords(jpeg(iptc([2, 25, [0x4b, 0xf6, 0x6c, 0x6e]], [2, 25, bytesOf('Sea')])))).toEqual([
      'Köln',
      'Sea',
    ]);
    expect(readKeywords(jpeg(iptc([2, 25, [...Buffer.from('Köln')]])))).toEqual(['Köln']);
  });

  it('are each given once, tidied, and bounded', () => {
    const names = Array.from({ length: 500 }, (_, i) => `  word\n${i} `);
    const found = readKeywords(jpeg(xmp(xmpSidecar(photo(['x'.repeat(300), ...names])))));
    expect(found).toHaveLength(200);
    expect(found[0]).toHaveLength(100);
    expect(found[1]).toBe('word 0');
  });

  it('never throw, whatever the bytes', () => {
    const whole = jpeg(xmp(xmpSidecar(photo(['a', 'b']))), iptc([2, 25, bytesOf('c')]));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, value, end) => {
        const damaged = whole.slice();
        damaged[at] = value;
        readKeywords(damaged.subarray(0, end));
      }),
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readKeywords(bytes)));
  });

  const fixture = new URL('../../../e2e/.fixtures/photos/hills-1.jpg', import.meta.url);
  const hasTools = spawnSync('exiftool', ['-ver']).error === undefined && existsSync(fixture);
  it.skipIf(!hasTools)('that exiftool wrote come back, and are gone from a copy without metadata', () => {
    const folder = mkdtempSync(join(tmpdir(), 'picsift-keywords-'));
    try {
      const [path, bare] = [join(folder, 'a.jpg'), join(folder, 'b.jpg')];
      const words = ['-IPTC:Keywords=Köln', '-XMP-dc:Subject=狗', '-XMP-lr:HierarchicalSubject=Places|Rome'];
      const codes = ['-codedcharacterset=utf8', '-charset', 'iptc=utf8', '-n', '-Orientation=6'];
      const written = spawnSync('exiftool', [...codes, ...words, '-o', path, fixture.pathname]);
      expect(written.stderr.toString('utf8')).toBe('');
      const bytes = new Uint8Array(readFileSync(path));
      expect(readKeywords(bytes)).toEqual(['狗', 'Rome', 'Köln']);

      writeFileSync(bare, Buffer.concat(withoutMetadata(bytes, 6)!));
      const read = spawnSync('exiftool', ['-json', '-G', '-n', '-All', '-validate', bare]);
      const [said] = JSON.parse(read.stdout.toString('utf8')) as Record<string, unknown>[];
      const groups = Object.keys(said!).filter((name) => /^(EXIF|XMP|IPTC|MakerNotes|Photoshop):/.test(name));
      expect(groups).toEqual(['EXIF:Orientation']);
      expect(said!['EXIF:Orientation']).toBe(6);
      expect(said).not.toHaveProperty('ExifTool:Error');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
