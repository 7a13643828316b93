import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Label } from '../../../core/tagging/label.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useDrawnView, useEnginePart, useLabels, useQuery } from '../../engine/hooks.ts';
import { searchLabels } from '../../engine/label-search.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextField } from '../../ui/TextField.tsx';
import {
  type Combination,
  combinationOf,
  combined,
  conditionsOf,
  modeOf,
  type TagMode,
  withTag,
} from './filter-state.ts';

const shownAtFirst = 14;
const shownMore = 40;

interface Facet {
  readonly label: Label;
  readonly count: number;
  readonly mode: TagMode | null;
}

/** The tags of the photos in view, and those that would widen it, with their counts, to be asked for or ruled out. */
export function TagFacets() {
  const { t } = useTranslation();
  const fragment = useFragment();
  const labels = useLabels();
  const counts = useDrawnView(useQuery())?.labelCounts ?? null;
  const tagsLoaded = useEnginePart((state) => state.status.tagsLoaded);
  const [text, setText] = useState('');
  const [limit, setLimit] = useState(shownAtFirst);
  const [preferred, setPreferred] = useState<Combination>('all');
  const combination = combinationOf(fragment) ?? preferred;

  const facets = useMemo(() => {
    const found: Facet[] = searchLabels(labels.all, text)
      .map((label) => ({ label, count: counts?.[label.number] ?? 0, mode: modeOf(fragment, label.id) }))
      .filter((facet) => facet.count > 0 || facet.mode !== null);
    const chosenFirst = (facet: Facet) => (facet.mode === null ? 1 : 0);
    return found.sort((a, b) => chosenFirst(a) - chosenFirst(b) || b.count - a.count);
  }, [labels, text, counts, fragment]);

  const setMode = (label: Label, mode: TagMode | null) =>
    navigate(withTag(fragment, label.id, mode, combination));

  return (
    <section className="filters__section" aria-labelledby="filters-tags">
      <div className="filters__heading-row">
        <h2 className="filters__heading" id="filters-tags">
          {t('filters.tags')}
        </h2>
        <Segmented<Combination>
          size="small"
          label={t('filters.combination')}
          value={combination}
          options={[
            { value: 'all', label: t('filters.all') },
            { value: 'any', label: t('filters.any') },
          ]}
          onChange={(value) => {
            setPreferred(value);
            navigate(combined(fragment, value), 'replace');
          }}
        />
      </div>
      <TextField
        type="search"
        icon="search"
        label={t('filters.findTag')}
        labelHidden
        placeholder={t('filters.findTag')}
        value={text}
        onChange={setText}
      />
      {facets.length === 0 ? (
        <p className="filters__note">
          {t(
            counts === null && !tagsLoaded
              ? 'filters.tagsLoading'
              : text !== ''
                ? 'filters.noSuchTag'
                : conditionsOf(fragment).length > 0
                  ? 'filters.noTagsHere'
                  : 'filters.noTags',
          )}
        </p>
      ) : (
        <ul className="filters__facets" aria-label={t('filters.tagList')}>
          {facets.slice(0, limit).map((facet) => (
            <FacetRow key={facet.label.id} facet={facet} name={labels.name(facet.label)} setMode={setMode} />
          ))}
        </ul>
      )}
      {facets.length > limit && (
        <Button variant="quiet" size="small" icon="chevron-down" onPress={() => setLimit(limit + shownMore)}>
          {t('filters.showMore', { count: facets.length - limit })}
        </Button>
      )}
    </section>
  );
}

function FacetRow({
  facet,
  name,
  setMode,
}: {
  readonly facet: Facet;
  readonly name: string;
  readonly setMode: (label: Label, mode: TagMode | null) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { label, count, mode } = facet;
  return (
    <li className={`facet ${mode === null ? '' : `facet--${mode}`}`}>
      <button
        type="button"
        className="facet__main"
        aria-pressed={mode === 'with'}
        onClick={() => setMode(label, mode === null ? 'with' : null)}
      >
        <span className="facet__mark">
          {mode !== null && <Icon name={mode === 'with' ? 'check' : 'minus'} size={14} />}
        </span>
        <span className="facet__name foreign-text">{name}</span>
        <span className="filters__count numeric">{format.number(count)}</span>
      </button>
      <button
        type="button"
        className="facet__without"
        aria-label={t('filters.without', { tag: name })}
        title={t('filters.without', { tag: name })}
        aria-pressed={mode === 'without'}
        onClick={() => setMode(label, mode === 'without' ? null : 'without')}
      >
        <Icon name="minus" size={16} />
      </button>
    </li>
  );
}
