import { expect, it } from 'vitest';
import type { VersionRow } from '../../backup/entries.ts';
import { pack, unpack } from '../../backup/packed.ts';
import { LabelRegistry } from '../../tagging/label-registry.ts';
import type { LabelSet } from '../../tagging/label-set.ts';
import type { Catalogue } from '../catalogue.ts';
import type { KeptAnswers, StoredVersion, VersionRecord } from '../kept-versions.ts';
import type { PhotoId } from '../photo.ts';
import { firstNumbers } from '../stored-rows.ts';
import type { RestoreContext } from './restore-context.ts';
import { mergeVersions, versionRows } from './version-section.ts';
import { answersOf, partOf, tableOf } from './version-table.ts';

const labels: KeptAnswers = {
  kind: 'labels',
  ids: Uint32Array.of(3, 5, 9),
  labels: ['dog', 'cat'],
  scores: Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
  thresholds: Float64Array.of(0.5, 0.25),
};
const classes: KeptAnswers = {
  kind: 'classes',
  ids: Uint32Array.of(3, 5, 9),
  groups: [
    {
      name: 'Kind',
      classes: ['dog', 'cat'],
      scores: Float32Array.of(0.9, 0.1, 0.25, 0.75, 0.5, 0.5),
      threshold: 0.4,
      refused: Uint8Array.of(0, 1, 0),
    },
  ],
};
const bytes: KeptAnswers = { ...labels, scores: Uint8Array.of(1, 2, 3, 4, 5, 6) };

/** A library with nothing but versions; photo n of the backup is 10 - n here, but 5, which is not here. */
function libraryOf(stored: Map<number, VersionRecord>): RestoreContext {
  const store = {
    versions: async () => [...stored.values()].map(({ version }) => version),
    versionAnswers: async (number: number) => stored.get(number)?.answers ?? null,
  };
  return {
    catalogue: { store, labels: new LabelRegistry(), counters: firstNumbers } as unknown as Catalogue,
    photos: new Map([
      [3, 7 as PhotoId],
      [9, 1 as PhotoId],
    ]),
    sets: new Map([[1, { id: 4 } as LabelSet]]),
    labels: new Map(),
    versions: new Map(),
  } as unknown as RestoreContext;
}

async function merged(
  rows: readonly VersionRow[],
  context: RestoreContext,
  stored: Map<number, VersionRecord>,
) {
  for (const row of rows) {
    const { versions = [] } = await mergeVersions([unpack(pack(row)) as VersionRow], context);
    for (const record of versions) stored.set(record.version.number, record);
  }
}

it.each([
  ['labels', labels],
  ['classes', classes],
  ['labels in bytes', bytes],
] as const)(
  'answers of a version (%s) come back photo by photo, by the numbers that photos have here',
  async (_, kept) => {
    expect(answersOf(tableOf(kept))).toEqual(kept);
    const version: StoredVersion = { number: 6, set: 1, name: 'Before', at: 5, source: 'm@1 #1', photos: 3 };
    const there = libraryOf(new Map([[6, { version, answers: kept }]]));
    const rows: VersionRow[] = [];
    for await (const part of versionRows(there.catalogue)) rows.push(...part);
    expect(rows).toHaveLength(1);
    const { number, set, name, at, source } = version;
    const parts = [0, 1, 2].map((row) => ({
      number,
      set,
      name,
      at,
      source,
      ...partOf(tableOf(kept), row, row + 1),
    }));
    for (const list of [rows, parts]) {
      const stored = new Map<number, VersionRecord>();
      const context = libraryOf(stored);
      await merged(list, context, stored);
      expect([...stored.values()].map((record) => record.version)).toEqual([
        { ...version, number: 1, set: 4, photos: 2 },
      ]);
      const here = stored.get(1)!.answers;
      expect([...here.ids]).toEqual([1, 7]);
      const wanted = tableOf(kept);
      const answers = tableOf(here);
      const group = answers.groups[0]!;
      const of = (from: VersionRow['groups'][number], row: number) => [
        ...partOf({ ...wanted, groups: [from] }, row, row + 1).groups[0]!.scores,
      ];
      expect(of(group, 0)).toEqual(of(wanted.groups[0]!, 2));
      expect(of(group, 1)).toEqual(of(wanted.groups[0]!, 0));
      // Once more: nothing is new, and what searches call version 6 is version 1.
      const again = libraryOf(stored);
      expect(await mergeVersions(list, again)).toEqual({});
      expect(again.versions.get(6)).toBe(1);
    }
  },
);

it('a version of a set that did not come along is left out', async () => {
  const stored = new Map<number, VersionRecord>();
  const row = { number: 6, set: 2, name: 'x', at: 5, source: '', ...tableOf(labels) };
  expect(await mergeVersions([row], libraryOf(stored))).toEqual({});
});
