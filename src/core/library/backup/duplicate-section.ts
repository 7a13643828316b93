import type { DuplicateRow } from '../../backup/entries.ts';
import { type Decision, isSound } from '../../dedup/decision.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';

/** What was decided here later about two of the same photos holds. */
export async function mergeDuplicates(
  rows: readonly DuplicateRow[],
  { catalogue }: RestoreContext,
): Promise<SectionChanges> {
  const { decisions, runs } = await catalogue.store.duplicates();
  const key = ({ at, kind, photos }: DuplicateRow) => JSON.stringify([at, kind, photos]);
  const known = new Set(decisions.map(key));
  const latest = new Map<string, number>();
  for (const { at, photos } of decisions) {
    for (const pair of pairsOf(photos)) latest.set(pair, Math.max(at, latest.get(pair) ?? 0));
  }
  let number = Math.max(0, ...decisions.map((one) => one.number), ...runs.map((one) => one.number));
  const added: Decision[] = [];
  for (const row of [...rows].sort((a, b) => a.at - b.at)) {
    const isOutdone = pairsOf(row.photos).some((pair) => (latest.get(pair) ?? 0) > row.at);
    if (known.has(key(row)) || isOutdone || !isSound(row)) continue;
    added.push({ ...row, number: ++number, run: null });
  }
  return added.length > 0 ? { duplicateDecisions: added } : {};
}

function pairsOf(photos: DuplicateRow['photos']): string[] {
  const names = photos.map(({ sha256, place }) => `${sha256} ${place}`).sort();
  return names.flatMap((name, i) => names.slice(i + 1).map((other) => `${name}\n${other}`));
}
