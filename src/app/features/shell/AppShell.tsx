import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../engine/fragment.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { LazyDialog } from '../../ui/LazyDialog.tsx';
import { narrowScreen, useMediaQuery } from '../../ui/use-media-query.ts';
import { AddPhotosSlot } from './add-photos-slot.ts';
import { LanguageButton } from './LanguageButton.tsx';
import { Logo } from './Logo.tsx';
import { Navigation } from './Navigation.tsx';
import { StatusButton } from './StatusButton.tsx';
import { useFocusRescue } from './use-focus-rescue.ts';
import './shell.css';

export interface AppShellProps {
  /** Null on screens that search does not belong to. */
  readonly search: ReactNode | null;
  /** The button that adds photos: in the bar, or in the middle of the screen while there are none. */
  readonly addPhotos: ReactNode;
  /** What narrows the view; beside the photos, or in a drawer on narrow screens. Null where there is nothing to filter. */
  readonly filters: ReactNode | null;
  /** How an import goes on; above the photos. */
  readonly importPanel: ReactNode;
  /** No photos yet. */
  readonly isEmpty: boolean;
  readonly children: ReactNode;
}

/** The frame of the app: bar, filters, and the screen. */
export function AppShell({ search, addPhotos, filters, importPanel, isEmpty, children }: AppShellProps) {
  const { t } = useTranslation();
  const narrow = useMediaQuery(narrowScreen);
  const [sidebarOpen, setSidebarOpen] = useState(true);
  const [drawerOpen, setDrawerOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  useFocusRescue(main);
  const hasFilters = !isEmpty && filters !== null;
  const open = narrow ? drawerOpen : sidebarOpen;
  return (
    <AddPhotosSlot value={isEmpty ? addPhotos : null}>
      <div className="shell">
        {/* A link would replace the fragment, which holds what the person looks at. */}
        <button type="button" className="shell__skip" onClick={() => main.current?.focus()}>
          {t('shell.skip')}
        </button>
        <header className="shell__bar">
          {hasFilters && (
            <IconButton
              icon="filter"
              label={t('shell.filters')}
              aria-expanded={open}
              onPress={() => (narrow ? setDrawerOpen(true) : setSidebarOpen(!sidebarOpen))}
            />
          )}
          <Logo />
          {!narrow && <Navigation atBottom={false} />}
          <div className="shell__search">{search}</div>
          <div className="shell__tools">
            <StatusButton />
            <LanguageButton />
            <IconButton
              icon="settings"
              label={t('shell.settings')}
              onPress={() => navigate({ panel: 'settings' })}
            />
            {!isEmpty && <div className="shell__add">{addPhotos}</div>}
          </div>
        </header>
        <div className="shell__body">
          {hasFilters && !narrow && sidebarOpen && (
            <aside className="shell__sidebar" aria-label={t('shell.filters')}>
              {filters}
            </aside>
          )}
          <main className="shell__main" ref={main} tabIndex={-1}>
            {importPanel}
            {children}
          </main>
        </div>
        {narrow && <Navigation atBottom />}
        {hasFilters && narrow && (
          <LazyDialog
            title={t('shell.filters')}
            placement="start"
            isOpen={drawerOpen}
            onClose={() => setDrawerOpen(false)}
            footer={
              <Button variant="primary" onPress={() => setDrawerOpen(false)}>
                {t('shell.showPhotos')}
              </Button>
            }
          >
            {filters}
          </LazyDialog>
        )}
      </div>
    </AddPhotosSlot>
  );
}
