import { jpegSegments, startsWith } from '../../core/metadata/jpeg-segments.ts';

/** Bounds on what a file can make the library keep. */
const mostKeywords = 200;
const longestKeyword = 100;
const longestPacket = 4 * 2 ** 20;

/**
 * The keywords that somebody wrote into a photo: XMP `dc:subject` and the last level of `lr:hierarchicalSubject`, IPTC
 * keywords (IIM 2:25). Each once, in that order; text is data, never markup.
 */
export function readKeywords(bytes: Uint8Array): string[] {
  const found: string[] = [];
  for (const packet of xmpPackets(bytes)) found.push(...xmpKeywords(packet));
  for (const block of photoshopBlocks(bytes)) found.push(...iptcKeywords(block));
  const kept = new Map<string, string>();
  for (const raw of found) {
    const line = raw
      .normalize('NFC')
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim();
    const word = Array.from(line).slice(0, longestKeyword).join('').trim();
    if (word !== '' && !kept.has(word.toLowerCase())) kept.set(word.toLowerCase(), word);
    if (kept.size >= mostKeywords) break;
  }
  return [...kept.values()];
}

function* xmpPackets(bytes: Uint8Array): Generator<string> {
  const segments = jpegSegments(bytes);
  if (segments.length > 0) {
    const name = 'http://ns.adobe.com/xap/1.0/\0';
    for (const { marker, data, to } of segments) {
      if (marker === 0xe1 && startsWith(bytes, data, name)) {
        yield utf8(bytes.subarray(data + name.length, to));
      }
    }
    return;
  }
  // PNG, WebP, HEIC and AVIF keep the packet as it is, somewhere.
  const from = indexOf(bytes, '<x:xmpmeta', 0);
  const to = from < 0 ? -1 : indexOf(bytes, '</x:xmpmeta>', from);
  if (to > from && to - from < longestPacket) yield utf8(bytes.subarray(from, to));
}

function indexOf(bytes: Uint8Array, text: string, start: number): number {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first, start); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (startsWith(bytes, at, text)) return at;
  }
  return -1;
}

function xmpKeywords(packet: string): string[] {
  const subjects = items(packet, 'dc:subject');
  const leaves = items(packet, 'lr:hierarchicalSubject').map((path) => path.split('|').at(-1)!);
  return [...subjects, ...leaves];
}

/** The texts of an array property; a packet is read as text, so that nothing in it is ever run or fetched. */
function items(packet: string, property: string): string[] {
  const from = packet.indexOf(`<${property}`);
  const to = packet.indexOf(`</${property}>`, from);
  if (from < 0 || to < 0) return [];
  const inside = packet.slice(from, to);
  return [...inside.matchAll(/<rdf:li(?:\s[^>]*)?>([^<]*)<\/rdf:li>/g)].map(([, text]) => plain(text!));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,5}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  });
}

/** The IPTC blocks (8BIM 0x0404) of a JPEG file's APP13 segments. */
function* photoshopBlocks(bytes: Uint8Array): Generator<Uint8Array> {
  const name = 'Photoshop 3.0\0';
  for (const { marker, data, to } of jpegSegments(bytes)) {
    if (marker !== 0xed || !startsWith(bytes, data, name)) continue;
    for (let at = data + name.length; at + 12 <= to && startsWith(bytes, at, '8BIM'); ) {
      const id = (bytes[at + 4]! << 8) | bytes[at + 5]!;
      // A Pascal string, padded to an even length.
      const start = at + 6 + ((bytes[at + 6]! + 2) & ~1);
      if (start + 4 > to) break;
      const view = new DataView(bytes.buffer, bytes.byteOffset + start, 4);
      const length = view.getUint32(0);
      const end = start + 4 + length;
      if (end > to) break;
      if (id === 0x0404) yield bytes.subarray(start + 4, end);
      at = end + (length & 1);
    }
  }
}

function iptcKeywords(block: Uint8Array): string[] {
  const words: Uint8Array[] = [];
  let isUtf8 = false;
  for (let at = 0; at + 5 <= block.length && block[at] === 0x1c; ) {
    const [record, dataset] = [block[at + 1]!, block[at + 2]!];
    const length = (block[at + 3]! << 8) | block[at + 4]!;
    const value = block.subarray(at + 5, at + 5 + length);
    // Extended lengths are for pictures in a block, not for words.
    if ((length & 0x8000) !== 0 || value.length < length) break;
    // 1:90 names the character set: ESC % G is UTF-8.
    if (record === 1 && dataset === 90) isUtf8 = startsWith(value, 0, '\x1b%G');
    if (record === 2 && dataset === 25) words.push(value);
    at += 5 + length;
  }
  return words.map((word) => (isUtf8 ? utf8(word) : eitherWay(word)));
}

/** Without a named character set: UTF-8 if it can be, else what cameras and old programs wrote. */
function eitherWay(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
