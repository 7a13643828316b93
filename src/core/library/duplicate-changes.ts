import type { Decision } from '../dedup/decision.ts';
import type { PhotoFacts } from '../dedup/keep-rules.ts';
import { type MergeChoices, type Merged, mergeInto } from '../dedup/merge.ts';
import type { LabelNumber, Verdict } from '../tagging/label.ts';
import type { Catalogue, CatalogueChanges, PhotoText } from './catalogue.ts';
import type { DuplicateRun, MergeNote } from './duplicate-run.ts';
import type { PhotoId } from './photo.ts';
import { favouriteFlag, type PhotoRow } from './photo-table.ts';
import { verdictChunks } from './verdict-chunks.ts';

/** What one application or its undoing writes, and what memory follows with once it is written. */
export interface RunChanges {
  readonly run: DuplicateRun;
  readonly changes: CatalogueChanges;
  readonly verdicts: ReadonlyMap<PhotoId, ReadonlyMap<LabelNumber, Verdict>>;
}

interface RunRequest {
  readonly number: number;
  readonly at: number;
  readonly removed: DuplicateRun['removed'];
  readonly decisions: readonly Decision[];
  readonly merge: MergeChoices;
  readonly facts: ReadonlyMap<number, PhotoFacts>;
}

/** Photos go, what they have goes to the kept ones, and the journal says so: in one transaction. */
export function runChanges(catalogue: Catalogue, request: RunRequest): RunChanges {
  const { table, tags } = catalogue;
  const { number, at, removed, decisions, merge, facts } = request;
  const givers = new Map<PhotoId, PhotoId[]>();
  for (const { photo, keptFor } of removed) givers.set(keptFor, [...(givers.get(keptFor) ?? []), photo]);
  const side = (id: PhotoId) => ({
    ...facts.get(id)!,
    isFavourite: (table.columns.flags[id]! & favouriteFlag) !== 0,
    verdicts: tags.verdictsOf(id),
  });
  const merged = new Map<PhotoId, Merged>();
  for (const [kept, photos] of givers) merged.set(kept, mergeInto(side(kept), photos.map(side), merge));
  const rows = new Map<PhotoId, PhotoRow>();
  for (const { photo } of removed) rows.set(photo, { ...table.row(photo), removedAt: at });
  const written = writtenOf(catalogue, merged, rows);
  const notes = [...merged].flatMap(([photo, one]) => noteOf(catalogue, photo, one) ?? []);
  const bytes = removed.reduce((sum, { photo }) => sum + table.columns.size[photo]!, 0);
  const run: DuplicateRun = { number, at, state: 'done', removed, merged: notes, bytes };
  return {
    run,
    verdicts: written.verdicts,
    changes: { ...written.changes, duplicateDecisions: decisions, duplicateRuns: [run] },
  };
}

/**
 * Photos come back, and what was merged goes, unless the person has changed it since.
 *
 * @param decisions numbers of those that the run made
 */
export function undoneRunChanges(
  catalogue: Catalogue,
  run: DuplicateRun,
  decisions: readonly number[],
): RunChanges {
  const { table, tags } = catalogue;
  const rows = new Map<PhotoId, PhotoRow>();
  for (const { photo } of run.removed) {
    if (table.has(photo) && table.columns.removedAt[photo] !== 0) {
      rows.set(photo, { ...table.row(photo), removedAt: 0 });
    }
  }
  const back = new Map<PhotoId, Merged>();
  for (const { photo, name, capturedAt, isFavourite, verdicts } of run.merged) {
    if (!table.has(photo)) continue;
    const left = new Map(tags.verdictsOf(photo));
    for (const [label, verdict] of verdicts ?? []) if (left.get(label) === verdict) left.delete(label);
    back.set(photo, {
      ...(name !== undefined && table.name(photo) === name.after && { name: name.before }),
      ...(capturedAt !== undefined &&
        table.columns.capturedAt[photo] === capturedAt.after && { capturedAt: capturedAt.before }),
      ...(isFavourite === true && { isFavourite: false }),
      ...(verdicts !== undefined && { verdicts: left }),
    });
  }
  const written = writtenOf(catalogue, back, rows);
  const undone: DuplicateRun = { ...run, state: 'undone' };
  return {
    run: undone,
    verdicts: written.verdicts,
    changes: { ...written.changes, deletedDuplicateDecisions: decisions, duplicateRuns: [undone] },
  };
}

/** @param rows rows that change anyway; those of merged photos are added */
function writtenOf(
  catalogue: Catalogue,
  merged: ReadonlyMap<PhotoId, Merged>,
  rows: Map<PhotoId, PhotoRow>,
): Pick<RunChanges, 'changes' | 'verdicts'> {
  const { table } = catalogue;
  const texts = new Map<PhotoId, PhotoText>();
  const verdicts = new Map<PhotoId, ReadonlyMap<LabelNumber, Verdict>>();
  for (const [photo, one] of merged) {
    if (one.name !== undefined) texts.set(photo, { name: one.name, path: table.path(photo) });
    if (one.verdicts !== undefined) verdicts.set(photo, one.verdicts);
    if (one.capturedAt === undefined && one.name === undefined && one.isFavourite === undefined) continue;
    const row = rows.get(photo) ?? table.row(photo);
    const others = row.flags & ~favouriteFlag;
    rows.set(photo, {
      ...row,
      flags: one.isFavourite === undefined ? row.flags : others | (one.isFavourite ? favouriteFlag : 0),
      capturedAt: one.capturedAt ?? row.capturedAt,
    });
  }
  return {
    verdicts,
    changes: {
      photoRows: rows,
      photoTexts: texts,
      verdicts: verdictChunks(catalogue, [...verdicts.keys()], (id) => verdicts.get(id)!),
    },
  };
}

function noteOf({ table, tags }: Catalogue, photo: PhotoId, merged: Merged): MergeNote | null {
  const { name, capturedAt, isFavourite, verdicts } = merged;
  const before = tags.verdictsOf(photo);
  const note: MergeNote = {
    photo,
    ...(name !== undefined && { name: { before: table.name(photo), after: name } }),
    ...(capturedAt !== undefined && {
      capturedAt: { before: table.columns.capturedAt[photo]!, after: capturedAt },
    }),
    ...(isFavourite === true && { isFavourite }),
    ...(verdicts !== undefined && { verdicts: [...verdicts].filter(([label]) => !before.has(label)) }),
  };
  return Object.keys(note).length > 1 ? note : null;
}
