import { endKind, frameHeader, preamble } from './frame.ts';

export interface Frame {
  /** 0 to 65,534. */
  readonly kind: number;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/**
 * A backup file, piece by piece: it never holds more than one frame.
 *
 * @param file random, 32 bits
 */
export async function* writeFrames(
  frames: AsyncIterable<Frame> | Iterable<Frame>,
  file: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield preamble();
  let sequence = 0;
  for await (const { kind, payload } of frames) {
    yield frameHeader(file, sequence++, kind, payload);
    yield payload;
  }
  const count = Uint8Array.of(sequence, sequence >>> 8, sequence >>> 16, sequence >>> 24);
  yield frameHeader(file, sequence, endKind, count);
  yield count;
}
