import type { Label, LabelNumber } from './label.ts';

interface KnownLabel {
  readonly number: LabelNumber;
  readonly id: string;
  readonly names: { readonly en: string; readonly zh: string };
  readonly own: boolean;
}

/** All labels of a library; numbers are given once and kept for ever. */
export class LabelRegistry {
  readonly #labels: KnownLabel[] = [];
  readonly #byId = new Map<string, KnownLabel>();
  #thresholds = new Map<LabelNumber, number>();

  /** One more than the greatest number. */
  get size(): number {
    return this.#labels.length;
  }

  load(labels: readonly KnownLabel[]): void {
    for (const label of labels) this.#put(label);
  }

  all(): Label[] {
    return this.#labels.map((label) => this.#withThreshold(label));
  }

  get(number: LabelNumber): Label | null {
    const label = this.#labels[number];
    return label === undefined ? null : this.#withThreshold(label);
  }

  byId(id: string): Label | null {
    const label = this.#byId.get(id);
    return label === undefined ? null : this.#withThreshold(label);
  }

  /** By name in either language, whatever the case. A model's label comes before an own one. */
  byName(name: string): Label | null {
    const wanted = folded(name);
    const found = this.#labels.filter(
      ({ names }) => folded(names.en) === wanted || folded(names.zh) === wanted,
    );
    const label = found.find(({ own }) => !own) ?? found[0];
    return label === undefined ? null : this.#withThreshold(label);
  }

  /** The labels that `wanted` would add or rename, with their numbers; nothing changes until `load` is given them. */
  plan(wanted: readonly { readonly id: string; readonly en: string; readonly zh: string }[]): KnownLabel[] {
    const changes: KnownLabel[] = [];
    const planned = new Set<string>();
    let next = this.#labels.length;
    for (const { id, en, zh } of wanted) {
      if (planned.has(id)) continue;
      planned.add(id);
      const known = this.#byId.get(id);
      if (known !== undefined && known.names.en === en && known.names.zh === zh) continue;
      changes.push({ number: known?.number ?? (next++ as LabelNumber), id, names: { en, zh }, own: false });
    }
    return changes;
  }

  /** An own label of that name, not yet in the registry. */
  planOwn(name: string): KnownLabel {
    const text = name.trim().replace(/\s+/g, ' ');
    const slug =
      folded(text)
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '') || 'label';
    let id = `own:${slug}`;
    for (let n = 2; this.#byId.has(id); n++) id = `own:${slug}-${n}`;
    return { number: this.#labels.length as LabelNumber, id, names: { en: text, zh: text }, own: true };
  }

  /** The thresholds of the model whose opinion counts; labels that it does not score have none. */
  setThresholds(labels: readonly LabelNumber[], thresholds: readonly number[]): void {
    this.#thresholds = new Map(labels.map((label, i) => [label, thresholds[i]!]));
  }

  #put(label: KnownLabel): void {
    this.#labels[label.number] = label;
    this.#byId.set(label.id, label);
  }

  #withThreshold({ number, id, names, own }: KnownLabel): Label {
    return { number, id, names, own, threshold: this.#thresholds.get(number) ?? null };
  }
}

function folded(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
