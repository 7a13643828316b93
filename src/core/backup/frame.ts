/**
 * The frames that a backup file is made of. FORMAT.md has the byte table. Nothing here knows what a payload means.
 */
import { xxh32 } from '../index/checksum.ts';

/** `\x89PSIFTBAK\r\n`: a transfer that changes line ends or drops the eighth bit shows at once. */
const magic = Uint8Array.of(0x89, 0x50, 0x53, 0x49, 0x46, 0x54, 0x42, 0x41, 0x4b, 0x0d, 0x0a, 0x00);
export const backupVersion = 1;
export const preambleBytes = 16;
export const frameHeaderBytes = 32;
/** Bound on what a frame makes a reader hold. */
export const mostPayloadBytes = 16 * 2 ** 20;
const marker = 0x4d524650; // "PFRM"
/** The marker's first byte: what a search for frames looks for. */
export const firstMarkerByte = 0x50;

/** Kind of the last frame: its payload is the number of frames before it, u32. */
export const endKind = 0xffff;

export interface FrameHeader {
  /** Version of the format that wrote it. */
  readonly version: number;
  /** Random, the same in all frames of a file: a backup inside of a backup is not mistaken for its frames. */
  readonly file: number;
  /** 0, 1, 2, ... */
  readonly sequence: number;
  readonly kind: number;
  /** Bytes of the payload. */
  readonly length: number;
  /** XXH32 of the payload. */
  readonly checksum: number;
}

export function preamble(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(preambleBytes);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint32(12, backupVersion, true);
  return bytes;
}

/** The version that a preamble tells; null if it is none. */
export function preambleVersion(bytes: Uint8Array): number | null {
  if (bytes.length < preambleBytes || !magic.every((byte, i) => bytes[i] === byte)) return null;
  return viewOf(bytes).getUint32(12, true);
}

/** @throws RangeError for a payload above `mostPayloadBytes` */
export function frameHeader(
  file: number,
  sequence: number,
  kind: number,
  payload: Uint8Array,
): Uint8Array<ArrayBuffer> {
  if (payload.length > mostPayloadBytes) {
    throw new RangeError(`a payload of ${payload.length} bytes; a frame holds ${mostPayloadBytes} at most`);
  }
  const bytes = new Uint8Array(frameHeaderBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, marker, true);
  view.setUint16(4, backupVersion, true);
  view.setUint16(6, kind, true);
  view.setUint32(8, file, true);
  view.setUint32(12, sequence, true);
  view.setUint32(16, payload.length, true);
  view.setUint32(20, xxh32(payload), true);
  view.setUint32(28, xxh32(bytes.subarray(0, 28)), true);
  return bytes;
}

/** What a whole header says; null if there is none at `at`, or a damaged one. */
export function readFrameHeader(bytes: Uint8Array, at: number): FrameHeader | null {
  if (at + frameHeaderBytes > bytes.length) return null;
  const view = viewOf(bytes);
  if (view.getUint32(at, true) !== marker) return null;
  if (view.getUint32(at + 28, true) !== xxh32(bytes.subarray(at, at + 28))) return null;
  const length = view.getUint32(at + 16, true);
  if (length > mostPayloadBytes) return null;
  return {
    version: view.getUint16(at + 4, true),
    kind: view.getUint16(at + 6, true),
    file: view.getUint32(at + 8, true),
    sequence: view.getUint32(at + 12, true),
    length,
    checksum: view.getUint32(at + 20, true),
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
