/** A box of an ISO base media file (ISO/IEC 14496-12): HEIC, AVIF and their relatives are made of them. */
export interface Box {
  readonly type: string;
  /** Where it begins, bytes from the start of the file. */
  readonly start: number;
  /** Where its content begins and ends; the end is cut to what is there. */
  readonly from: number;
  readonly end: number;
  /** Whether all of it is there. */
  readonly isWhole: boolean;
}

/** The boxes that lie one after another from `from` to `end`; ends early at what is no box. */
export function* boxes(view: DataView, from: number, end: number): Generator<Box, undefined> {
  let at = from;
  while (at + 8 <= end) {
    let size = view.getUint32(at);
    const type = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    let header = 8;
    if (size === 1) {
      if (at + 16 > end) return undefined;
      size = view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12);
      header = 16;
    } else if (size === 0) {
      size = end - at;
    }
    if (size < header) return undefined;
    const to = Math.min(end, at + size);
    yield { type, start: at, from: at + header, end: to, isWhole: at + size <= end };
    at += size;
  }
  return undefined;
}
