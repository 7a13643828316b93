import * as Comlink from 'comlink';
import type { VectorChunk } from '../../core/library/stored-rows.ts';

/** Chunks of vectors sent at once: a megabyte. */
const chunksPerMessage = 128;

/**
 * Sends all stored vectors to a worker, as long as they are wanted; the bytes are handed over.
 *
 * @param vectors visits all stored vectors, in the order of contents
 */
export async function sendVectors(
  take: (chunks: readonly VectorChunk[]) => Promise<void>,
  vectors: (visit: (chunk: VectorChunk) => Promise<boolean>) => Promise<void>,
  wanted: () => boolean,
): Promise<void> {
  let waiting: VectorChunk[] = [];
  const flush = async () => {
    const chunks = waiting;
    waiting = [];
    if (chunks.length > 0) {
      await take(
        Comlink.transfer(
          chunks,
          chunks.map(({ records }) => records.buffer),
        ),
      );
    }
  };
  await vectors(async (chunk) => {
    waiting.push(chunk);
    if (waiting.length >= chunksPerMessage) await flush();
    return wanted();
  });
  if (wanted()) await flush();
}
