import type { LabelNumber, Verdict } from './label.ts';
import { TagTable } from './tag-table.ts';

/**
 * The tags of every photo: what the model says (scores at or above their thresholds), outranked by what the person
 * said. Both are kept, so that a verdict can be taken back. Rows are photo ids.
 */
export class PhotoTags {
  readonly #model = new TagTable();
  readonly #judged = new TagTable();
  /** What taught label sets say. */
  readonly #taught = new TagTable();
  /** Keywords of the files: see [Note: Tags of files]. */
  readonly #ofFiles = new Map<number, readonly LabelNumber[]>();
  readonly #verdicts = new Map<number, Map<LabelNumber, Verdict>>();
  readonly #times = new Map<number, Map<LabelNumber, number>>();
  /** Whether a taught set's opinion of a label counts for nothing, as the person has said what excludes or settles it. */
  #isSettled: (photo: number, label: LabelNumber) => boolean = () => false;
  /** 1 for photos with verdicts, taught tags or tags of their file: their tags are in `#judged`. */
  #isJudged = new Uint8Array(1024);

  readonly #now: () => number;

  /** @param now when a verdict is given that says no time, milliseconds since 1970 */
  constructor(now: () => number = () => 0) {
    this.#now = now;
  }

  /** Labels that the photo carries. */
  get(photo: number): LabelNumber[] {
    return this.#table(photo).get(photo);
  }

  setModelTags(photo: number, labels: readonly LabelNumber[]): void {
    this.#model.set(photo, labels);
    this.#combine(photo);
  }

  setTaughtTags(photo: number, labels: readonly LabelNumber[]): void {
    if (labels.length === 0 && this.#taught.isEmpty(photo)) return;
    this.#taught.set(photo, labels);
    this.#combine(photo);
  }

  taughtTags(photo: number): LabelNumber[] {
    return this.#taught.get(photo);
  }

  setFileTags(photo: number, labels: readonly LabelNumber[]): void {
    if (labels.length === 0) this.#ofFiles.delete(photo);
    else this.#ofFiles.set(photo, labels);
    this.#combine(photo);
  }

  fileTags(photo: number): readonly LabelNumber[] {
    return this.#ofFiles.get(photo) ?? [];
  }

  allFileTags(): Iterable<[number, readonly LabelNumber[]]> {
    return this.#ofFiles;
  }

  settledBy(isSettled: (photo: number, label: LabelNumber) => boolean): void {
    this.#isSettled = isSettled;
  }

  /** What counts for the photo may have changed beside its verdicts. */
  recombine(photo: number): void {
    this.#combine(photo);
  }

  /** For photos that share a content. */
  copyModelTags(from: number, to: number): void {
    this.setModelTags(to, this.#model.get(from));
    this.setTaughtTags(to, this.#taught.get(from));
  }

  verdict(photo: number, label: LabelNumber): Verdict | null {
    return this.#verdicts.get(photo)?.get(label) ?? null;
  }

  /** Photos that the person has judged, with what was said of each; in no order. */
  judged(): Iterable<[number, ReadonlyMap<LabelNumber, Verdict>]> {
    return this.#verdicts;
  }

  verdictsOf(photo: number): ReadonlyMap<LabelNumber, Verdict> {
    return this.#verdicts.get(photo) ?? none;
  }

  /** When the verdict was given, milliseconds since 1970; 0: before times were kept, or there is none. */
  verdictTime(photo: number, label: LabelNumber): number {
    return this.#times.get(photo)?.get(label) ?? 0;
  }

  /** @param at when it was given; if absent: now, or as before if it stays what it was */
  setVerdict(photo: number, label: LabelNumber, verdict: Verdict | null, at?: number): void {
    const same = verdict !== null && this.verdict(photo, label) === verdict;
    const time = at ?? (same ? this.verdictTime(photo, label) : this.#now());
    this.#setTime(photo, label, verdict === null ? 0 : time);
    let verdicts = this.#verdicts.get(photo);
    if (verdict === null) {
      verdicts?.delete(label);
      if (verdicts?.size === 0) this.#verdicts.delete(photo);
    } else {
      if (verdicts === undefined) {
        verdicts = new Map();
        this.#verdicts.set(photo, verdicts);
      }
      verdicts.set(label, verdict);
    }
    this.#combine(photo);
  }

  /** Forgets all about a photo. */
  delete(photo: number): void {
    this.#model.set(photo, []);
    this.#taught.set(photo, []);
    this.#ofFiles.delete(photo);
    this.#verdicts.delete(photo);
    this.#times.delete(photo);
    this.#combine(photo);
  }

  /** Forgets what the models say, not what the person said. */
  clearModelTags(): void {
    this.#model.clear();
    this.#isJudged.forEach((judged, photo) => {
      if (judged === 1) this.#combine(photo);
    });
  }

  /** Adds the number of given photos that carry each label to `counts`, by label number. */
  count(photos: Uint32Array, counts: Uint32Array): void {
    for (let i = 0; i < photos.length; i++) {
      const photo = photos[i]!;
      const table = this.#table(photo);
      const start = table.starts[photo] ?? 0;
      const end = start + (table.lengths[photo] ?? 0);
      const pool = table.pool;
      for (let at = start; at < end; at++) counts[pool[at]!]!++;
    }
  }

  /** A test of one photo: carries all of, at least one of (if any are named), none of. */
  matcher(
    allOf: readonly LabelNumber[],
    anyOf: readonly LabelNumber[],
    noneOf: readonly LabelNumber[],
  ): (photo: number) => boolean {
    const all = [...new Set(allOf)];
    const any = new Set<number>(anyOf);
    const none = new Set<number>(noneOf);
    return (photo) => {
      const table = this.#table(photo);
      const start = table.starts[photo] ?? 0;
      const end = start + (table.lengths[photo] ?? 0);
      let found = 0;
      let anyFound = any.size === 0;
      for (let at = start; at < end; at++) {
        const label = table.pool[at]!;
        if (none.has(label)) return false;
        if (all.includes(label as LabelNumber)) found++;
        if (!anyFound && any.has(label)) anyFound = true;
      }
      return anyFound && found === all.length;
    };
  }

  #setTime(photo: number, label: LabelNumber, at: number): void {
    const times = this.#times.get(photo);
    if (at !== 0) {
      if (times === undefined) this.#times.set(photo, new Map([[label, at]]));
      else times.set(label, at);
      return;
    }
    times?.delete(label);
    if (times?.size === 0) this.#times.delete(photo);
  }

  #table(photo: number): TagTable {
    return this.#isJudged[photo] === 1 ? this.#judged : this.#model;
  }

  #united(photo: number, taught: readonly LabelNumber[]): LabelNumber[] {
    return [...new Set([...this.#model.get(photo), ...taught, ...this.fileTags(photo)])];
  }

  #combine(photo: number): void {
    const verdicts = this.#verdicts.get(photo);
    if (photo >= this.#isJudged.length) {
      const larger = new Uint8Array(Math.max(photo + 1, this.#isJudged.length * 2));
      larger.set(this.#isJudged);
      this.#isJudged = larger;
    }
    const taught = this.#taught.get(photo).filter((label) => !this.#isSettled(photo, label));
    const ofFile = this.fileTags(photo);
    this.#isJudged[photo] = verdicts === undefined && taught.length + ofFile.length === 0 ? 0 : 1;
    if (this.#isJudged[photo] === 0) {
      this.#judged.set(photo, []);
      return;
    }
    const all = ofFile.length === 0 ? [...this.#model.get(photo), ...taught] : this.#united(photo, taught);
    const tags = all.filter((label) => !verdicts?.has(label));
    for (const [label, verdict] of verdicts ?? []) if (verdict === 'accepted') tags.push(label);
    this.#judged.set(photo, tags);
  }
}

const none: ReadonlyMap<LabelNumber, Verdict> = new Map();
