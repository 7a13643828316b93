import { type DuplicateScope, everything } from '../../../core/library/duplicate-scope.ts';
import { storedObject, useRemembered } from '../../engine/use-remembered.ts';

const storageKey = 'picsift.duplicates.scope';

export function useScope(): [DuplicateScope, (scope: DuplicateScope) => void] {
  return useRemembered(storageKey, readScope);
}

/** Whether some photos or pairs are left out. */
export function isNarrowed({
  compare,
  references,
  filter,
  leastBytes,
  formats,
  ignored,
}: DuplicateScope): boolean {
  const isFilled = (texts: readonly string[]) => texts.some((text) => text.trim() !== '');
  return (
    compare !== 'all' ||
    leastBytes > 0 ||
    filterOf(filter) !== null ||
    [references, formats, ignored].some(isFilled)
  );
}

/** Stored text -> the scope; whatever is missing or malformed takes the default. */
export function readScope(text: string | null): DuplicateScope {
  const { compare, references, filter, leastBytes, formats, ignored } = storedObject(text);
  return {
    compare: compare === 'within-folders' || compare === 'reference' ? compare : everything.compare,
    references: textsOf(references),
    filter: filterOf(filter),
    leastBytes: typeof leastBytes === 'number' && leastBytes > 0 ? leastBytes : 0,
    formats: textsOf(formats),
    ignored: textsOf(ignored),
  };
}

function filterOf(value: unknown): DuplicateScope['filter'] {
  if (typeof value !== 'object' || value === null) return null;
  const { text, allOf, from, to } = value as Readonly<Record<string, unknown>>;
  const time = (one: unknown) => (typeof one === 'number' && Number.isFinite(one) ? one : null);
  const filter = {
    text: typeof text === 'string' ? text : '',
    allOf: (Array.isArray(allOf) ? allOf.filter((one) => Number.isInteger(one)) : []) as NonNullable<
      DuplicateScope['filter']
    >['allOf'],
    from: time(from),
    to: time(to),
  };
  const isOpen =
    filter.text === '' && filter.allOf.length === 0 && filter.from === null && filter.to === null;
  return isOpen ? null : filter;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : [];
}
