import type { Label, LabelNumber } from '../../core/tagging/label.ts';

/** The library's labels, by number and by text id, with names in the current language. */
export interface LabelTable {
  readonly all: readonly Label[];
  get(number: LabelNumber): Label | undefined;
  byId(id: string): Label | undefined;
  /** The label's name in the current language. */
  name(label: Label): string;
}

/** `language` is a BCP 47 tag; anything Chinese gets the Chinese names. */
export function labelTable(labels: readonly Label[], language: string): LabelTable {
  const byNumber = new Map(labels.map((label) => [label.number, label]));
  const byId = new Map(labels.map((label) => [label.id, label]));
  const chinese = language.startsWith('zh');
  return {
    all: labels,
    get: (number) => byNumber.get(number),
    byId: (id) => byId.get(id),
    name: (label) => (chinese ? label.names.zh : label.names.en),
  };
}
