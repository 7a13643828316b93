import type { Said } from '../evaluation/cell.ts';
import type { LabelNumber, Verdict } from '../tagging/label.ts';
import {
  builtInSet,
  columnGroups,
  coversLabel,
  isFullMark,
  type LabelColumnGroup,
  sideOf,
} from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';
import { shownTest } from './query-photos.ts';

/** How a set's labels are spread over the photos that are there. */
export interface LabelDictionary {
  /** In the set's order. */
  readonly labels: readonly LabelCounts[];
  /** [labels][labels], row-major: photos that have both; the diagonal is the label's own photos. */
  readonly together: Uint32Array<ArrayBuffer>;
  readonly photos: number;
  /** Photos of which anything is said. */
  readonly labelled: number;
  readonly fullyLabelled: number;
  /** Photos on each side of the person's split. */
  readonly train: number;
  readonly validation: number;
}

export interface LabelCounts {
  readonly label: LabelNumber;
  readonly present: number;
  /** Known not to be there: ruled out, or the photo is fully labelled (a class of its group is another's rival, too). */
  readonly absent: number;
  /** Of `present`, those on each side of the person's split. */
  readonly train: number;
  readonly validation: number;
}

/** What one photo is known to be in a set: 1 there, 0 not there, -1 nobody has said; by column. */
export type TruthOfPhoto = (photo: PhotoId, out: Int8Array) => boolean;

/** The groups of a set's labels, the built-in one's included; null: no such set. */
export function groupsOfSet(catalogue: Catalogue, set: number): readonly LabelColumnGroup[] | null {
  if (set === builtInSet) {
    const all = catalogue.labels.all().filter((label) => label.set === undefined);
    return all.map(({ number }) => ({ name: String(number), exclusive: false, labels: [number] }));
  }
  const known = catalogue.labelSet(set);
  return known && columnGroups(known);
}

/** Reads what is known of photos; it answers whether anything is. */
export function truthReader(
  catalogue: Catalogue,
  set: number,
  groups: readonly LabelColumnGroup[],
): TruthOfPhoto {
  const { tags, marks } = catalogue;
  const columns = groups.flatMap(({ labels }) => labels);
  const column = new Map(columns.map((label, c) => [label, c]));
  const came = new Map(catalogue.labelSet(set)?.labels.map(({ number, since = 0 }) => [number, since]));
  const since = columns.map((label) => came.get(label) ?? 0);
  const rivals = groups.flatMap(({ exclusive, labels }) => labels.map(() => (exclusive ? labels : [])));
  return (photo, out) => {
    const verdicts: ReadonlyMap<LabelNumber, Verdict> = tags.verdictsOf(photo);
    const mark = marks.get(set, photo);
    let known = coversLabel(mark);
    out.fill(-1);
    if (known) for (let c = 0; c < since.length; c++) if (coversLabel(mark, since[c])) out[c] = 0;
    for (const [label, verdict] of verdicts) {
      const c = column.get(label);
      if (c === undefined) continue;
      known = true;
      if (verdict === 'rejected' && out[c] === -1) out[c] = 0;
      if (verdict !== 'accepted') continue;
      for (const rival of rivals[c]!) out[column.get(rival)!] = 0;
      out[c] = 1;
    }
    return known;
  };
}

/** What is said of some photos in a set, label by label: of how many each is said, and ruled out. */
export interface VerdictCounts {
  readonly label: LabelNumber;
  readonly accepted: number;
  readonly rejected: number;
}

/** In the set's order; none where there is no such set. */
export function verdictCounts(catalogue: Catalogue, set: number, photos: Iterable<number>): VerdictCounts[] {
  const labels = catalogue.labelSet(set)?.labels ?? [];
  const counts = new Map(labels.map(({ number }) => [number, { label: number, accepted: 0, rejected: 0 }]));
  for (const photo of photos) {
    for (const [label, verdict] of catalogue.tags.verdictsOf(photo)) {
      const own = counts.get(label);
      if (own !== undefined) own[verdict]++;
    }
  }
  return [...counts.values()];
}

/** Whether all is said of a photo in a set, as it is now. */
function fullTest(catalogue: Catalogue, set: number): (photo: PhotoId) => boolean {
  const known = catalogue.labelSet(set);
  return (photo) => known !== null && isFullMark(catalogue.marks.get(set, photo), known);
}

/** Photos that are there of which something may be said in a set, in order of number. */
export function labelledPhotos({ table, tags, marks }: Catalogue, set: number): PhotoId[] {
  const photos = new Set<number>(Array.from(tags.judged(), ([photo]) => photo));
  for (const photo of marks.of(set).keys()) photos.add(photo);
  const isThere = shownTest(table, 'present');
  return [...photos]
    .filter((photo): photo is PhotoId => table.has(photo) && isThere(photo))
    .sort((a, b) => a - b);
}

/** Null: no such set. */
export function labelDictionary(catalogue: Catalogue, set: number): LabelDictionary | null {
  const groups = groupsOfSet(catalogue, set);
  if (groups === null) return null;
  const columns = groups.flatMap(({ labels }) => labels);
  const counts = columns.map((label) => ({ label, present: 0, absent: 0, train: 0, validation: 0 }));
  const together = new Uint32Array(columns.length * columns.length);
  const read = truthReader(catalogue, set, groups);
  const isFull = fullTest(catalogue, set);
  const truth = new Int8Array(columns.length);
  const figures = { labelled: 0, fullyLabelled: 0, train: 0, validation: 0 };
  for (const photo of labelledPhotos(catalogue, set)) {
    const known = read(photo, truth);
    const mark = catalogue.marks.get(set, photo);
    const side = sideOf(mark);
    if (side !== null) figures[side]++;
    if (!known) continue;
    figures.labelled++;
    if (isFull(photo)) figures.fullyLabelled++;
    const present: number[] = [];
    truth.forEach((value, c) => {
      if (value === 0) counts[c]!.absent++;
      if (value !== 1) return;
      present.push(c);
      counts[c]!.present++;
      if (side !== null) counts[c]![side]++;
    });
    for (const a of present) for (const b of present) together[a * columns.length + b]!++;
  }
  const isThere = shownTest(catalogue.table, 'present');
  let photos = 0;
  for (const id of catalogue.table.ids()) if (isThere(id)) photos++;
  return { labels: counts, together, photos, ...figures };
}

/** The photos of a count of the dictionary, among those wanted; none where the set does not know the labels. */
export function* photosOfSaid(
  catalogue: Catalogue,
  set: number,
  said: Said,
  wanted: (photo: number) => boolean,
): Generator<PhotoId> {
  const groups = groupsOfSet(catalogue, set);
  if (groups === null) return;
  const ids = groups.flatMap(({ labels }) => labels.map((label) => catalogue.labels.get(label)?.id));
  const read = truthReader(catalogue, set, groups);
  const truth = new Int8Array(ids.length);
  const isFull = fullTest(catalogue, set);
  const isMeant = meantBy(said, ids);
  for (const photo of catalogue.table.ids()) {
    if (!wanted(photo)) continue;
    const known = read(photo, truth);
    if (isMeant(truth, known, isFull(photo))) yield photo;
  }
}

type MeantTest = (truth: Int8Array, isKnown: boolean, isFull: boolean) => boolean;

/** @param ids text ids by column */
function meantBy(said: Said, ids: readonly (string | undefined)[]): MeantTest {
  const column = (label: string) => ids.indexOf(label);
  switch (said.said) {
    case 'nothing':
      return (_, isKnown) => !isKnown;
    case 'anything':
      return (_, isKnown) => isKnown;
    case 'all':
      return (_, isKnown, isFull) => isKnown && isFull;
    case 'none': // what the head says, nobody else: see `TaughtSets.refused`
      return () => false;
    case 'absent': {
      const own = column(said.label);
      return (truth) => truth[own] === 0;
    }
    case 'present': {
      const [own, other] = [column(said.label), column(said.other ?? said.label)];
      return (truth) => truth[own] === 1 && truth[other] === 1;
    }
  }
}
