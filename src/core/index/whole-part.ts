import { IdBits } from './id-bits.ts';
import type { LiveIndex } from './live-index.ts';
import { runSteps } from './run-steps.ts';
import { compacted, type SealedPart } from './sealed-part.ts';
import { trainIndex } from './train-index.ts';
import { encodeSegment } from './trained-index.ts';

/**
 * All rows of an index as one part, for a file: those of the tail are coded as the others are; while nothing is trained, all
 * stay floats. The index itself does not change.
 *
 * @yields 0..1, the share done
 * @returns null when there are no rows
 */
export function* wholePart(index: LiveIndex): Generator<number, SealedPart | null> {
  if (index.size === 0) return null;
  const tail = index.tailSource();
  // Without the dead: the tail may hold newer rows of their ids.
  const part = index.sealed === null ? emptyPart(index.dim, tail.count) : compacted(index.sealed);
  const { segment } = yield* encodeSegment(part.trained, tail, 0, tail.count);
  const alive = new IdBits(part.alive.words);
  for (const id of segment.ids) alive.add(id);
  return { ...part, segments: [...part.segments, segment], alive };
}

function emptyPart(dim: number, rows: number): SealedPart {
  const nothing = { count: rows, id: (n: number) => n, read: () => {} };
  const trained = runSteps(trainIndex('Flat', nothing, dim));
  return { trained, segments: [], alive: new IdBits(), trainedRows: rows, trainedError: 0 };
}
