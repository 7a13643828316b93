import type { DescribedLabel, FileLabel, FileRow, LabelFile } from '../label-files/label-file.ts';
import type { TaughtHead } from '../learning/head.ts';
import type { LabelNumber } from '../tagging/label.ts';
import {
  builtInSet,
  coversLabel,
  isFullMark,
  type LabelSet,
  type SetLabel,
  sideOf,
} from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import { labelledPhotos } from './label-figures.ts';
import { renamedHead } from './renamed-head.ts';

/** A set, its labels and all that was said of photos in it, as a file has it. Names are the English ones. */
export function exportedLabels(catalogue: Catalogue, set: LabelSet): LabelFile {
  const { table, tags, marks } = catalogue;
  const described = set.labels.map((label) => describedLabel(set, label));
  const labels = new Map<LabelNumber, FileLabel>(
    set.labels.map(({ number }, n) => [number, { name: described[n]!.name, group: described[n]!.group }]),
  );
  const rows = labelledPhotos(catalogue, set.id).flatMap((photo): FileRow[] => {
    const verdicts = tags.verdictsOf(photo);
    const mark = marks.get(set.id, photo);
    const said = (wanted: 'accepted' | 'rejected') =>
      [...labels].filter(([number]) => verdicts.get(number) === wanted).map(([, label]) => label);
    const isFull = isFullMark(mark, set);
    // Fully labelled before some of the labels came: the others are ruled out one by one.
    const covered = isFull
      ? []
      : set.labels
          .filter(({ number, since }) => coversLabel(mark, since) && !verdicts.has(number))
          .map(({ number }) => labels.get(number)!);
    const [present, absent] = [said('accepted'), [...said('rejected'), ...covered]];
    if (present.length + absent.length === 0 && mark === 0) return [];
    return [
      {
        photo: table.path(photo) ?? table.name(photo),
        present,
        absent,
        fullyLabelled: isFull,
        side: sideOf(mark),
      },
    ];
  });
  const { name, kind, refuses } = set;
  return { name, kind, ...(kind === 'multi-class' && { refuses }), labels: described, rows };
}

/** The built-in labels, and the person's own ones that are in no set, of which anything is said: as a set. */
export function builtIn({ labels, tags }: Catalogue): LabelSet {
  const said = new Set(Array.from(tags.judged()).flatMap(([, verdicts]) => [...verdicts.keys()]));
  const look = { colour: 0, shortcut: null, synonyms: [], group: null };
  const own = labels.all().filter(({ number, set }) => set === undefined && said.has(number));
  return {
    id: builtInSet,
    name: 'Picsift',
    kind: 'multi-label',
    groups: [],
    labels: own.map(({ number, names }) => ({ ...look, number, names })),
    refuses: false,
  };
}

function describedLabel({ groups }: LabelSet, label: SetLabel): DescribedLabel {
  const { names, colour, shortcut, synonyms } = label;
  return {
    name: names.en,
    group: groups.find(({ id }) => id === label.group)?.name ?? null,
    ...(names.zh !== names.en && { zh: names.zh }),
    colour,
    ...(shortcut !== null && { shortcut }),
    ...(synonyms.length > 0 && { synonyms }),
  };
}

/** A head with the labels' names in place of their numbers: what other programs understand. Null: they are all gone. */
export function namedHead(set: LabelSet, head: TaughtHead): TaughtHead | null {
  const names = new Map(set.labels.map(({ number, names: own }) => [String(number), own]));
  const renamed = renamedHead(
    head,
    (label) => names.get(label)?.en ?? null,
    (label) => names.get(label)!.zh,
  );
  return renamed?.head ?? null;
}
