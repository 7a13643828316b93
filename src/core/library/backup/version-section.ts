import type { VersionRow } from '../../backup/entries.ts';
import { builtInSet } from '../../tagging/label-set.ts';
import type { Catalogue } from '../catalogue.ts';
import { nextVersion, type StoredVersion, type VersionRecord } from '../kept-versions.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';
import { type AnswerTable, answersOf, bytesPerRow, partOf, tableOf } from './version-table.ts';

/** Bytes of scores in a frame, and photos. */
const bytesPerFrame = 4 * 2 ** 20;
const photosPerFrame = 8192;

export async function* versionRows({ store }: Catalogue): AsyncGenerator<readonly VersionRow[]> {
  for (const { number, set, name, at, source } of await store.versions()) {
    const answers = await store.versionAnswers(number);
    if (answers === null) continue;
    const table = tableOf(answers);
    const count = Math.floor(bytesPerFrame / Math.max(1, bytesPerRow(table)));
    const step = Math.min(photosPerFrame, Math.max(1, count));
    for (let from = 0; from < table.photos.length; from += step) {
      yield [{ number, set, name, at, source, ...partOf(table, from, from + step) }];
    }
  }
}

/** A version is the same by its set, name and time; parts of it that are here already stay as they are. */
export async function mergeVersions(
  rows: readonly VersionRow[],
  context: RestoreContext,
): Promise<SectionChanges> {
  const { store, counters } = context.catalogue;
  const known = await store.versions();
  const given = [...context.versions.values()].map((number) => number + 1);
  let next = Math.max(nextVersion(context.catalogue, known), ...given);
  const versions: VersionRecord[] = [];
  for (const row of rows) {
    const set = row.set === builtInSet ? builtInSet : context.sets.get(row.set)?.id;
    if (set === undefined) continue;
    const number =
      context.versions.get(row.number) ??
      known.find((one) => one.set === set && one.name === row.name && one.at === row.at)?.number ??
      next++;
    context.versions.set(row.number, number);
    const kept = await store.versionAnswers(number);
    const merged = withPart(kept === null ? null : tableOf(kept), partHere(row, context));
    if (merged === null) continue;
    const version: StoredVersion = {
      number,
      set,
      name: row.name,
      at: row.at,
      source: row.source,
      photos: merged.photos.length,
    };
    versions.push({ version, answers: answersOf(merged) });
  }
  return versions.length > 0 ? { counters: { ...counters, version: next }, versions } : {};
}

/** With photos and labels as they are called here; photos that are not here are left out. */
function partHere(row: VersionRow, { photos, labels, catalogue }: RestoreContext): AnswerTable {
  const labelHere = (id: string) => {
    const number = labels.get(id) ?? catalogue.labels.byId(id)?.number;
    return (number === undefined ? undefined : catalogue.labels.get(number)?.id) ?? id;
  };
  return {
    kind: row.kind,
    photos: row.photos.map((photo) => photos.get(photo) ?? 0),
    groups: row.groups.map((group) => ({ ...group, labels: group.labels.map(labelHere) })),
  };
}

/** The photos of both; null: nothing is new. A part that is laid out otherwise is none of this version. */
function withPart(table: AnswerTable | null, part: AnswerTable): AnswerTable | null {
  const known = new Set([0, ...(table?.photos ?? [])]);
  const fresh = [...part.photos.keys()].filter((row) => !known.has(part.photos[row]!));
  const isAlike =
    table === null ||
    (table.kind === part.kind &&
      JSON.stringify(table.groups.map(layout)) === JSON.stringify(part.groups.map(layout)));
  if (fresh.length === 0 || !isAlike) return null;
  const photos = [...(table?.photos ?? []), ...fresh.map((row) => part.photos[row]!)];
  const groups = part.groups.map((group, n) => {
    const width = group.labels.length * (group.floats ? 4 : 1);
    const old = table?.groups[n];
    const pick = (bytes: Uint8Array, size: number, before: Uint8Array | undefined) => {
      const joined = new Uint8Array((before?.length ?? 0) + fresh.length * size);
      if (before !== undefined) joined.set(before);
      fresh.forEach((row, at) => {
        joined.set(bytes.subarray(row * size, (row + 1) * size), (before?.length ?? 0) + at * size);
      });
      return joined;
    };
    return {
      ...group,
      scores: pick(group.scores, width, old?.scores),
      refused: pick(group.refused, part.kind === 'classes' ? 1 : 0, old?.refused),
    };
  });
  return { kind: part.kind, photos, groups };
}

function layout({ name, labels, floats }: AnswerTable['groups'][number]): unknown {
  return [name, labels, floats];
}
