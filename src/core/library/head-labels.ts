import type { TaughtHead } from '../learning/head.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { foldedName, type LabelSet, type SetLabel } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * [Note: Merged labels] A head knows the labels that it was taught. What it says of one that was merged into another counts for
 * that one, until the set is taught again: the other one is found by the name of the first, which merging leaves as a synonym.
 * So neither a merge nor its undo changes the head, and nothing that it found is lost. Scores are taken to the scale of the
 * label's own threshold; of several the highest counts.
 */
export interface HeadLabel {
  readonly label: LabelNumber;
  /** Outputs of the head that count for it, its own first; at least one. */
  readonly outputs: readonly number[];
  /** Null: it is not given by a threshold. */
  readonly threshold: number | null;
}

/** The labels of a set that a head knows, in the head's order. Of labels that are gone and were merged into none, nothing. */
export function headLabels(catalogue: Catalogue, set: LabelSet, head: TaughtHead): HeadLabel[] {
  const numbers = outputLabels(head);
  const there = standIns(catalogue, set, numbers);
  const outputs = new Map<LabelNumber, number[]>();
  numbers.forEach((number, output) => {
    const label = there.get(number);
    if (label === undefined) return;
    const own = outputs.get(label);
    if (own === undefined) outputs.set(label, [output]);
    else if (number === label) own.unshift(output);
    else own.push(output);
  });
  return Array.from(outputs, ([label, own]) => ({
    label,
    outputs: own,
    threshold: own.map((output) => head.thresholds[output] ?? null).find((one) => one !== null) ?? null,
  }));
}

/** Which label each label of a head counts for: itself, while it is there, or the one that it was merged into. */
export function standIns(
  { labels }: Catalogue,
  set: LabelSet,
  numbers: readonly LabelNumber[],
): ReadonlyMap<LabelNumber, LabelNumber> {
  const there = new Set(set.labels.map(({ number }) => number));
  let bySynonym: Map<string, SetLabel[]> | null = null;
  const found = new Map<LabelNumber, LabelNumber>();
  for (const number of numbers) {
    if (there.has(number)) {
      found.set(number, number);
      continue;
    }
    const name = labels.get(number)?.names.en;
    bySynonym ??= labelsBySynonym(set);
    const named = name === undefined ? undefined : bySynonym.get(foldedName(name));
    if (named?.length === 1) found.set(number, named[0]!.number);
  }
  return found;
}

function labelsBySynonym({ labels }: LabelSet): Map<string, SetLabel[]> {
  const found = new Map<string, SetLabel[]>();
  for (const label of labels) {
    for (const name of new Set(label.synonyms.map(foldedName))) {
      const known = found.get(name);
      if (known === undefined) found.set(name, [label]);
      else known.push(label);
    }
  }
  return found;
}

/** [outputs] how each is read. */
export function outputActivations({ groups }: TaughtHead): TaughtHead['groups'][number]['activation'][] {
  return groups.flatMap(({ labels, activation }) => labels.map(() => activation));
}

/** [outputs] label numbers. */
export function outputLabels(head: TaughtHead): LabelNumber[] {
  return head.groups.flatMap(({ labels }) => labels.map((label) => Number(label) as LabelNumber));
}

/** What a head says of a label: the highest of its outputs' scores. @param scores [outputs] from `start` on; NaN: none */
export function scoreOf(
  { outputs, threshold }: HeadLabel,
  head: TaughtHead,
  scores: ArrayLike<number>,
  start = 0,
): number {
  let best = Number.NaN;
  for (const output of outputs) {
    const own = head.thresholds[output] ?? null;
    const score = scores[start + output]!;
    // One that is never given gives nothing to the other either.
    if (outputs.length > 1 && threshold !== null && own === null) continue;
    const there = own === null || threshold === null ? score : onScale(score, own, threshold);
    if (Number.isNaN(best) || there > best) best = there;
  }
  return best;
}

/** A score in relation to one threshold, as it would be in relation to another: at or above it where it was. */
export function onScale(score: number, own: number, wanted: number): number {
  if (own === wanted || Number.isNaN(score)) return score;
  if (score < own) return Math.min((score / own) * wanted, below(wanted));
  return own >= 1 ? Math.max(wanted, score) : wanted + ((score - own) / (1 - own)) * (1 - wanted);
}

/** Rounding, to 32 bits too, must not lift what is not given to what is. */
const below = (threshold: number) => threshold * (1 - 2 ** -22);
