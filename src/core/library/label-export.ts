import type { FileLabel, FileRow, LabelFile } from '../label-files/label-file.ts';
import type { TaughtHead } from '../learning/head.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { fullyLabelledBit, type LabelSet, sideOf } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import { labelledPhotos } from './label-figures.ts';

/** All that was said of photos in a set, as a file has it. Names are the English ones. */
export function exportedLabels(catalogue: Catalogue, set: LabelSet): LabelFile {
  const { table, tags, marks } = catalogue;
  const groups = new Map(set.groups.map(({ id, name }) => [id, name]));
  const labels = new Map<LabelNumber, FileLabel>(
    set.labels.map(({ number, names, group }) => [
      number,
      { name: names.en, group: group === null ? null : (groups.get(group) ?? null) },
    ]),
  );
  const rows = labelledPhotos(catalogue, set.id).flatMap((photo): FileRow[] => {
    const verdicts = tags.verdictsOf(photo);
    const mark = marks.get(set.id, photo);
    const said = (wanted: 'accepted' | 'rejected') =>
      [...labels].filter(([number]) => verdicts.get(number) === wanted).map(([, label]) => label);
    const [present, absent] = [said('accepted'), said('rejected')];
    if (present.length + absent.length === 0 && mark === 0) return [];
    return [
      {
        photo: table.path(photo) ?? table.name(photo),
        present,
        absent,
        fullyLabelled: (mark & fullyLabelledBit) !== 0,
        side: sideOf(mark),
      },
    ];
  });
  return { name: set.name, kind: set.kind, labels: [...labels.values()], rows };
}

/** A head with the labels' names in place of their numbers: what other programs understand. */
export function namedHead(set: LabelSet, head: TaughtHead): TaughtHead {
  const names = new Map(set.labels.map(({ number, names: own }) => [String(number), own.en]));
  const name = (label: string) => names.get(label) ?? label;
  return {
    ...head,
    groups: head.groups.map((group) => ({
      ...group,
      name: group.activation === 'sigmoid' ? name(group.name) : group.name,
      labels: group.labels.map(name),
    })),
  };
}
