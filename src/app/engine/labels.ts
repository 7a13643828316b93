import { nameWithSet } from '../../core/search/label-names.ts';
import type { Label, LabelNumber } from '../../core/tagging/label.ts';

/** The library's labels, by number and by text id, with names in the current language. */
export interface LabelTable {
  readonly all: readonly Label[];
  get(number: LabelNumber): Label | undefined;
  byId(id: string): Label | undefined;
  /**
   * The label's name in the current language; with its set's where another label has the same name.
   *
   * @param within number of the set that is spoken of: its name goes without saying
   */
  name(label: Label, within?: number | null): string;
}

/** `language` is a BCP 47 tag; anything Chinese gets the Chinese names. */
export function labelTable(labels: readonly Label[], language: string): LabelTable {
  const byNumber = new Map(labels.map((label) => [label.number, label]));
  const byId = new Map(labels.map((label) => [label.id, label]));
  const chinese = language.startsWith('zh');
  const nameOf = (label: Label) => (chinese ? label.names.zh : label.names.en);
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const label of labels) {
    const name = nameOf(label).toLowerCase();
    if (seen.has(name)) shared.add(name);
    seen.add(name);
  }
  return {
    all: labels,
    get: (number) => byNumber.get(number),
    byId: (id) => byId.get(id),
    name: (label, within) => {
      const name = nameOf(label);
      const isShared = label.setName !== undefined && label.set !== within && shared.has(name.toLowerCase());
      return isShared ? nameWithSet(name, label.setName!) : name;
    },
  };
}
