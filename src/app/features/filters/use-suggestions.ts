import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Completion, completionOf } from '../../../core/search/completion.ts';
import { foldName } from '../../../core/search/label-names.ts';
import type { Label } from '../../../core/tagging/label.ts';
import { useLabels, useLabelsByCount, useQuery, useView } from '../../engine/hooks.ts';
import { searchLabels } from '../../engine/label-search.ts';
import { useFormat } from '../../i18n/format.ts';
import type { Suggestion } from '../../ui/SuggestOption.tsx';
import { useFileMatches } from './use-file-matches.ts';
import { useFolderMatches } from './use-folder-matches.ts';
import { useItemMatches } from './use-item-matches.ts';
import type { TypedQueries } from './use-typed-query.ts';

const tagLimit = 7;

export interface Suggestions {
  readonly list: readonly Suggestion[];
  /** The part of the text that the tags complete. */
  readonly completion: Completion;
  /** What the suggestion `text:` looks for. */
  readonly fileText: string;
}

/**
 * What the search box offers for a text: tags that complete its last words, by their names in either language and by
 * synonyms (`tag:<label id>`), folders (`folder:<path>`), things of the catalogue (`item:<name>`), all files whose name holds the text (`text:`), and the first few
 * of those (`photo:<photo id>`).
 */
export function useSuggestions(text: string, { names, sets, parse }: TypedQueries): Suggestions {
  const { t } = useTranslation();
  const labels = useLabels();
  const byCount = useLabelsByCount();
  const format = useFormat();
  const counts = useView(useQuery())?.labelCounts ?? null;
  const matches = useFileMatches(useMemo(() => fileText(text, parse), [text, parse]));
  const completion = useMemo(
    () => completionOf(text, (part) => searchLabels(labels.all, part, 1).length > 0),
    [text, labels],
  );
  const folders = useFolderMatches(completion);
  const items = useItemMatches(text, completion);
  const list = useMemo(() => {
    const typed = text.trim();
    if (typed === '') return [];
    const inFolders = folders.map(({ path, photos }) => ({
      key: `folder:${path}`,
      text: path,
      icon: completion.negated ? ('minus' as const) : ('folder' as const),
      hint: format.number(photos),
      group: t('filters.groupFolders'),
    }));
    if (completion.kind === 'folder') return inFolders;
    if (completion.kind === 'set') {
      const begun = foldName(completion.part);
      return sets
        .filter(({ name }) => foldName(name).includes(begun))
        .map(({ id, name }) => ({
          key: `set:${id}`,
          text: name,
          icon: completion.negated ? ('minus' as const) : ('tag' as const),
          group: t('filters.groupSets'),
        }));
    }
    const part = completion.part.trim();
    const countOf = (label: Label) => counts?.[label.number] ?? 0;
    const synonyms = new Map(
      part === '' ? [] : names.startingWith(part).map(({ label, word }) => [label, word]),
    );
    // Tags that lead nowhere come last.
    const found = part === '' ? [] : [...new Set([...searchLabels(byCount, part), ...synonyms.keys()])];
    const useful = counts === null ? found : found.filter((label) => countOf(label) > 0);
    const others = counts === null ? [] : found.filter((label) => countOf(label) === 0);
    const tags = [...useful, ...others].slice(0, tagLimit).map((label) => {
      const name = labels.name(label);
      const other = name === label.names.zh ? label.names.en : label.names.zh;
      const holds = (one: string) => one.toLowerCase().includes(part.toLowerCase());
      // The name that was found is told where it is another one.
      const via = holds(name) ? null : holds(other) ? other : (synonyms.get(label) ?? other);
      return {
        key: `tag:${label.id}`,
        text: via === null ? name : `${name} · ${via}`,
        icon: completion.negated ? ('minus' as const) : ('tag' as const),
        hint: counts === null ? '' : format.number(countOf(label)),
        group: t('filters.groupTags'),
      };
    });
    const things = items.map(({ name, photos }) => ({
      key: `item:${name}`,
      text: name,
      icon: 'box' as const,
      hint: format.number(photos.length),
      group: t('filters.groupItems'),
    }));
    const named = [...tags, ...things, ...inFolders];
    if (matches === null || matches.count === 0) return named;
    const group = t('filters.groupFiles');
    return [
      ...named,
      {
        key: 'text:',
        text: t('filters.nameHolds', { text: matches.text }),
        icon: 'search' as const,
        hint: format.number(matches.count),
        group,
      },
      ...matches.cells.map((cell) => ({
        key: `photo:${cell.id}`,
        text: cell.name,
        icon: 'photo' as const,
        group,
      })),
    ];
  }, [text, completion, names, sets, folders, items, labels, byCount, format, counts, matches, t]);
  return { list, completion, fileText: matches?.text ?? text.trim() };
}

/** What file names are searched for: the names that the text asks for if it asks for nothing else, or all of it. */
function fileText(typed: string, parse: TypedQueries['parse']): string {
  const { text, ...others } = parse(typed).conditions;
  const isNames = Object.values(others).every(
    (value) =>
      value === null || value === false || (typeof value === 'object' && value.length === 0) || value === '',
  );
  return isNames && text !== '' ? text : typed;
}
