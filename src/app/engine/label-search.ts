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

/**
 * Labels whose English or Chinese name answers `text`, best first, ties in the order of `labels`; all of them for an
 * empty text.
 */
export function searchLabels(
  labels: readonly Label[],
  text: string,
  limit = Number.POSITIVE_INFINITY,
): readonly Label[] {
  const typed = fold(text);
  if (typed === '') return labels.slice(0, Math.min(limit, labels.length));
  return labels
    .map((label) => ({
      label,
      quality: Math.max(quality(fold(label.names.en), typed), quality(fold(label.names.zh), typed)),
    }))
    .filter((found) => found.quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .slice(0, Math.min(limit, labels.length))
    .map((found) => found.label);
}

/** The label that is called exactly `text` in either language. */
export function labelCalled(labels: readonly Label[], text: string): Label | undefined {
  const typed = fold(text);
  return labels.find((label) => fold(label.names.en) === typed || fold(label.names.zh) === typed);
}
