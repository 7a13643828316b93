import type { LabelNumber } from './label.ts';

/** Labels of a profile. */
export const profileLabels = 8;

/** The labels that score highest on a picture, at most `profileLabels`, by their numbers; [n] each. */
export interface LabelProfile {
  /** Ascending. */
  readonly labels: Uint16Array;
  /** Score bytes, 1..255. */
  readonly scores: Uint8Array;
}

/**
 * The profile of a row of stored score bytes.
 *
 * @param labels label number of each score column; of labels from 65,536 on no profile tells
 * @param start where the row begins
 */
export function labelProfile(labels: readonly LabelNumber[], scores: Uint8Array, start = 0): LabelProfile {
  const columns = new Int32Array(profileLabels);
  let count = 0;
  // The least score that still gets in; most of a model's labels score next to nothing.
  let least = 1;
  for (let column = 0; column < labels.length; column++) {
    const score = scores[start + column]!;
    if (score < least || labels[column]! > 65_535) continue;
    let place = count < profileLabels ? count++ : profileLabels - 1;
    for (; place > 0 && scores[start + columns[place - 1]!]! < score; place--)
      columns[place] = columns[place - 1]!;
    columns[place] = column;
    if (count === profileLabels) least = scores[start + columns[profileLabels - 1]!]! + 1;
  }
  const chosen = Array.from(columns.subarray(0, count)).sort((a, b) => labels[a]! - labels[b]!);
  return {
    labels: Uint16Array.from(chosen, (column) => labels[column]!),
    scores: Uint8Array.from(chosen, (column) => scores[start + column]!),
  };
}

/**
 * Distance of label scores, 0..1: one less the sum of the lesser of both scores of each label by that of the greater
 * (Ruzicka 1958; the Jaccard distance where scores are 0 or 1). A metric; 1 where either profile is empty.
 */
export function profileDistance(a: LabelProfile, b: LabelProfile): number {
  let [i, j, lesser, greater] = [0, 0, 0, 0];
  while (i < a.labels.length || j < b.labels.length) {
    const own = a.labels[i] ?? Number.POSITIVE_INFINITY;
    const other = b.labels[j] ?? Number.POSITIVE_INFINITY;
    const p = own <= other ? a.scores[i++]! : 0;
    const q = other <= own ? b.scores[j++]! : 0;
    lesser += Math.min(p, q);
    greater += Math.max(p, q);
  }
  return greater === 0 ? 1 : 1 - lesser / greater;
}

/** Profiles of all contents, in memory: 25 bytes each. */
export class LabelProfiles {
  /** 1 more than the labels of each row; 0: no profile (yet). */
  #counts = new Uint8Array(1024);
  /** [rows, profileLabels] */
  #labels = new Uint16Array(1024 * profileLabels);
  #scores = new Uint8Array(1024 * profileLabels);

  set(content: number, { labels, scores }: LabelProfile): void {
    if (content >= this.#counts.length) this.#grow(content + 1);
    this.#counts[content] = 1 + labels.length;
    this.#labels.set(labels, content * profileLabels);
    this.#scores.set(scores, content * profileLabels);
  }

  /** Not a copy; null where there is none. */
  get(content: number): LabelProfile | null {
    const count = (this.#counts[content] ?? 0) - 1;
    if (count < 0) return null;
    const at = content * profileLabels;
    return { labels: this.#labels.subarray(at, at + count), scores: this.#scores.subarray(at, at + count) };
  }

  #grow(rows: number): void {
    const capacity = Math.max(rows, this.#counts.length * 2);
    const [counts, labels, scores] = [this.#counts, this.#labels, this.#scores];
    this.#counts = new Uint8Array(capacity);
    this.#counts.set(counts);
    this.#labels = new Uint16Array(capacity * profileLabels);
    this.#labels.set(labels);
    this.#scores = new Uint8Array(capacity * profileLabels);
    this.#scores.set(scores);
  }
}
