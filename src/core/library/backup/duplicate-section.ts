import type { DuplicateRow } from '../../backup/entries.ts';
import { type Decision, isSound, type PhotoKey } from '../../dedup/decision.ts';
import type { Catalogue } from '../catalogue.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';

const rowsPerFrame = 512;
/** So many bytes of texts, at most, in one frame. */
const bytesPerFrame = 2 ** 20;

/** All decisions, as many in a batch as fit into a frame. */
export async function* duplicateRows({ store }: Catalogue): AsyncGenerator<readonly DuplicateRow[]> {
  const { decisions } = await store.duplicates();
  let batch: DuplicateRow[] = [];
  let bytes = 0;
  for (const { at, kind, photos, run } of decisions) {
    for (const part of parts(kind, photos)) {
      const more = bytesOf(part);
      if (batch.length > 0 && (batch.length >= rowsPerFrame || bytes + more > bytesPerFrame)) {
        yield batch;
        [batch, bytes] = [[], 0];
      }
      batch.push({ at, kind, photos: part, ...(run !== null && { byRules: true }) });
      bytes += more;
    }
  }
  if (batch.length > 0) yield batch;
}

/** What was decided here before a backup is taken in, read once for all its frames. */
export interface DecidedHere {
  /** See `keyOf`; with those that were taken in. */
  readonly known: Set<string>;
  /** By photo. */
  readonly about: ReadonlyMap<string, readonly Decision[]>;
  /** Of what was decided or applied last, when it was read and with what was taken in since. */
  readonly readAt: number;
  number: number;
}

/** What was decided here later about two of the same photos holds. */
export async function mergeDuplicates(
  rows: readonly DuplicateRow[],
  context: RestoreContext,
): Promise<SectionChanges> {
  const last = await context.catalogue.store.lastDuplicate();
  const { decided: before } = context;
  // The person may have decided something since the frame before.
  const isCurrent = before !== null && (last === before.number || last === before.readAt);
  const decided = isCurrent ? before : await decidedHere(context);
  context.decided = decided;
  const added: Decision[] = [];
  for (const row of [...rows].sort((a, b) => a.at - b.at)) {
    if (decided.known.has(keyOf(row)) || isOutdone(row, decided.about) || !isSound(row)) continue;
    decided.known.add(keyOf(row));
    const { at, kind, photos, byRules } = row;
    added.push({ at, kind, photos, number: ++decided.number, run: byRules === true ? 0 : null });
  }
  return added.length > 0 ? { duplicateDecisions: added } : {};
}

async function decidedHere({ catalogue }: RestoreContext): Promise<DecidedHere> {
  const { decisions, runs } = await catalogue.store.duplicates();
  const about = new Map<string, Decision[]>();
  for (const decision of decisions) {
    for (const photo of decision.photos) {
      const others = about.get(nameOf(photo));
      if (others === undefined) about.set(nameOf(photo), [decision]);
      else others.push(decision);
    }
  }
  const number = [...decisions, ...runs].reduce((last, one) => Math.max(last, one.number), 0);
  return { known: new Set(decisions.map(keyOf)), about, readAt: number, number };
}

/** The same for what was decided at the same time. */
function keyOf({ at, kind, photos }: DuplicateRow): string {
  return JSON.stringify([at, kind, photos]);
}

/** Whether a later decision speaks of two of its photos. */
function isOutdone({ at, photos }: DuplicateRow, about: ReadonlyMap<string, readonly Decision[]>): boolean {
  const met = new Set<Decision>();
  for (const photo of photos) {
    for (const decision of about.get(nameOf(photo)) ?? []) {
      if (decision.at <= at) continue;
      if (met.has(decision)) return true;
      met.add(decision);
    }
  }
  return false;
}

/** The same decision in parts that a frame holds, for one about very many photos. */
function* parts(kind: DuplicateRow['kind'], photos: readonly PhotoKey[]): Generator<readonly PhotoKey[]> {
  if (bytesOf(photos) <= bytesPerFrame) return yield photos;
  // Of `keep` and `alternates` each part has the first one; of the others each has two of the pieces.
  const isStar = kind !== 'not-related';
  const pieces: PhotoKey[][] = [[]];
  let bytes = 0;
  for (const photo of isStar ? photos.slice(1) : photos) {
    const more = bytesOf([photo]);
    if (bytes + more > bytesPerFrame / 2) {
      pieces.push([]);
      bytes = 0;
    }
    pieces.at(-1)!.push(photo);
    bytes += more;
  }
  if (isStar) for (const piece of pieces) yield [photos[0]!, ...piece];
  else {
    for (const [n, piece] of pieces.entries())
      for (const other of pieces.slice(n + 1)) yield [...piece, ...other];
  }
}

/** As a frame holds them, about. */
function bytesOf(photos: readonly PhotoKey[]): number {
  return photos.reduce((sum, { sha256, place }) => sum + sha256.length + 3 * place.length + 32, 0);
}

function nameOf({ sha256, place }: PhotoKey): string {
  return `${sha256} ${place}`;
}
