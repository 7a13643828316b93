import type { Trait } from './alternative.ts';
import type { LabelNames } from './label-names.ts';
import { dayRangeOf } from './typed-dates.ts';

interface Known {
  readonly labels: LabelNames;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/**
 * The tags and days that signs join to a text; null: it is not made of them. A name may hold a sign: `狗和高跟鞋`.
 *
 * @param signs global
 */
export function traitsOf(text: string, signs: RegExp, known: Known): readonly Trait[] | null {
  const whole = traitOf(text, known);
  if (whole !== null) return [whole];
  for (const { index, 0: sign } of text.matchAll(signs)) {
    const first = traitOf(text.slice(0, index), known);
    const others = first === null ? null : traitsOf(text.slice(index + sign.length), signs, known);
    if (first !== null && others !== null) return [first, ...others];
  }
  return null;
}

/** The tag or the days that a text is; null: neither. */
function traitOf(text: string, { labels, today }: Known): Trait | null {
  const label = labels.find(text);
  if (label !== undefined) return { kind: 'tag', id: label.id };
  const days = dayRangeOf(text, today);
  return days === null ? null : { kind: 'dates', ...days };
}
