import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Label } from '../../../core/tagging/label.ts';
import { useLabels, useQuery, useView } from '../../engine/hooks.ts';
import { searchLabels } from '../../engine/label-search.ts';
import { useFormat } from '../../i18n/format.ts';
import type { Suggestion } from '../../ui/SuggestField.tsx';
import { useFileMatches } from './use-file-matches.ts';

const tagLimit = 7;

/**
 * What the search box offers for a text: tags by their names in either language (`tag:<label id>`), all files whose name
 * holds the text (`text:`), and the first few of those (`photo:<photo id>`).
 */
export function useSuggestions(text: string): readonly Suggestion[] {
  const { t } = useTranslation();
  const labels = useLabels();
  const format = useFormat();
  const counts = useView(useQuery())?.labelCounts ?? null;
  const matches = useFileMatches(text);
  return useMemo(() => {
    const typed = text.trim();
    if (typed === '') return [];
    const countOf = (label: Label) => counts?.[label.number] ?? 0;
    // Tags that lead nowhere come last.
    const found = searchLabels(labels.all, typed);
    const useful = counts === null ? found : found.filter((label) => countOf(label) > 0);
    const others = counts === null ? [] : found.filter((label) => countOf(label) === 0);
    const tags = [...useful, ...others].slice(0, tagLimit).map((label) => {
      const name = labels.name(label);
      const other = name === label.names.zh ? label.names.en : label.names.zh;
      // The other language's name is told where it is the one that was found.
      const holds = name.toLowerCase().includes(typed.toLowerCase());
      return {
        key: `tag:${label.id}`,
        text: holds ? name : `${name} · ${other}`,
        icon: 'tag' as const,
        hint: counts === null ? '' : format.number(countOf(label)),
        group: t('filters.groupTags'),
      };
    });
    if (matches === null || matches.count === 0) return tags;
    const group = t('filters.groupFiles');
    return [
      ...tags,
      {
        key: 'text:',
        text: t('filters.nameHolds', { text: typed }),
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
  }, [text, labels, format, counts, matches, t]);
}
