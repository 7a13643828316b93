import type { LabelNumber, Verdict } from '../tagging/label.ts';
import { columnGroups, type LabelSet } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import { truthReader } from './label-figures.ts';
import type { PhotoId } from './photo.ts';
import type { VerdictChange } from './set-change.ts';

interface SaidOfPhoto {
  readonly photo: PhotoId;
  readonly said: ReadonlyMap<LabelNumber, Verdict>;
}

/** Photos with verdicts on some labels, and these verdicts. */
export function saidOf({ tags }: Catalogue, labels: readonly LabelNumber[]): SaidOfPhoto[] {
  const found: SaidOfPhoto[] = [];
  for (const [photo, verdicts] of tags.judged()) {
    const said = new Map<LabelNumber, Verdict>();
    for (const label of labels) {
      const verdict = verdicts.get(label);
      if (verdict !== undefined) said.set(label, verdict);
    }
    if (said.size > 0) found.push({ photo: photo as PhotoId, said });
  }
  return found;
}

/** Every verdict on some labels, taken back. */
export function forgetting(catalogue: Catalogue, labels: readonly LabelNumber[]): VerdictChange[] {
  return saidOf(catalogue, labels).flatMap(({ photo, said }) =>
    Array.from(said, ([label, before]) => ({ photo, label, before, after: null })),
  );
}

/** What becomes of verdicts when one label is merged into another: not there is it where it is known that neither was. */
export function mergedVerdicts(
  catalogue: Catalogue,
  set: LabelSet,
  from: LabelNumber,
  into: LabelNumber,
): VerdictChange[] {
  const groups = columnGroups(set);
  const read = truthReader(catalogue, set.id, groups);
  const columns = groups.flatMap(({ labels }) => labels);
  const [first, second] = [columns.indexOf(from), columns.indexOf(into)];
  const truth = new Int8Array(columns.length);
  return saidOf(catalogue, [from, into]).flatMap(({ photo, said }): VerdictChange[] => {
    read(photo, truth);
    const isThere = truth[first] === 1 || truth[second] === 1;
    const isAbsent = truth[first] === 0 && truth[second] === 0;
    const becomes: Verdict | null = isThere ? 'accepted' : isAbsent ? 'rejected' : null;
    const changes: VerdictChange[] = [
      { photo, label: from, before: said.get(from) ?? null, after: null },
      { photo, label: into, before: said.get(into) ?? null, after: becomes },
    ];
    return changes.filter(({ before, after }) => before !== after);
  });
}
