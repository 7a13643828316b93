import { type ComponentType, type LazyExoticComponent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import { leave, navigate, useFragment } from '../../engine/fragment.ts';
import { useLabels, usePhoto, useQuery } from '../../engine/hooks.ts';
import { type MissingPhotos, useLinkedPhotos } from '../../engine/linked-photos.ts';
import { useSimilarFile } from '../../engine/similar-file.ts';
import { useFormat } from '../../i18n/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { showToast } from '../../ui/toasts.ts';
import { idleTags } from './idle-tags.ts';
import { KeepShot } from './KeepShot.tsx';
import { MatchModes } from './MatchModes.tsx';
import { targetOf } from './match-target.ts';
import { ProductAnswer } from './ProductAnswer.tsx';
import { RegionEditor } from './RegionEditor.tsx';
import { SameAnswer } from './SameAnswer.tsx';
import { SimilarAnswerView } from './SimilarAnswerView.tsx';
import { SimilarHeader } from './SimilarHeader.tsx';
import Tray from './Tray.tsx';
import { useProposedRegions } from './use-proposed-regions.ts';
import { useQueryPicture } from './use-query-picture.ts';
import { useSimilar } from './use-similar.ts';
import { termsKey, useTerms } from './use-terms.ts';
import './match.css';
import './similar.css';
import { isWantedElsewhere } from './wanted-elsewhere.ts';

/** What can be done with the photos that are selected in the answer; the grid lends it. */
export type SelectionActions = LazyExoticComponent<
  ComponentType<{
    readonly ids: readonly PhotoId[];
    readonly onClear: () => void;
  }>
>;

/**
 * The photos that are most like one photo, a part of it, or a tray of photos and tags, best first, down to the cut-off. In
 * the grid's place.
 */
export default function SimilarView({
  actions,
  save: SaveSearch,
}: {
  readonly actions: SelectionActions;
  /** The button that keeps a search; lent by the filters. */
  readonly save: ComponentType<{ readonly suggested: string }>;
}) {
  const { similar, region, match, like, photo: openPhoto, panel } = useFragment();
  const { t } = useTranslation();
  const format = useFormat();
  const file = useSimilarFile();
  const filter = useQuery();
  const missing = useLinkedPhotos();
  useLeftOut(missing);
  const isMissing = typeof similar === 'number' && missing?.has(similar) === true;
  const id = typeof similar === 'number' && missing !== null && !isMissing ? similar : null;
  const photo = usePhoto(id);
  const terms = useTerms(missing);
  const choosing = panel === 'region' && similar !== 'tray';
  const url = useQueryPicture(id, similar === 'file' ? file : null, choosing || region !== null);
  const proposed = useProposedRegions(photo, similar === 'file' ? file : null, choosing);
  const found = useSimilar(terms, filter, similar === 'file' ? (file?.key ?? '') : String(similar));
  // Of what is to be unlike, and of tags, no picture can be compared.
  const liked = terms?.filter(({ subject, weight }) => weight > 0 && subject.kind !== 'label') ?? [];
  const targets = liked.flatMap(({ subject }) => targetOf(subject, filter) ?? []);
  const [first = null] = targets;
  // Tags, and what is to be unlike, have only likeness.
  const mode = first === null ? 'similar' : match;
  // The parts of a score are told against one picture.
  const target = similar === 'tray' ? null : first;
  const targetKey = termsKey(liked.slice(0, 1)) + JSON.stringify(filter);
  const targetsKey = termsKey(liked) + JSON.stringify(filter);
  const labels = useLabels();
  const tags = like.flatMap(({ kind, id: item, weight }) =>
    kind === 'tag' && weight > 0 ? (labels.byId(item) ?? []) : [],
  );
  const likes = [photo?.name ?? [], ...tags.map((label) => labels.name(label))].flat();
  const nameOfSearch =
    likes.length === 0 ? t('ask.titleTray') : t('ask.likeName', { name: format.list(likes) });
  const regionButton = useRef<HTMLButtonElement>(null);
  useEscape(openPhoto === null, () => {
    if (!choosing) return leave({ similar: null, region: null, panel: null });
    // What had the focus goes.
    regionButton.current?.focus();
    navigate({ panel: null }, 'replace');
  });

  if (similar === null) return null;
  return (
    <section className="similar" aria-labelledby="similar-title">
      <SimilarHeader
        key={String(similar)}
        url={url}
        name={photo?.name ?? null}
        mode={mode}
        regionButton={regionButton}
      >
        {similar === 'file' && file?.origin === 'camera' && <KeepShot file={file} />}
        {/* A picture that is not in the library is gone with the page: nothing would lead to it. */}
        {similar !== 'file' && <SaveSearch suggested={nameOfSearch} />}
      </SimilarHeader>
      {choosing && url !== null && (
        <RegionEditor
          url={url}
          region={region}
          onChange={(part) => navigate({ region: part }, 'replace')}
          proposed={proposed}
        />
      )}
      <Tray idle={idleTags(terms ?? [], found?.answer ?? null, labels)} />
      <div className="match-bar">
        {targets.length > 0 && <MatchModes />}
        {like.some(({ kind, weight }) => kind === 'tag' || weight <= 0) && mode !== 'similar' && (
          <p className="hint">{t('ask.trayNotCounted')}</p>
        )}
      </div>
      {isMissing ? (
        <EmptyState icon="photo" title={t('similar.notHere')} />
      ) : similar === 'file' && file === null ? (
        <EmptyState icon="photo" title={t('similar.fileGone')} />
      ) : first !== null && (mode === 'same' || mode === 'strict') ? (
        <SameAnswer
          targets={targets}
          targetKey={targetsKey}
          url={url}
          isStrict={mode === 'strict'}
          actions={actions}
        />
      ) : first !== null && mode === 'product' ? (
        <ProductAnswer targets={targets} targetKey={targetsKey} actions={actions} />
      ) : found === null ? (
        <p className="similar__wait" role="status">
          {photo !== null && photo.status !== 'ready' ? t('similar.notReady') : t('similar.searching')}
        </p>
      ) : (
        <SimilarAnswerView
          {...found}
          filter={filter}
          terms={terms ?? []}
          actions={actions}
          target={target}
          targetKey={targetKey}
        />
      )}
    </section>
  );
}

/** Photos of the tray that are not in this library are taken out of it. */
function useLeftOut(missing: MissingPhotos): void {
  const { t } = useTranslation();
  const { like } = useFragment();
  useEffect(() => {
    const here = like.filter((item) => item.kind !== 'photo' || missing?.has(item.id) !== true);
    if (here.length === like.length) return;
    navigate({ like: here }, 'replace');
    showToast({ text: t('similar.leftOut', { count: like.length - here.length }) });
  }, [like, missing, t]);
}

/** Calls `onEscape` for the key, unless something on top of the view or a field wants it. */
function useEscape(active: boolean, onEscape: () => void): void {
  const latest = useRef({ active, onEscape });
  latest.current = { active, onEscape };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || !latest.current.active) return;
      if (isWantedElsewhere(event)) return;
      event.preventDefault();
      latest.current.onEscape();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
