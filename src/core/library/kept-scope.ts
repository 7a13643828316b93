import type { Catalogue } from './catalogue.ts';
import { type DuplicateScope, everything } from './duplicate-scope.ts';
import { foldText } from './query-photos.ts';
import { StoreRefused } from './store-refused.ts';

/** Where the store has it, beside its counters. */
export const scopeKey = 'duplicateScope';

/** Among which photos the person has duplicates looked for: reference folders are not to be forgotten. */
export class KeptScope {
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Null: nothing was ever chosen. */
  async get(): Promise<DuplicateScope | null> {
    const stored = await this.#catalogue.store.remembered(scopeKey);
    return stored === undefined ? null : scopeOf(stored);
  }

  /** @throws StoreRefused */
  set(duplicateScope: DuplicateScope): Promise<void> {
    return this.#catalogue.exclusive(async () => {
      StoreRefused.check(await this.#catalogue.write({ duplicateScope }, 'relaxed'));
    });
  }
}

/** Whether some photos or pairs are left out. */
export function isNarrowed(scope: DuplicateScope): boolean {
  const { compare, references, filter, leastBytes, formats, ignored } = scope;
  const isFilled = (texts: readonly string[]) => texts.some((text) => text.trim() !== '');
  return (
    compare !== 'all' ||
    leastBytes > 0 ||
    filterOf(filter) !== null ||
    [references, formats, ignored].some(isFilled)
  );
}

/** See [Note: Names of folders]. */
const namesake = /^(.+) \(\d+\)$/;

/**
 * A scope of an earlier version, where several folders may have been called the same: what it says of one it says of all
 * of them, whatever they are called now.
 *
 * @param folders names of the picked ones
 */
export function withNamesakes(scope: DuplicateScope, folders: readonly string[]): DuplicateScope {
  const all = (texts: readonly string[]) => [...texts, ...folders.flatMap((name) => saidOf(name, texts))];
  return { ...scope, references: all(scope.references), ignored: all(scope.ignored) };
}

function saidOf(name: string, texts: readonly string[]): string[] {
  const own = namesake.exec(name)?.[1];
  if (own === undefined) return [];
  return texts.flatMap((text) => {
    const [first = '', ...rest] = text
      .trim()
      .replace(/^[/\\]+/, '')
      .split(/[/\\]/);
    return foldText(first) === foldText(own) ? [[name, ...rest].join('/')] : [];
  });
}

/** Something stored -> the scope; whatever is missing or malformed takes the default. */
export function scopeOf(value: unknown): DuplicateScope {
  const { compare, references, filter, leastBytes, formats, ignored } = Object(value) as Record<
    string,
    unknown
  >;
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
