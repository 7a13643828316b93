/**
 * The text of a file in whatever encoding spreadsheets write: by its byte order mark (UTF-8, UTF-16), as UTF-8, or, where
 * it is none, as Chinese (GB 18030) or Western (Windows-1252) systems write.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(isInPairs(bytes) ? 'gb18030' : 'windows-1252').decode(bytes);
  }
}

/** Whether bytes beyond ASCII mostly come in even runs, as Chinese letters do; accents stand alone. */
function isInPairs(bytes: Uint8Array): boolean {
  let [even, odd, length] = [0, 0, 0];
  for (let at = 0; at <= bytes.length; at++) {
    if (at < bytes.length && bytes[at]! >= 0x80) {
      length++;
      continue;
    }
    if (length % 2 === 1) odd++;
    else if (length > 0) even++;
    length = 0;
  }
  return even > odd;
}

/** See `decodeText`. */
export async function textOf(file: Blob): Promise<string> {
  return decodeText(new Uint8Array(await file.arrayBuffer()));
}
