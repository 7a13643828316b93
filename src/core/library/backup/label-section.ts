import type { LabelRow } from '../../backup/entries.ts';
import type { LabelNumber } from '../../tagging/label.ts';
import type { Catalogue } from '../catalogue.ts';
import type { StoredLabel } from '../stored-rows.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';

/** Those of label sets come with their sets. */
export function* labelRows({ labels }: Catalogue): Generator<LabelRow[]> {
  yield labels
    .all()
    .filter(({ set }) => set === undefined)
    .map(({ id, names, own }) => ({ id, en: names.en, zh: names.zh, own }));
}

/** A label is the same by its id or, for the person's own ones, by its name; others are new. */
export function mergeLabels(rows: readonly LabelRow[], context: RestoreContext): SectionChanges {
  const { labels } = context.catalogue;
  const added: StoredLabel[] = [];
  let next = context.nextLabel;
  for (const { id, en, zh, own } of rows) {
    if (context.labels.has(id)) continue;
    const same = labels.byId(id);
    const isSame = same !== null && (!own || same.names.en === en || same.names.zh === zh);
    const known = isSame ? same : own ? (labels.byName(en) ?? labels.byName(zh)) : null;
    const number = known?.number ?? (next++ as LabelNumber);
    context.labels.set(id, number);
    if (known !== null) continue;
    const taken = (wanted: string) => labels.byId(wanted) !== null || added.some((one) => one.id === wanted);
    let unique = id;
    for (let n = 2; taken(unique); n++) unique = `${id}-${n}`;
    added.push({ number, id: unique, names: { en, zh }, own });
  }
  context.nextLabel = next;
  return added.length > 0 ? { labels: added } : {};
}
