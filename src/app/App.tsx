import { lazy, Suspense, useDeferredValue, useSyncExternalStore } from 'react';
import type { Engine } from './engine/engine.ts';
import { useFragment } from './engine/fragment.ts';
import { EngineContext, useEnginePart } from './engine/hooks.ts';
import { stuckPhotos, subscribeStuckPhotos } from './engine/removal.ts';
import type { EngineState } from './engine/state.ts';
import { FilterChips } from './features/filters/FilterChips.tsx';
import { FilterSidebar } from './features/filters/FilterSidebar.tsx';
import { conditionsOf } from './features/filters/filter-state.ts';
import { SaveSearch } from './features/filters/SaveSearch.tsx';
import { SearchBox } from './features/filters/SearchBox.tsx';
import { FoldersBanner } from './features/folders/FoldersBanner.tsx';
import { LibraryScreen } from './features/grid/LibraryScreen.tsx';
import { AddPhotos } from './features/import/AddPhotos.tsx';
import { DropOverlay } from './features/import/DropOverlay.tsx';
import { ImportPanel } from './features/import/ImportPanel.tsx';
import { Launched } from './features/import/Launched.tsx';
import { BrokenScreen, EngineScreen } from './features/settings/EngineScreen.tsx';
import { ModelBanner } from './features/settings/ModelBanner.tsx';
import { UpdateBanner } from './features/settings/UpdateBanner.tsx';
import { useBackupReminder } from './features/settings/use-backup-reminder.ts';
import { AppShell } from './features/shell/AppShell.tsx';
import { useUndoKeys } from './features/shell/use-undo-keys.ts';
import { useUnsavedNotice } from './features/shell/use-unsaved-notice.ts';
import { Welcome } from './features/shell/Welcome.tsx';
import { withTexts } from './i18n/start.ts';
import { screenComponents } from './screens.ts';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';
import { Toasts } from './ui/Toasts.tsx';
import { unasked } from './ui/unasked.ts';

const PhotoView = lazy(() => withTexts(import('./features/photo/PhotoView.tsx')));
const SimilarView = lazy(() => withTexts(import('./features/similar/SimilarView.tsx')));
const ForYouRow = lazy(() => unasked(withTexts(import('./features/for-you/ForYouRow.tsx'))));
const Tray = lazy(() => withTexts(import('./features/similar/Tray.tsx')));
const Catalogue = lazy(() => withTexts(import('./features/similar/Catalogue.tsx')));
const SelectionActions = lazy(() => import('./features/grid/SelectionActions.tsx'));
const StuckPhotosDialog = lazy(() => import('./features/grid/StuckPhotosDialog.tsx'));
const CameraDialog = lazy(() => withTexts(import('./features/camera/CameraDialog.tsx')));
const SettingsDialog = lazy(() => withTexts(import('./features/settings/SettingsDialog.tsx')));
const BackupReminder = lazy(() => unasked(withTexts(import('./features/settings/BackupReminder.tsx'))));

export function App({ engine }: { readonly engine: Engine }) {
  return (
    <EngineContext value={engine}>
      <ErrorBoundary fallback={(error) => <BrokenScreen error={error} />}>
        <Screens />
      </ErrorBoundary>
      <Toasts />
    </EngineContext>
  );
}

/** While the worker restarts after a crash the screen stays as it was. */
function isUsable({ phase, status }: EngineState): boolean {
  return phase === 'open' || (phase === 'starting' && status.contentRevision > 0);
}

function isEmptyLibrary({ status }: EngineState): boolean {
  const { present, failed, removed } = status.counts;
  return present + failed + removed === 0;
}

function Reminder() {
  const { reminder, dismiss } = useBackupReminder();
  return <Suspense>{reminder !== null && <BackupReminder {...reminder} onDismiss={dismiss} />}</Suspense>;
}

function Stuck() {
  const stuck = useSyncExternalStore(subscribeStuckPhotos, stuckPhotos);
  return <Suspense>{stuck !== null && <StuckPhotosDialog {...stuck} />}</Suspense>;
}

function Screens() {
  const isOpen = useEnginePart(isUsable);
  useUndoKeys();
  useUnsavedNotice();
  return isOpen ? <OpenScreens /> : <EngineScreen />;
}

function OpenScreens() {
  // Drawing the whole library in place of the welcome is long: deferred, React may do it in slices between frames. This
  // begins with the library open: a library that has photos is not taken for an empty one even for a moment.
  const isEmpty = useDeferredValue(useEnginePart(isEmptyLibrary));
  const fragment = useFragment();
  const { screen, photo, similar, like, panel } = fragment;
  const Screen = screen === 'photos' ? null : screenComponents[screen];
  const recommends = useEnginePart((state) => state.settings.recommendations);
  const isPlain =
    recommends &&
    !isEmpty &&
    like.length === 0 &&
    conditionsOf(fragment).length === 0 &&
    fragment.show === 'present';
  const filters = (
    <>
      <FilterChips />
      <Suspense>
        {like.length > 0 && <Tray />}
        {isPlain && <ForYouRow />}
      </Suspense>
    </>
  );
  return (
    <>
      <AppShell
        search={Screen === null ? <SearchBox /> : null}
        addPhotos={<AddPhotos />}
        filters={Screen === null ? <FilterSidebar /> : null}
        importPanel={<ImportPanel />}
        isEmpty={isEmpty}
      >
        <ModelBanner />
        <UpdateBanner />
        <FoldersBanner />
        <Reminder />
        {Screen !== null ? (
          <Suspense>
            <Screen />
          </Suspense>
        ) : similar === null ? (
          <LibraryScreen isEmpty={isEmpty} filters={filters} whenEmpty={<Welcome />} />
        ) : (
          <Suspense>
            <FilterChips />
            <SimilarView actions={SelectionActions} save={SaveSearch} />
          </Suspense>
        )}
      </AppShell>
      <DropOverlay />
      <Launched />
      <Suspense>{photo !== null && <PhotoView />}</Suspense>
      <Suspense>{panel === 'camera' && <CameraDialog />}</Suspense>
      <Suspense>{panel === 'catalogue' && <Catalogue />}</Suspense>
      <Suspense>{panel === 'settings' && <SettingsDialog />}</Suspense>
      <Stuck />
    </>
  );
}
