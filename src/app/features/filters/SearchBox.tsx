import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useLabels } from '../../engine/hooks.ts';
import { labelCalled } from '../../engine/label-search.ts';
import { setSimilarFile } from '../../engine/similar-file.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { SuggestField } from '../../ui/SuggestField.tsx';
import { showToast } from '../../ui/toasts.ts';
import { combinationOf, withTag } from './filter-state.ts';
import { useFilesOverPage } from './use-files-over-page.ts';
import { useSlashKey } from './use-slash-key.ts';
import { useSuggestions } from './use-suggestions.ts';
import './filters.css';

/** Finds by tag, by file name, and by a photo that is dropped on it, pasted into it or picked. */
export function SearchBox() {
  const { t } = useTranslation();
  const fragment = useFragment();
  const labels = useLabels();
  const [text, setText] = useState('');
  const [dropping, setDropping] = useState(false);
  const dragging = useFilesOverPage();
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
      className={`search-box ${dragging ? 'search-box--offering' : ''} ${dropping ? 'search-box--dropping' : ''}`}
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
        placeholder={t(dragging ? 'filters.dropToFind' : 'filters.searchHint')}
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
