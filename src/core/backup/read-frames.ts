import { xxh32 } from '../index/checksum.ts';
import { ByteWindow } from './byte-window.ts';
import {
  backupVersion,
  endKind,
  type FrameHeader,
  firstMarkerByte,
  frameHeaderBytes,
  mostPayloadBytes,
  preambleBytes,
  preambleVersion,
  readFrameHeader,
} from './frame.ts';

export type BackupPart =
  | {
      readonly type: 'frame';
      readonly kind: number;
      readonly sequence: number;
      /** Where the payload begins in the file. */
      readonly offset: number;
      /** A copy: the receiver may keep it. */
      readonly payload: Uint8Array<ArrayBuffer>;
    }
  /** Frames that are not whole: `first`, `first + 1`, ... `count` of them. */
  | { readonly type: 'lost'; readonly first: number; readonly count: number }
  /** The last thing; `complete`: the file's end was found, so the lost ones are all that is missing. */
  | { readonly type: 'end'; readonly complete: boolean; readonly frames: number };

export class NotABackup extends Error {
  override readonly name = 'NotABackup';
  /** `newer`: written by a newer Picsift; `foreign`: no frame of a backup was found. */
  readonly code: 'foreign' | 'newer';
  constructor(code: 'foreign' | 'newer', message: string) {
    super(message);
    this.code = code;
  }
}

/** How far a file without a preamble is searched for a first frame, bytes. */
const longestSearch = 4 * mostPayloadBytes;

/**
 * The whole frames of a backup file, in order, and which ones are lost. Damage costs the frames that it hits: after it the
 * reader searches for the next whole header. It holds two frames at most.
 *
 * @throws NotABackup
 */
export async function* readFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<BackupPart> {
  const window = new ByteWindow(source);
  try {
    yield* new FrameReader(window).read();
  } finally {
    await window.close();
  }
}

class FrameReader {
  readonly #window: ByteWindow;
  #file: number | null = null;
  #next = 0;
  #frames = 0;

  constructor(window: ByteWindow) {
    this.#window = window;
  }

  async *read(): AsyncGenerator<BackupPart> {
    const window = this.#window;
    await window.want(preambleBytes);
    const version = preambleVersion(window.bytes);
    if (version !== null && version > backupVersion) throw newer(version);
    if (version !== null) window.drop(preambleBytes);
    for (;;) {
      const header = await this.#seek(version !== null);
      if (header === null) break;
      if (header.version > backupVersion) throw newer(header.version);
      this.#file = header.file;
      const payload = await this.#payload(header);
      if (payload === null) continue;
      if (header.sequence < this.#next) continue; // a copy of one that was read
      if (header.sequence > this.#next) {
        yield { type: 'lost', first: this.#next, count: header.sequence - this.#next };
      }
      this.#next = header.sequence + 1;
      if (header.kind === endKind) {
        yield { type: 'end', complete: true, frames: this.#frames };
        return;
      }
      this.#frames++;
      const offset = window.position - payload.length;
      yield { type: 'frame', kind: header.kind, sequence: header.sequence, offset, payload };
    }
    if (this.#file === null && version === null) {
      throw new NotABackup('foreign', 'no frame of a backup in this file');
    }
    yield { type: 'end', complete: false, frames: this.#frames };
  }

  /** Goes to the next whole header; null: there is none. */
  async #seek(isBackup: boolean): Promise<FrameHeader | null> {
    const window = this.#window;
    while (await window.want(frameHeaderBytes)) {
      const header = this.#headerAt(0);
      if (header !== null) return header;
      if (!isBackup && this.#file === null && window.position > longestSearch) return null;
      // What is there is searched before more is taken in.
      const { bytes } = window;
      let at = 1;
      for (; at + frameHeaderBytes <= bytes.length; at++) {
        if (bytes[at] === firstMarkerByte && this.#headerAt(at) !== null) break;
      }
      window.drop(at);
    }
    return null;
  }

  #headerAt(at: number): FrameHeader | null {
    const header = readFrameHeader(this.#window.bytes, at);
    return header !== null && (this.#file === null || header.file === this.#file) ? header : null;
  }

  /** The payload behind the header at the start, both gone through; null if it is not whole. */
  async #payload({ length, checksum }: FrameHeader): Promise<Uint8Array<ArrayBuffer> | null> {
    const window = this.#window;
    const end = frameHeaderBytes + length;
    if (await window.want(end)) {
      const payload = window.bytes.slice(frameHeaderBytes, end);
      if (xxh32(payload) === checksum) {
        window.drop(end);
        return payload;
      }
      await window.want(end + frameHeaderBytes);
      // Only bytes were changed, none are missing: the next frame is in its place.
      if (this.#headerAt(end) !== null) {
        window.drop(end);
        return null;
      }
    }
    window.drop(frameHeaderBytes);
    return null;
  }
}

function newer(found: number): NotABackup {
  return new NotABackup('newer', `backup of version ${found}; this Picsift reads up to ${backupVersion}`);
}
