/** A marker segment of a JPEG file (ITU-T T.81, B.1.1). */
export interface JpegSegment {
  /** Second byte of the marker: 0xe1 for APP1. */
  readonly marker: number;
  /** Where the marker begins. */
  readonly from: number;
  /** Where what it holds begins, behind the length. */
  readonly data: number;
  readonly to: number;
}

/** The segments before the first scan; the last one is its SOS. Empty for what is no JPEG; ends early where it is damaged. */
export function jpegSegments(bytes: Uint8Array): JpegSegment[] {
  const segments: JpegSegment[] = [];
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return segments;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1]!;
    // Fill bytes before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const to = at + 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
    if (to < at + 4 || to > bytes.length) break;
    segments.push({ marker, from: at, data: at + 4, to });
    if (marker === 0xda) break;
    at = to;
  }
  return segments;
}

/** Whether `text` (ASCII) stands at a place. */
export function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
