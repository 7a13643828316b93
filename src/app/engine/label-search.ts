import { synonyms } from '../../core/search/synonyms.ts';
import type { Label } from '../../core/tagging/label.ts';

/** Text as it is compared: width and case variants are the same. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

/** How well a name answers what was typed: 3 the same, 2 starts with it, 1 a word starts with it, 0.5 holds it, 0 not at all. */
function quality(name: string, typed: string): number {
  if (name === typed) return 3;
  if (name.startsWith(typed)) return 2;
  const at = name.indexOf(typed);
  if (at < 0) return 0;
  return /[\s\-/(（]/.test(name.charAt(at - 1)) ? 1 : 0.5;
}

function namesQuality({ names }: Label, typed: string): number {
  return Math.max(quality(fold(names.en), typed), quality(fold(names.zh), typed));
}

/** Other names of a label: those of its set, and what people call a model's label. */
function otherNames(label: Label): readonly string[] {
  return [...(label.synonyms ?? []), ...(synonyms[label.id] ?? [])];
}

/**
 * Labels whose English or Chinese name answers `text`, best first, ties in the order of `labels`; then those that have
 * another name which does. All of them for an empty text.
 */
export function searchLabels(
  labels: readonly Label[],
  text: string,
  limit = Number.POSITIVE_INFINITY,
): readonly Label[] {
  const typed = fold(text);
  if (typed === '') return labels.slice(0, Math.min(limit, labels.length));
  // Who types a whole other name means that label; of a part of one, others may be meant.
  const others = (label: Label) =>
    otherNames(label).reduce((best, name) => {
      const found = quality(fold(name), typed);
      return Math.max(best, found === 3 ? 2.5 : found / 10);
    }, 0);
  return labels
    .map((label) => ({ label, quality: Math.max(namesQuality(label, typed), others(label)) }))
    .filter((found) => found.quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .slice(0, Math.min(limit, labels.length))
    .map((found) => found.label);
}

/** The label that is called exactly `text` in either language; else the one that has it as another name. */
export function labelCalled(labels: readonly Label[], text: string): Label | undefined {
  const typed = fold(text);
  return (
    labels.find((label) => namesQuality(label, typed) === 3) ??
    labels.find((label) => otherNames(label).some((name) => fold(name) === typed))
  );
}

/** The other name by which a label answers `text`; null: by its own names, or not at all. */
export function otherNameFor(label: Label, text: string): string | null {
  const typed = fold(text);
  if (namesQuality(label, typed) > 0) return null;
  return otherNames(label).find((name) => quality(fold(name), typed) > 0) ?? null;
}
