/** First bytes of formats that people have among their photos but that Picsift does not take. */
const signatures: readonly (readonly [name: string, at: number, magic: string])[] = [
  ['PDF', 0, '%PDF-'],
  ['TIFF', 0, 'II*\0'],
  ['TIFF', 0, 'MM\0*'],
  ['TIFF', 0, 'II+\0'],
  ['JPEG XL', 0, '\xff\x0a'],
  ['JPEG XL', 0, '\0\0\0\x0cJXL '],
  ['JPEG 2000', 0, '\0\0\0\x0cjP  '],
  ['JPEG 2000', 0, '\xff\x4f\xff\x51'],
  ['PSD', 0, '8BPS'],
  ['ICO', 0, '\0\0\x01\0'],
  ['QOI', 0, 'qoif'],
  ['OpenEXR', 0, '\x76\x2f\x31\x01'],
  ['RAF', 0, 'FUJIFILMCCD-RAW'],
  ['RW2', 0, 'IIU\0'],
  ['ORF', 0, 'IIRO'],
  ['AVI', 8, 'AVI '],
  ['WAV', 8, 'WAVE'],
  ['Matroska', 0, '\x1a\x45\xdf\xa3'],
  ['Ogg', 0, 'OggS'],
  ['MP3', 0, 'ID3'],
  ['FLAC', 0, 'fLaC'],
  ['MOV', 4, 'moov'],
  ['MOV', 4, 'mdat'],
  ['MOV', 4, 'wide'],
  ['ZIP', 0, 'PK\x03\x04'],
  ['RAR', 0, 'Rar!'],
  ['7z', 0, "7z\xbc\xaf'\x1c"],
  ['gzip', 0, '\x1f\x8b'],
  ['Windows program', 0, 'MZ'],
  ['ELF', 0, '\x7fELF'],
  ['SQLite', 0, 'SQLite format 3'],
  ['PostScript', 0, '%!PS'],
];

/** What a file that is not one of our pictures is, by its first bytes; null if not recognised. */
export function foreignFormat(bytes: Uint8Array): string | null {
  let head = '';
  for (const byte of bytes.subarray(0, 512)) head += String.fromCharCode(byte);
  for (const [name, at, magic] of signatures) if (head.startsWith(magic, at)) return name;
  return textFormat(head);
}

function textFormat(head: string): string | null {
  if (head.length === 0) return null;
  if (head.startsWith('\xff\xfe') || head.startsWith('\xfe\xff')) return 'text';
  const text = head.replace(/^\xef\xbb\xbf/, '');
  // Control characters other than tab, line feed, form feed, carriage return: not a text.
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (code === 0x7f || (code < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(code))) return null;
  }
  if (/^\s*<(!doctype\s+html|html|head|body|script)/i.test(text)) return 'HTML';
  if (/<svg[\s>]/i.test(text)) return 'SVG';
  if (/^\s*<\?xml/.test(text)) return 'XML';
  return 'text';
}
