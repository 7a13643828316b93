import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameHeaderBytes, mostPayloadBytes, preambleBytes } from './frame.ts';
import { type BackupPart, NotABackup, readFrames } from './read-frames.ts';
import { type Frame, writeFrames } from './write-frames.ts';

async function written(frames: readonly Frame[], file = 7): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const part of writeFrames(frames, file)) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array, size = 100): Promise<BackupPart[]> {
  const parts: BackupPart[] = [];
  for await (const part of readFrames(pieces(bytes, size))) parts.push(part);
  return parts;
}

/** Which frames came back whole, which are told to be lost, and whether the end was found. */
function told(parts: readonly BackupPart[], frames: readonly Frame[]) {
  const whole = new Set<number>();
  const lost = new Set<number>();
  let complete = false;
  for (const part of parts) {
    if (part.type === 'frame') {
      expect(part.kind).toBe(frames[part.sequence]!.kind);
      expect([...part.payload]).toEqual([...frames[part.sequence]!.payload]);
      expect(whole.has(part.sequence)).toBe(false);
      whole.add(part.sequence);
    } else if (part.type === 'lost') {
      for (let n = 0; n < part.count; n++) lost.add(part.first + n);
    } else {
      complete = part.complete;
      expect(part.frames).toBe(whole.size);
    }
  }
  return { whole, lost, complete };
}

/** First and last byte + 1 of each frame, the end's frame included. */
function places(frames: readonly Frame[]): { from: number; to: number }[] {
  let at = preambleBytes;
  return [...frames.map(({ payload }) => payload.length), 4].map((length) => {
    const from = at;
    at += frameHeaderBytes + length;
    return { from, to: at };
  });
}

const frame = fc.record({
  kind: fc.integer({ min: 1, max: 0xfffe }),
  // Bytes that look like the marker are frequent, so that a search is led astray.
  payload: fc
    .array(fc.oneof(fc.constantFrom(0x50, 0x46, 0x52, 0x4d), fc.integer({ min: 0, max: 255 })), {
      maxLength: 200,
    })
    .map((bytes) => Uint8Array.from(bytes)),
});
const someFrames = fc.array(frame, { minLength: 1, maxLength: 8 });
const position = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('a backup file', () => {
  it('gives back the frames that were written, however its bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(someFrames, fc.integer({ min: 1, max: 300 }), async (frames, size) => {
        const parts = await read(await written(frames), size);
        expect(parts.filter(({ type }) => type === 'frame')).toHaveLength(frames.length);
        expect(told(parts, frames)).toMatchObject({ lost: new Set(), complete: true });
        const bytes = await written(frames);
        for (const part of parts) {
          if (part.type !== 'frame') continue;
          const there = bytes.subarray(part.offset, part.offset + part.payload.length);
          expect([...there]).toEqual([...part.payload]);
        }
      }),
    );
  });

  it('that was cut off gives back every frame before the cut, and is told to be incomplete', async () => {
    await fc.assert(
      fc.asyncProperty(someFrames, position, async (frames, where) => {
        const bytes = await written(frames);
        const cut = preambleBytes + Math.floor(where * (bytes.length - preambleBytes));
        const { whole, lost, complete } = told(await read(bytes.subarray(0, cut)), frames);
        const before = places(frames).filter(({ to }) => to <= cut);
        expect([...whole]).toEqual(before.map((_, n) => n));
        expect(lost.size).toBe(0);
        expect(complete).toBe(false);
      }),
    );
  });

  it('with flipped bits loses the frames that they hit, no other one, and tells which', async () => {
    const flips = fc.array(fc.tuple(position, fc.integer({ min: 0, max: 7 })), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(someFrames, flips, async (frames, where) => {
        const bytes = await written(frames);
        const before = bytes.slice();
        for (const [share, bit] of where) bytes[Math.floor(share * bytes.length)]! ^= 1 << bit;
        const isHit = ({ from, to }: { from: number; to: number }) =>
          bytes.subarray(from, to).some((byte, i) => byte !== before[from + i]);
        const hit = places(frames).map(isHit);
        const preambleHit = isHit({ from: 0, to: preambleBytes });
        let parts: BackupPart[];
        try {
          parts = await read(bytes);
        } catch (error) {
          // Nothing of it is whole, or a flipped version looks newer: it is refused, not restored in part.
          expect(error).toBeInstanceOf(NotABackup);
          expect(preambleHit).toBe(true);
          return;
        }
        const { whole, lost, complete } = told(parts, frames);
        const kept = frames.map((_, n) => n).filter((n) => !hit[n]);
        expect([...whole]).toEqual(kept);
        expect(complete).toBe(!hit.at(-1));
        // Every lost frame is named; behind the last whole one only the missing end tells.
        const last = complete ? frames.length : (kept.at(-1) ?? -1);
        expect([...lost]).toEqual(frames.map((_, n) => n).filter((n) => hit[n] && n < last));
      }),
      { numRuns: 300 },
    );
  });

  it('with bytes missing or put in loses the frames around that place, no other one', async () => {
    await fc.assert(
      fc.asyncProperty(
        someFrames,
        position,
        fc.integer({ min: 0, max: 150 }),
        fc.uint8Array({ maxLength: 150 }),
        async (frames, where, gone, put) => {
          const bytes = await written(frames);
          const at = preambleBytes + Math.floor(where * (bytes.length - preambleBytes));
          const changed = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + gone)]);
          const { whole } = told(await read(changed), frames);
          for (const [n, { from, to }] of places(frames).entries()) {
            if (n < frames.length && (to <= at || from >= at + gone)) expect(whole.has(n)).toBe(true);
          }
        },
      ),
    );
  });

  it('inside of a damaged one is not taken for a part of it', async () => {
    const inner = await written([{ kind: 9, payload: Uint8Array.of(1) }], 8);
    const outer = [
      { kind: 1, payload: inner },
      { kind: 2, payload: Uint8Array.of(2) },
      { kind: 3, payload: Uint8Array.of(3) },
    ];
    const bytes = await written([{ kind: 1, payload: Uint8Array.of(0) }, ...outer]);
    const [, second] = places([{ kind: 1, payload: Uint8Array.of(0) }, ...outer]);
    bytes[second!.from + 16]! ^= 1; // the length of the frame that holds the other backup
    const parts = await read(bytes);
    expect(parts.flatMap((part) => (part.type === 'frame' ? part.sequence : []))).toEqual([0, 2, 3]);
  });

  it('is held in memory two frames at most', async () => {
    const payload = new Uint8Array(2 ** 20).fill(5);
    let given = 0;
    let most = 0;
    async function* many(): AsyncGenerator<Uint8Array> {
      const frames = function* () {
        for (let n = 0; n < 64; n++) yield { kind: 1, payload };
      };
      for await (const part of writeFrames(frames(), 3)) {
        given += part.length;
        yield part;
      }
    }
    let taken = 0;
    for await (const part of readFrames(many())) {
      if (part.type === 'frame') taken += part.payload.length;
      most = Math.max(most, given - taken);
    }
    expect(taken).toBe(64 * payload.length);
    expect(most).toBeLessThan(2 * payload.length);
  });

  it('is refused when it is none, or made by a newer Picsift', async () => {
    await expect(read(new Uint8Array(5000).fill(0x50))).rejects.toMatchObject({ code: 'foreign' });
    await expect(read(new Uint8Array(0))).rejects.toMatchObject({ code: 'foreign' });
    const bytes = await written([{ kind: 1, payload: Uint8Array.of(1) }]);
    bytes[12] = 2;
    await expect(read(bytes)).rejects.toMatchObject({ code: 'newer' });
    const large = { kind: 1, payload: new Uint8Array(mostPayloadBytes + 1) };
    await expect(written([large])).rejects.toThrow(RangeError);
  });

  it('of version 1 keeps its bytes', async () => {
    const bytes = await written([{ kind: 258, payload: Uint8Array.of(1, 2, 3) }], 0x01020304);
    expect(Buffer.from(bytes).toString('hex')).toBe(
      '89505349465442414b0d0a00010000005046524d01000201040302010000000003000000c4789cf50000000032cec5f5010203' +
        '5046524d0100ffff0403020101000000040000009376bbf300000000cbbf5bee01000000',
    );
  });
});
