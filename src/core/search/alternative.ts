import { type Exclusion, formatExclusion, parseExclusion } from './exclusion.ts';

/** What a photo can be, as people type it. */
export type Trait =
  /** It carries that label, by its text id. */
  | { readonly kind: 'tag'; readonly id: string }
  /** Its name or path holds that. */
  | { readonly kind: 'name'; readonly text: string }
  /** What an exclusion is about: it lies in that folder, was taken on one of those days, ... */
  | Exclusion;

/** One of several things of which a photo must be at least one. */
export interface Alternative {
  readonly trait: Trait;
  /** It must not be that. */
  readonly negated: boolean;
}

/** As links write it: `tag.dog`, `-name.draft`, and as exclusions are written. */
export function formatAlternative({ trait, negated }: Alternative): string {
  const minus = negated ? '-' : '';
  if (trait.kind === 'tag') return `${minus}tag.${trait.id}`;
  if (trait.kind === 'name') return `${minus}name.${trait.text}`;
  return `${minus}${formatExclusion(trait)}`;
}

/** What `formatAlternative` wrote; null if it is none. */
export function parseAlternative(text: string): Alternative | null {
  const negated = text.startsWith('-');
  const rest = negated ? text.slice(1) : text;
  const [, kind, value = ''] = /^(tag|name)\.(.+)$/s.exec(rest) ?? [];
  if (kind === 'tag') return { trait: { kind, id: value }, negated };
  if (kind === 'name') return { trait: { kind, text: value }, negated };
  const trait = parseExclusion(rest);
  return trait === null ? null : { trait, negated };
}

/** Names a group of alternatives, whatever their order. */
export function alternativesKey(group: readonly Alternative[]): string {
  return JSON.stringify(group.map(formatAlternative).sort());
}

/** The groups as one list, each group once. */
export function joinedAlternatives(
  ...lists: readonly (readonly (readonly Alternative[])[])[]
): readonly (readonly Alternative[])[] {
  return [...new Map(lists.flat().map((group) => [alternativesKey(group), group])).values()];
}
