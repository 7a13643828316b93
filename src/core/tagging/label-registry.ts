import type { Label, LabelNumber } from './label.ts';

/** A label as it is stored. */
export interface KnownLabel {
  readonly number: LabelNumber;
  readonly id: string;
  readonly names: { readonly en: string; readonly zh: string };
  readonly own: boolean;
  /** The label set that it belongs to; absent: none. */
  readonly set?: number;
  /** Deleted with its set, or from it: nobody sees it any more, but what was said of photos can come back with it. */
  readonly retired?: boolean;
}

/** All labels of a library; numbers are given once and kept for ever. */
export class LabelRegistry {
  readonly #labels: KnownLabel[] = [];
  readonly #byId = new Map<string, KnownLabel>();
  #thresholds = new Map<LabelNumber, number>();
  /** Of the labels of taught sets. */
  #taught: ReadonlyMap<LabelNumber, number> = new Map();

  /** One more than the greatest number. */
  get size(): number {
    return this.#labels.length;
  }

  /** Sets of labels that are gone count, too: numbers of sets are never used twice. */
  get greatestSet(): number {
    return this.#labels.reduce((most, { set }) => Math.max(most, set ?? 0), 0);
  }

  load(labels: readonly KnownLabel[]): void {
    for (const label of labels) this.#put(label);
  }

  all(): Label[] {
    return this.#labels.filter(({ retired }) => !retired).map((label) => this.#withThreshold(label));
  }

  get(number: LabelNumber): Label | null {
    const label = this.#labels[number];
    return label === undefined ? null : this.#withThreshold(label);
  }

  byId(id: string): Label | null {
    const label = this.#byId.get(id);
    return label === undefined ? null : this.#withThreshold(label);
  }

  /** By name in either language, whatever the case. A model's label comes before an own one, that before one of a set. */
  byName(name: string): Label | null {
    const wanted = folded(name);
    const found = this.#labels.filter(
      ({ names, retired }) => !retired && (folded(names.en) === wanted || folded(names.zh) === wanted),
    );
    const label = found.find(({ own }) => !own) ?? found.find(({ set }) => set === undefined) ?? found[0];
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
    const id = this.freeId(`own:${slugOf(text)}`, new Set());
    return { number: this.#labels.length as LabelNumber, id, names: { en: text, zh: text }, own: true };
  }

  /** New labels of a set, not yet in the registry, in the order of their names. */
  planOfSet(set: number, names: readonly KnownLabel['names'][]): KnownLabel[] {
    const planned = new Set<string>();
    return names.map((own, n) => {
      const id = this.freeId(`set${set}:${slugOf(own.en)}`, planned);
      planned.add(id);
      return { number: (this.#labels.length + n) as LabelNumber, id, names: own, own: true, set };
    });
  }

  /** A known label as it is stored, with other names, hidden or shown again. */
  changed(number: LabelNumber, names: KnownLabel['names'], retired: boolean): KnownLabel {
    const label = this.#labels[number];
    if (label === undefined) throw new RangeError(`label ${number}; there are ${this.size}`);
    return { ...label, names, retired };
  }

  setTaughtThresholds(thresholds: ReadonlyMap<LabelNumber, number>): void {
    this.#taught = thresholds;
  }

  /** The thresholds of the model whose opinion counts; labels that it does not score have none. */
  setThresholds(labels: readonly LabelNumber[], thresholds: readonly number[]): void {
    this.#thresholds = new Map(labels.map((label, i) => [label, thresholds[i]!]));
  }

  /** That id, or one that is like it and not taken. */
  freeId(wanted: string, planned: ReadonlySet<string>): string {
    let id = wanted;
    for (let n = 2; this.#byId.has(id) || planned.has(id); n++) id = `${wanted}-${n}`;
    return id;
  }

  #put(label: KnownLabel): void {
    this.#labels[label.number] = label;
    this.#byId.set(label.id, label);
  }

  #withThreshold({ number, id, names, own, set }: KnownLabel): Label {
    const threshold = this.#thresholds.get(number) ?? this.#taught.get(number) ?? null;
    return { number, id, names, own, threshold, ...(set !== undefined && { set }) };
  }
}

function slugOf(name: string): string {
  return (
    folded(name)
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'label'
  );
}

function folded(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
