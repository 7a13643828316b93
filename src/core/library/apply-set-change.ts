import type { LabelRegistry } from '../tagging/label-registry.ts';
import type { LabelSet } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';
import type { SetChange, VerdictChange } from './set-change.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredLabel } from './stored-rows.ts';
import { verdictChunks } from './verdict-chunks.ts';

/** Does a change, in one transaction; only inside of `exclusive`. */
export async function applySetChange(catalogue: Catalogue, change: SetChange): Promise<void> {
  const { table, tags, marks, feed, labels } = catalogue;
  const verdicts = change.verdicts.filter(({ photo }) => table.has(photo));
  const marked = change.marks.filter(({ photo }) => table.has(photo));
  const byPhoto = new Map<PhotoId, VerdictChange[]>();
  for (const one of verdicts) {
    const list = byPhoto.get(one.photo);
    if (list === undefined) byPhoto.set(one.photo, [one]);
    else list.push(one);
  }
  const chunks = verdictChunks(catalogue, [...byPhoto.keys()], (photo) => {
    const all = new Map(tags.verdictsOf(photo));
    for (const { label, after } of byPhoto.get(photo)!) {
      if (after === null) all.delete(label);
      else all.set(label, after);
    }
    return all;
  });
  const newMarks = new Map(marked.map(({ photo, after }) => [photo, after]));
  const { sets } = change;
  StoreRefused.check(
    await catalogue.write(
      {
        verdicts: chunks,
        labelMarks: marks.chunks(change.set, newMarks, (photo) => table.has(photo)),
        ...(sets && { labels: namesAfter(labels, sets.before, sets.after) }),
        ...(sets?.after && { labelSets: [sets.after] }),
        ...(sets && sets.after === null && { deletedLabelSets: [change.set] }),
      },
      'strict',
    ),
  );
  for (const { photo, after } of marked) marks.set(change.set, photo, after);
  for (const { photo, label, after } of verdicts) tags.setVerdict(photo, label, after);
  for (const { photo } of marked) tags.recombine(photo);
  feed.photos(new Set([...byPhoto.keys(), ...newMarks.keys()]));
}

/** The registry's side of a changed set: names, and which labels are there. */
function namesAfter(labels: LabelRegistry, before: LabelSet | null, after: LabelSet | null): StoredLabel[] {
  const left = new Set(after?.labels.map(({ number }) => number));
  const gone = (before?.labels ?? []).filter(({ number }) => !left.has(number));
  return [
    ...gone.map(({ number, names }) => labels.changed(number, names, true)),
    ...(after?.labels ?? []).map(({ number, names }) => labels.changed(number, names, false)),
  ];
}
