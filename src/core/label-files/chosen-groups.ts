import { mostLabels } from '../tagging/label-set.ts';
import type { LabelFile } from './label-file.ts';

/** A group of a file: of a table, a column. */
export interface FileGroup {
  readonly name: string;
  /** Different labels in it. */
  readonly labels: number;
}

/** Up to so many labels a column may have one for nearly every photo and still be a question: there are few photos then. */
const mostAnswers = 200;

/** The groups that a file knows, in its order; none where its labels have no groups. */
export function groupsIn({ labels }: LabelFile): FileGroup[] {
  const counts = new Map<string, number>();
  for (const { group } of labels) if (group !== null) counts.set(group, (counts.get(group) ?? 0) + 1);
  return Array.from(counts, ([name, count]) => ({ name, labels: count }));
}

/**
 * The groups that can be taught: of a table of goods its kinds and colours, not the names of the goods, of which nearly every
 * photo has another one (or more than a set can have).
 */
export function usualGroups(file: LabelFile): readonly string[] {
  const all = groupsIn(file);
  const usual = all.filter(
    ({ labels }) => labels <= mostAnswers || (labels <= mostLabels && labels <= file.rows.length / 2),
  );
  return (usual.length > 0 ? usual : all).map(({ name }) => name);
}

/** The file without what it says of other groups than these. The same object where nothing is left out. */
export function onlyGroups(file: LabelFile, groups: readonly string[]): LabelFile {
  const wanted = new Set(groups);
  const isWanted = ({ group }: { readonly group: string | null }) => group === null || wanted.has(group);
  if (file.labels.every(isWanted)) return file;
  return {
    ...file,
    labels: file.labels.filter(isWanted),
    rows: file.rows.map((row) => ({
      ...row,
      present: row.present.filter(isWanted),
      absent: row.absent.filter(isWanted),
    })),
  };
}
