import { lazy, type ReactNode, Suspense, useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { emptyFragment } from '../../engine/fragment-state.ts';
import { useDrawnView, useEngineHandle, useEnginePart, useQuery } from '../../engine/hooks.ts';
import { withTexts } from '../../i18n/start.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useGridCommands } from './commands.ts';
import { GridToolbar } from './GridToolbar.tsx';
import { useGridSettings } from './grid-settings.ts';
import { PhotoGrid } from './PhotoGrid.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { emptySelection, isSelected, select, selectedIds } from './selection.ts';
import './library.css';

const loadMenu = () => withTexts(import('./GridMenu.tsx')).then((module) => ({ default: module.GridMenu }));
const loadTagging = () => import('./BulkTagDialog.tsx').then((module) => ({ default: module.BulkTagDialog }));
const GridMenu = lazy(loadMenu);
const BulkTagDialog = lazy(loadTagging);
const BulkLabelDialog = lazy(() => withTexts(import('./BulkLabelDialog.tsx')));

/** After the first photos are in sight, what the next presses will need is fetched. */
const preloadMilliseconds = 1500;

type Ids = Uint32Array<ArrayBuffer>;

export interface LibraryScreenProps {
  /** The filters in force, between the bar and the photos. */
  readonly filters: ReactNode;
  /** The library has no photos at all: `whenEmpty` is shown. */
  readonly isEmpty: boolean;
  readonly whenEmpty: ReactNode;
}

/** The photos of the present query: bar, grid, selection and what can be done with it. */
export function LibraryScreen({ filters, isEmpty, whenEmpty }: LibraryScreenProps) {
  const { t } = useTranslation();
  const query = useQuery();
  const view = useDrawnView(query);
  const present = useEnginePart((state) => state.status.counts.present);
  const engine = useEngineHandle();
  const commands = useGridCommands();
  const [settings, changeSettings] = useGridSettings();
  const [selection, dispatch] = useReducer(select, emptySelection);
  const [menu, setMenu] = useState<{ id: PhotoId; ids: Ids; x: number; y: number } | null>(null);
  const [tagging, setTagging] = useState<Ids | null>(null);
  const [labelling, setLabelling] = useState<Ids | null>(null);
  const [returnTo, setReturnTo] = useReturnTo();

  const hasView = view !== null;
  useEffect(() => {
    if (!hasView) return;
    const timer = setTimeout(() => {
      // A failure is met again, and told, when they are needed.
      void Promise.allSettled([loadMenu(), loadTagging()]);
    }, preloadMilliseconds);
    return () => clearTimeout(timer);
  }, [hasView]);

  useEffect(() => {
    if (view !== null) dispatch({ type: 'keep', ids: view.ids });
  }, [view]);

  if (isEmpty) return <div className="library">{whenEmpty}</div>;
  // The first photos are there, but not in the view yet.
  const isBehind = query.show === 'present' && view?.totalShown === 0 && present > 0;
  if (view === null || isBehind) return <div className="library" aria-busy="true" />;

  /** The selection, or the one photo that is meant if it is not part of it. */
  const meant = (id: PhotoId): Ids =>
    isSelected(selection, id) ? selectedIds(selection, view.ids) : Uint32Array.of(id);

  return (
    <div className="library">
      <GridToolbar query={query} view={view} settings={settings} onChange={changeSettings} />
      {filters}
      {view.ids.length === 0 ? (
        <NothingHere show={query.show} total={view.totalShown} />
      ) : (
        <PhotoGrid
          view={view}
          query={query}
          settings={settings}
          selection={selection}
          dispatch={dispatch}
          returnTo={returnTo}
          onReturned={setReturnTo}
          onOpen={commands.open}
          onMenu={(id, x, y) => setMenu({ id, ids: meant(id), x, y })}
          onRemove={(id) => {
            if (query.show !== 'removed') void commands.remove(meant(id));
          }}
          onTag={(id) => setTagging(meant(id))}
          onLabel={(id) => setLabelling(meant(id))}
          onFavour={(id) => void commands.favour(meant(id), engine.cells.get(id)?.isFavourite !== true)}
        />
      )}
      <SelectionBar
        show={query.show}
        count={selection.count}
        ids={() => selectedIds(selection, view.ids)}
        commands={commands}
        onTag={setTagging}
        onLabel={setLabelling}
        onClear={() => dispatch({ type: 'clear' })}
      />
      <Suspense fallback={null}>
        {menu !== null && (
          <GridMenu
            {...menu}
            show={query.show}
            commands={commands}
            onTag={setTagging}
            onClose={() => setMenu(null)}
          />
        )}
        {tagging !== null && <BulkTagDialog ids={tagging} onClose={() => setTagging(null)} />}
        {labelling !== null && <BulkLabelDialog ids={labelling} onClose={() => setLabelling(null)} />}
      </Suspense>
      <span className="visually-hidden" role="status">
        {selection.count > 0 && t('grid.selected', { count: selection.count })}
      </span>
    </div>
  );
}

/** The photo that was open last, once it is closed: the focus goes back to it. */
function useReturnTo(): [PhotoId | null, () => void] {
  const { photo } = useFragment();
  const last = useRef<PhotoId | null>(null);
  const [returnTo, setReturnTo] = useState<PhotoId | null>(null);
  useEffect(() => {
    if (photo === null && last.current !== null) setReturnTo(last.current);
    last.current = photo;
  }, [photo]);
  return [returnTo, useCallback(() => setReturnTo(null), [])];
}

function NothingHere({ show, total }: { readonly show: PhotoQuery['show']; readonly total: number }) {
  const { t } = useTranslation();
  const { sort, descending } = useFragment();
  if (show === 'removed') {
    return <EmptyState icon="trash" title={t('grid.noRemoved')} text={t('grid.noRemovedText')} />;
  }
  if (show === 'missing') {
    return <EmptyState icon="check" title={t('grid.noMissing')} text={t('grid.noMissingText')} />;
  }
  if (show === 'failed') {
    return <EmptyState icon="check" title={t('grid.noFailed')} text={t('grid.noFailedText')} />;
  }
  if (total === 0)
    return <EmptyState icon="photo" title={t('grid.noPhotos')} text={t('grid.noPhotosText')} />;
  return (
    <EmptyState icon="search" title={t('grid.noMatch')} text={t('grid.noMatchText')}>
      <Button variant="primary" onPress={() => navigate({ ...emptyFragment, sort, descending })}>
        {t('grid.clearFilters')}
      </Button>
    </EmptyState>
  );
}
