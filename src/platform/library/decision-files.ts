import { z } from 'zod';
import type { Decision } from '../../core/dedup/decision.ts';

/** Larger files are none of ours: a decision takes some 250 bytes. */
const mostBytes = 64 * 2 ** 20;

const photo = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), place: z.string().max(4096) });
const decision = z.object({
  kind: z.enum(['keep', 'alternates', 'not-related']),
  at: z.number().nonnegative(),
  photos: z.array(photo).min(2).max(100_000),
});
const decisions = z.object({
  format: z.literal('picsift-duplicate-decisions'),
  version: z.literal(1),
  decisions: z.array(decision).max(200_000),
});

/** JSON: `{ format, version, decisions: [{ kind, at, photos: [{ sha256, place }] }] }`. */
export function decisionFile(all: readonly Decision[]): Blob {
  const listed = all.map(({ kind, at, photos }) => ({ kind, at, photos }));
  const text = JSON.stringify(
    { format: 'picsift-duplicate-decisions', version: 1, decisions: listed },
    null,
    1,
  );
  return new Blob([`${text}\n`], { type: 'application/json' });
}

/** Null: it is no such file. */
export async function readDecisionFile(
  file: Blob,
): Promise<Pick<Decision, 'kind' | 'at' | 'photos'>[] | null> {
  if (file.size > mostBytes) return null;
  try {
    return decisions.parse(JSON.parse(await file.text())).decisions;
  } catch {
    return null; // told to the person
  }
}
