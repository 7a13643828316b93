import { z } from 'zod';
import { type Decision, mostDecidedPhotos } from '../../core/dedup/decision.ts';
import type { GivenDecision } from '../../core/library/duplicate-decisions.ts';

/** Larger files are none of ours: a decision takes some 250 bytes. */
const mostBytes = 64 * 2 ** 20;

const photo = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), place: z.string().max(4096) });
const decision = z.object({
  kind: z.enum(['keep', 'alternates', 'not-related']),
  /** What a date can be, at most. */
  at: z.number().nonnegative().max(8.64e15),
  photos: z.array(photo).min(2).max(mostDecidedPhotos),
  byRules: z.boolean().optional(),
});
const decisions = z.object({
  format: z.literal('picsift-duplicate-decisions'),
  version: z.literal(1),
  decisions: z.array(decision).max(200_000),
});

/** JSON: `{ format, version, decisions: [{ kind, at, photos: [{ sha256, place }], byRules? }] }`. */
export function decisionFile(all: readonly Decision[]): Blob {
  const listed = all.map(({ kind, at, photos, run }) => ({
    kind,
    at,
    photos,
    ...(run !== null && { byRules: true }),
  }));
  const text = JSON.stringify(
    { format: 'picsift-duplicate-decisions', version: 1, decisions: listed },
    null,
    1,
  );
  return new Blob([`${text}\n`], { type: 'application/json' });
}

/** Null: it is no such file. */
export async function readDecisionFile(file: Blob): Promise<GivenDecision[] | null> {
  if (file.size > mostBytes) return null;
  try {
    return decisions.parse(JSON.parse(await file.text())).decisions;
  } catch {
    return null; // told to the person
  }
}
