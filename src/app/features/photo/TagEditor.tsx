import { type Ref, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelScore } from '../../../core/library/photo-cell.ts';
import { useLabels, useLibrary } from '../../engine/hooks.ts';
import { labelCalled, otherNameFor, searchLabels } from '../../engine/label-search.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SuggestField } from '../../ui/SuggestField.tsx';
import type { Suggestion } from '../../ui/SuggestOption.tsx';
import { tagState, tagsOf } from './tag-state.ts';
import type { Judge } from './use-judge.ts';

const suggestionLimit = 8;
/** Key of the suggestion that makes a new label; labels' own keys are numbers. */
const createKey = 'create';

/** The photo's tags, each with what can be said about it, and a field to add one. */
export function TagEditor({
  labels,
  judge,
  fieldRef,
}: {
  readonly labels: readonly LabelScore[];
  readonly judge: Judge;
  readonly fieldRef: Ref<HTMLInputElement>;
}) {
  const { t } = useTranslation();
  const tags = tagsOf(labels);
  return (
    <section className="photo-part" aria-labelledby="photo-tags">
      <h2 className="photo-part__title" id="photo-tags">
        {t('photo.tags')}
      </h2>
      {tags.length === 0 ? (
        <p className="hint">{t('photo.noTags')}</p>
      ) : (
        <ul className="photo-tags" aria-labelledby="photo-tags">
          {tags.map((tag) => (
            <Tag key={tag.label} tag={tag} judge={judge} />
          ))}
        </ul>
      )}
      <AddTag judge={judge} labels={labels} fieldRef={fieldRef} />
    </section>
  );
}

function Tag({ tag, judge }: { readonly tag: LabelScore; readonly judge: Judge }) {
  const { t } = useTranslation();
  const table = useLabels();
  const label = table.get(tag.label);
  if (label === undefined) return null;
  const state = tagState(tag);
  const name = table.name(label);
  const words = {
    accepted: t('photo.stateAccepted'),
    'of-file': t('photo.stateOfFile'),
    suggested: t('photo.stateSuggested'),
    rejected: t('photo.stateRejected'),
    none: '',
  }[state];
  return (
    <li className={`photo-tag photo-tag--${state}`} title={words}>
      {state === 'accepted' && <Icon name="check" size={14} />}
      {state === 'of-file' && <Icon name="file" size={14} />}
      <bdi className="photo-tag__name foreign-text">{name}</bdi>
      <span className="visually-hidden">, {words}</span>
      {(state === 'suggested' || state === 'of-file') && (
        <IconButton
          size="small"
          icon="check"
          label={t('photo.accept', { label: name })}
          onPress={() => judge(label, 'accepted')}
        />
      )}
      {state === 'rejected' ? (
        <IconButton
          size="small"
          icon="undo"
          label={t('photo.takeBack', { label: name })}
          onPress={() => judge(label, null)}
        />
      ) : (
        <IconButton
          size="small"
          icon="close"
          label={t('photo.reject', { label: name })}
          // A tag that neither model nor file suggested is not rejected but taken back.
          onPress={() => judge(label, state === 'accepted' && !reaches(tag) ? null : 'rejected')}
        />
      )}
    </li>
  );
}

function reaches(tag: LabelScore): boolean {
  return tagState({ ...tag, verdict: null }) !== 'none';
}

function AddTag({
  labels,
  judge,
  fieldRef,
}: {
  readonly labels: readonly LabelScore[];
  readonly judge: Judge;
  readonly fieldRef: Ref<HTMLInputElement>;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const table = useLabels();
  const [text, setText] = useState('');
  const name = text.trim();
  const exact = name === '' ? undefined : labelCalled(table.all, name);
  const isNew = exact === undefined || otherNameFor(exact, name) !== null;

  const suggestions = useMemo((): readonly Suggestion[] => {
    if (name === '') return [];
    const carried = new Set(
      labels.filter((score) => tagState(score) === 'accepted').map(({ label }) => label),
    );
    // Of names that answer alike, those that the model thinks likelier for this photo come first.
    const scores = new Map(labels.map(({ label, score }) => [label, score ?? 0]));
    const byScore = table.all.toSorted((a, b) => (scores.get(b.number) ?? 0) - (scores.get(a.number) ?? 0));
    const found = searchLabels(byScore, name, suggestionLimit + carried.size)
      .filter((label) => !carried.has(label.number))
      .slice(0, suggestionLimit)
      .map((label) => {
        const other = otherNameFor(label, name);
        const text = other === null ? table.name(label) : `${table.name(label)} · ${other}`;
        return { key: String(label.number), text, icon: 'tag' as const };
      });
    return isNew ? [...found, { key: createKey, text: t('photo.createTag', { name }), icon: 'plus' }] : found;
  }, [name, isNew, labels, table, t]);

  const add = async (key: string) => {
    setText('');
    const known = table.all.find((label) => String(label.number) === key);
    judge(known ?? (await library.ensureLabel(name)), 'accepted');
  };

  return (
    <SuggestField
      ref={fieldRef}
      role="combobox"
      label={t('photo.addTag')}
      placeholder={t('photo.addTagPlaceholder')}
      icon="plus"
      // What is only the beginning of a tag's name is a name of its own.
      marked={exact === undefined ? createKey : String(exact.number)}
      value={text}
      onChange={setText}
      suggestions={suggestions}
      onChoose={(key) => void add(key)}
    />
  );
}
