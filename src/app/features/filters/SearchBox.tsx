import { type ClipboardEvent, type DragEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { Label } from '../../../core/tagging/label.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useLabels, useQuery, useView } from '../../engine/hooks.ts';
import { labelCalled, searchLabels } from '../../engine/label-search.ts';
import { setSimilarFile } from '../../engine/similar-file.ts';
import { useFormat } from '../../i18n/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { SuggestField, type Suggestion } from '../../ui/SuggestField.tsx';
import { showToast } from '../../ui/toasts.ts';
import { combinationOf, withTag } from './filter-state.ts';
import { useFileMatches } from './use-file-matches.ts';
import './filters.css';

const tagLimit = 7;

/** Finds by tag, by file name, and by a photo that is dropped on it, pasted into it or picked. */
export function SearchBox() {
  const { t } = useTranslation();
  const fragment = useFragment();
  const labels = useLabels();
  const [text, setText] = useState('');
  const [dropping, setDropping] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const suggestions = useSuggestions(text);
  useSlashKey(input);

  const addTag = (id: string) =>
    navigate({
      ...withTag(fragment, id, 'with', combinationOf(fragment) ?? 'all'),
      similar: fragment.similar,
      photo: null,
    });
  const byName = (name: string) => navigate({ text: name.trim(), photo: null, similar: null });

  const onChoose = (key: string) => {
    const value = key.slice(key.indexOf(':') + 1);
    if (key.startsWith('tag:')) addTag(value);
    else if (key.startsWith('photo:')) navigate({ photo: Number(value) as PhotoId });
    else byName(text);
    setText('');
  };
  const onSubmit = (typed: string) => {
    if (typed.trim() === '') return;
    const label = labelCalled(labels.all, typed);
    if (label !== undefined) addTag(label.id);
    else byName(typed);
    setText('');
  };

  const findLike = (files: Iterable<File>) => {
    const picture = [...files].find((candidate) => candidate.type.startsWith('image/'));
    if (picture === undefined) {
      showToast({ text: t('filters.notAPicture') });
      return;
    }
    setSimilarFile(picture);
    navigate({ similar: 'file', photo: null });
  };
  // What is dropped or pasted here is searched for; everywhere else it is added.
  const onDrop = (event: DragEvent) => {
    setDropping(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    findLike(event.dataTransfer.files);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    findLike(event.clipboardData.files);
  };
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.dropEffect = 'copy';
    setDropping(true);
  };

  return (
    <search
      className={`search-box ${dropping ? 'search-box--dropping' : ''}`}
      data-drop="similar"
      onDragOver={onDragOver}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
      onPaste={onPaste}
    >
      <SuggestField
        ref={input}
        role="searchbox"
        label={t('filters.search')}
        placeholder={t(dropping ? 'filters.dropToFind' : 'filters.searchHint')}
        icon="search"
        value={text}
        onChange={setText}
        suggestions={suggestions}
        onChoose={onChoose}
        onSubmit={onSubmit}
        after={
          <IconButton
            icon="similar"
            size="small"
            label={t('filters.searchByPhoto')}
            onPress={() => file.current?.click()}
          />
        }
      />
      <input
        ref={file}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('filters.photoToFind')}
        onChange={(event) => {
          findLike(event.currentTarget.files ?? []);
          event.currentTarget.value = '';
        }}
      />
    </search>
  );
}

function useSuggestions(text: string): readonly Suggestion[] {
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

/** The key / goes to the search box from anywhere but other fields and dialogs. */
function useSlashKey(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]'))
        return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [input]);
}
