import { type Chunk, type ChunkList, chunksRefused } from './snapshot-chunks.ts';

/**
 * Chunks joined as the storage does it.
 *
 * @throws Error when they do not fit the list
 */
export function joinedChunks(
  list: ChunkList,
  read: (key: string) => Chunk['bytes'] | undefined,
): ArrayBuffer {
  const parts = list.chunks.map(({ key }) => read(key));
  const refusal = chunksRefused(
    list,
    parts.map((part) => part?.byteLength ?? null),
  );
  if (refusal !== null) throw new Error(refusal.message);
  const whole = new Uint8Array(list.total);
  let at = 0;
  for (const part of parts) {
    whole.set(part!, at);
    at += part!.byteLength;
  }
  return whole.buffer;
}
