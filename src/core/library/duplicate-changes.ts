import type { Decision } from '../dedup/decision.ts';
import type { PhotoFacts } from '../dedup/keep-rules.ts';
import { type MergeChoices, type Merged, mergeInto } from '../dedup/merge.ts';
import type { LabelNumber, Verdict } from '../tagging/label.ts';
import { coversLabel, fullMark, isFullMark, type LabelSet, partialMark } from '../tagging/label-set.ts';
import type { Catalogue, CatalogueChanges, PhotoText } from './catalogue.ts';
import type { DuplicateRun, FileJournal, MergeNote } from './duplicate-run.ts';
import type { PhotoId } from './photo.ts';
import { favouriteFlag, missingFlag, type PhotoRow } from './photo-table.ts';
import { verdictChunks } from './verdict-chunks.ts';

/** What one application or its undoing writes, and what memory follows with once it is written. */
export interface RunChanges {
  readonly run: DuplicateRun;
  readonly changes: CatalogueChanges;
  readonly verdicts: ReadonlyMap<PhotoId, ReadonlyMap<LabelNumber, Verdict>>;
  /** By label set: marks of photos, see `PhotoMarks`. */
  readonly marks: ReadonlyMap<number, ReadonlyMap<PhotoId, number>>;
}

interface RunRequest {
  readonly number: number;
  readonly at: number;
  readonly removed: DuplicateRun['removed'];
  readonly decisions: readonly Decision[];
  readonly merge: MergeChoices;
  readonly facts: ReadonlyMap<number, PhotoFacts>;
  /** What is to become of the files; null: nothing. */
  readonly files: FileJournal | null;
}

/** Photos go, what they have goes to the kept ones, and the journal says so: in one transaction. */
export function runChanges(catalogue: Catalogue, request: RunRequest): RunChanges {
  const { table, tags } = catalogue;
  const { number, at, removed, decisions, merge, facts, files } = request;
  const giversOf = new Map<PhotoId, PhotoId[]>();
  for (const { photo, keptFor } of removed) {
    const givers = giversOf.get(keptFor);
    if (givers === undefined) giversOf.set(keptFor, [photo]);
    else givers.push(photo);
  }
  const side = (id: PhotoId) => ({
    ...facts.get(id)!,
    isFavourite: (table.columns.flags[id]! & favouriteFlag) !== 0,
    verdicts: tags.verdictsOf(id),
    fullyLabelled: new Set(
      catalogue.labelSets.flatMap((set) => (isFullMark(catalogue.marks.get(set.id, id), set) ? set.id : [])),
    ),
  });
  // What is written in the file of one that goes is written in no file any more.
  const giver = (id: PhotoId, kept: PhotoId) => {
    const known = new Set(tags.fileTags(kept));
    const given = tags.fileTags(id).filter((label) => !known.has(label));
    const accepted = given.map((label): [LabelNumber, Verdict] => [label, 'accepted']);
    const one = side(id);
    return { ...one, verdicts: new Map([...ruledOut(catalogue, id), ...accepted, ...one.verdicts]) };
  };
  const exclusions = (label: LabelNumber) => catalogue.exclusions(label);
  const merged = new Map<PhotoId, Merged>();
  for (const [kept, photos] of giversOf) {
    const givers = photos.map((photo) => giver(photo, kept));
    merged.set(kept, mergeInto(side(kept), givers, merge, exclusions));
  }
  const rows = new Map<PhotoId, PhotoRow>();
  for (const { photo } of removed) rows.set(photo, { ...table.row(photo), removedAt: at });
  const written = writtenOf(catalogue, merged, rows, fullMark);
  const notes = [...merged].flatMap(([photo, one]) => noteOf(catalogue, photo, one) ?? []);
  const bytes = bytesOf(catalogue, removed);
  const run: DuplicateRun = {
    number,
    at,
    state: 'done',
    removed,
    merged: notes,
    bytes,
    ...(files !== null && { files }),
  };
  return {
    run,
    verdicts: written.verdicts,
    marks: written.marks,
    changes: { ...written.changes, duplicateDecisions: decisions, duplicateRuns: [run] },
  };
}

/** What a photo that was fully labelled before some labels came is known not to have: see [Note: Fully labelled]. */
function ruledOut({ labelSets, marks }: Catalogue, id: PhotoId): [LabelNumber, Verdict][] {
  return labelSets.flatMap((set) => {
    const mark = marks.get(set.id, id);
    if (isFullMark(mark, set)) return [];
    const covered = set.labels.filter(({ since }) => coversLabel(mark, since));
    return covered.map(({ number }): [LabelNumber, Verdict] => [number, 'rejected']);
  });
}

/**
 * Photos come back, and what was merged goes, unless the person has changed it since.
 *
 * @param decisions numbers of those that the run made
 * @param missing photos whose file is not there
 * @param back photos whose file was seen in its place
 */
export function undoneRunChanges(
  catalogue: Catalogue,
  run: DuplicateRun,
  decisions: readonly number[],
  missing: ReadonlySet<PhotoId>,
  back: ReadonlySet<PhotoId>,
): RunChanges {
  const { table, tags } = catalogue;
  const rows = new Map<PhotoId, PhotoRow>();
  for (const { photo } of run.removed) {
    if (!table.has(photo)) continue;
    const row = table.row(photo);
    // The person may have taken it back by hand, and a look may have missed its file.
    const isFound = back.has(photo) && (row.flags & missingFlag) !== 0;
    if (row.removedAt === 0 && !isFound) continue;
    rows.set(photo, {
      ...row,
      removedAt: 0,
      // A look meanwhile may have missed a file that is put back now.
      flags: missing.has(photo) ? row.flags | missingFlag : row.flags & ~(back.has(photo) ? missingFlag : 0),
    });
  }
  const before = new Map<PhotoId, Merged>();
  for (const { photo, name, capturedAt, isFavourite, verdicts, fullyLabelled } of run.merged) {
    if (!table.has(photo)) continue;
    const left = new Map(tags.verdictsOf(photo));
    for (const [label, verdict] of verdicts ?? []) if (left.get(label) === verdict) left.delete(label);
    before.set(photo, {
      ...(name !== undefined && table.name(photo) === name.after && { name: name.before }),
      ...(capturedAt !== undefined &&
        table.columns.capturedAt[photo] === capturedAt.after && { capturedAt: capturedAt.before }),
      ...(isFavourite === true && { isFavourite: false }),
      ...(verdicts !== undefined && { verdicts: left }),
      ...(fullyLabelled !== undefined && { fullyLabelled }),
    });
  }
  const written = writtenOf(catalogue, before, rows, partialMark);
  const undone: DuplicateRun = { ...run, state: 'undone' };
  return {
    run: undone,
    verdicts: written.verdicts,
    marks: written.marks,
    changes: { ...written.changes, deletedDuplicateDecisions: decisions, duplicateRuns: [undone] },
  };
}

/**
 * @param rows rows that change anyway; those of merged photos are added
 * @param marked a mark of a set of `fullyLabelled` afterwards
 */
function writtenOf(
  catalogue: Catalogue,
  merged: ReadonlyMap<PhotoId, Merged>,
  rows: Map<PhotoId, PhotoRow>,
  marked: (mark: number, set: LabelSet) => number,
): Pick<RunChanges, 'changes' | 'verdicts' | 'marks'> {
  const { table } = catalogue;
  const texts = new Map<PhotoId, PhotoText>();
  const verdicts = new Map<PhotoId, ReadonlyMap<LabelNumber, Verdict>>();
  const marks = new Map<number, Map<PhotoId, number>>();
  for (const [photo, one] of merged) {
    for (const id of one.fullyLabelled ?? []) {
      const set = catalogue.labelSet(id);
      if (set === null) continue;
      const ofSet = marks.get(id) ?? new Map<PhotoId, number>();
      marks.set(id, ofSet.set(photo, marked(catalogue.marks.get(id, photo), set)));
    }
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
    marks,
    changes: {
      photoRows: rows,
      photoTexts: texts,
      labelMarks: [...marks].flatMap(([set, ofSet]) =>
        catalogue.marks.chunks(set, ofSet, (id) => table.has(id)),
      ),
      verdicts: verdictChunks(catalogue, [...verdicts.keys()], (id) => verdicts.get(id)!),
    },
  };
}

function noteOf({ table, tags }: Catalogue, photo: PhotoId, merged: Merged): MergeNote | null {
  const { name, capturedAt, isFavourite, verdicts, fullyLabelled } = merged;
  const before = tags.verdictsOf(photo);
  const note: MergeNote = {
    photo,
    ...(name !== undefined && { name: { before: table.name(photo), after: name } }),
    ...(capturedAt !== undefined && {
      capturedAt: { before: table.columns.capturedAt[photo]!, after: capturedAt },
    }),
    ...(isFavourite === true && { isFavourite }),
    ...(verdicts !== undefined && { verdicts: [...verdicts].filter(([label]) => !before.has(label)) }),
    ...(fullyLabelled !== undefined && { fullyLabelled }),
  };
  return Object.keys(note).length > 1 ? note : null;
}

export function bytesOf({ table }: Catalogue, removals: readonly { readonly photo: number }[]): number {
  return removals.reduce((sum, { photo }) => sum + table.columns.size[photo]!, 0);
}
