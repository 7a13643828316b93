import { type ClipboardEvent, type DragEvent, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { acceptedPictures, looksLikePicture } from '../../../core/library/candidate.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import { tagWord } from '../../../core/search/format-typed-query.ts';
import { quoteWord } from '../../../core/search/query-words.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useLabels } from '../../engine/hooks.ts';
import { setSimilarFile } from '../../engine/similar-file.ts';
import { FileInput } from '../../ui/FileInput.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SuggestField } from '../../ui/SuggestField.tsx';
import { showToast } from '../../ui/toasts.ts';
import { narrowScreen, useMediaQuery } from '../../ui/use-media-query.ts';
import { useEditedText } from './edited-text.ts';
import {
  combinationOf,
  conditionsOf,
  isTyped,
  withoutCondition,
  withTag,
  withTyped,
} from './filter-state.ts';
import { textBeside } from './text-beside.ts';
import { useFilesOverPage } from './use-files-over-page.ts';
import { useSlashKey } from './use-slash-key.ts';
import { useSuggestions } from './use-suggestions.ts';
import { useTypedQuery } from './use-typed-query.ts';
import './filters.css';

const unknown = {
  tag: 'filters.unknownTag',
  set: 'filters.unknownSet',
  date: 'filters.unknownDate',
} as const;

/** Finds by tags, days, folders and file names as they are typed, and by a photo that is dropped on it, pasted into it or picked. */
export function SearchBox() {
  const { t } = useTranslation();
  const fragment = useFragment();
  const labels = useLabels();
  const [text, setText] = useState('');
  const [dropping, setDropping] = useState(false);
  const dragging = useFilesOverPage();
  const isNarrow = useMediaQuery(narrowScreen);
  const input = useRef<HTMLInputElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const typedQuery = useTypedQuery();
  const { list, completion, fileText } = useSuggestions(text, typedQuery);
  useSlashKey(input);
  const edit = useCallback((edited: string) => {
    setText(edited);
    input.current?.focus();
  }, []);
  useEditedText(edit);

  const addTag = (id: string) =>
    navigate({
      ...withTag(fragment, id, 'with', combinationOf(fragment) ?? 'all'),
      similar: fragment.similar,
      photo: null,
    });
  const search = (typed: string) => {
    const { conditions, unclear } = typedQuery.parse(typed);
    navigate({ ...withTyped(fragment, conditions), similar: fragment.similar, photo: null });
    for (const { kind, text: found } of unclear) showToast({ text: t(unknown[kind], { text: found }) });
  };
  const onChoose = (key: string) => {
    const value = key.slice(key.indexOf(':') + 1);
    const before = `${completion.before}${completion.negated ? '-' : ''}`;
    if (key.startsWith('tag:')) {
      const label = labels.byId(value);
      if (before.trim() === '' || label === undefined) addTag(value);
      else search(`${before}${tagWord(labels.name(label))}`);
    } else if (key.startsWith('set:')) {
      const set = typedQuery.sets.find(({ id }) => id === Number(value));
      if (set !== undefined) search(`${before}set:${quoteWord(set.name)}`);
    } else if (key.startsWith('folder:')) {
      search(
        `${textBeside(value, text, completion)}${completion.negated ? '-' : ''}folder:${quoteWord(value)}`,
      );
    } else if (key.startsWith('item:')) {
      search(`${textBeside(value, text, completion)}name:${quoteWord(value)}`);
    } else if (key.startsWith('photo:')) navigate({ photo: Number(value) as PhotoId });
    else navigate({ text: fileText, photo: null });
    setText('');
  };
  const onSubmit = (typed: string) => {
    if (typed.trim() === '') return;
    search(typed);
    setText('');
  };
  /** The last condition goes back into the box, to be changed there. */
  const takeBack = () => {
    const last = conditionsOf(fragment).at(-1);
    if (last === undefined) return;
    if (isTyped(last)) setText(typedQuery.textOf(last));
    navigate(withoutCondition(fragment, last));
  };

  const findLike = (files: Iterable<File>) => {
    const picture = [...files].find(
      ({ name, type }) => type.startsWith('image/') || looksLikePicture(name, type),
    );
    if (picture === undefined) {
      showToast({ text: t('filters.notAPicture') });
      return;
    }
    setSimilarFile(picture, 'file');
    // A part of the file before says nothing of this one.
    navigate({ similar: 'file', region: null, photo: null });
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
        placeholder={t(dragging ? 'filters.dropToFind' : isNarrow ? 'filters.search' : 'filters.searchHint')}
        icon="search"
        value={text}
        onChange={setText}
        suggestions={list}
        completed={completion.part}
        onBackspace={takeBack}
        onChoose={onChoose}
        onSubmit={onSubmit}
        after={
          <>
            <IconButton
              icon="camera"
              size="small"
              label={t('filters.searchByCamera')}
              onPress={() => navigate({ panel: 'camera', photo: null })}
            />
            <IconButton
              icon="similar"
              size="small"
              label={t('filters.searchByPhoto')}
              onPress={() => file.current?.click()}
            />
          </>
        }
      />
      <FileInput ref={file} label={t('filters.photoToFind')} accept={acceptedPictures} onFiles={findLike} />
    </search>
  );
}
