import {
  createContext,
  useCallback,
  useContext,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../core/library/photo.ts';
import type { PhotoQuery, PhotoView } from '../../core/library/photo-query.ts';
import type { Label } from '../../core/tagging/label.ts';
import type { PhotoCell, PhotoDetail } from '../../protocol/library.ts';
import type { LibraryCalls } from './connection.ts';
import type { Engine } from './engine.ts';
import { type LabelTable, labelTable } from './labels.ts';
import { useQueryOf } from './query-of.ts';
import type { EngineState } from './state.ts';

/** The one store handle. */
export const EngineContext = createContext<Engine | null>(null);

export function useEngineHandle(): Engine {
  const engine = useContext(EngineContext);
  if (engine === null) throw new Error('EngineContext has no engine: render inside of <App/>');
  return engine;
}

export function useEngine(): EngineState {
  const engine = useEngineHandle();
  return useSyncExternalStore(engine.subscribe, engine.getState);
}

/**
 * One part of the state: the component renders again only when that part changes, not with every step of an import.
 * `select` must answer a primitive, or a part that the state itself holds.
 */
export function useEnginePart<Part>(select: (state: EngineState) => Part): Part {
  const engine = useEngineHandle();
  return useSyncExternalStore(engine.subscribe, () => select(engine.getState()));
}

export function useLibrary(): LibraryCalls {
  return useEngineHandle().library;
}

export function useLabels(): LabelTable {
  const labels = useEnginePart((state) => state.labels);
  const { i18n } = useTranslation();
  return useMemo(() => labelTable(labels, i18n.language), [labels, i18n.language]);
}

/** The query that the URL's fragment asks for. */
export function useQuery(): PhotoQuery {
  return useQueryOf(useLabels());
}

const unsubscribed = () => () => {};

/** The photos of a query, in order; null before the first answer. While a new query is under way the last answer stays. */
export function useView(query: PhotoQuery): PhotoView | null {
  const engine = useEngineHandle();
  const open = useEnginePart((state) => state.phase === 'open');
  const subscribe = useCallback(
    (listener: () => void) => (open ? engine.views.subscribe(query, listener) : unsubscribed()),
    [engine, open, query],
  );
  const view = useSyncExternalStore(subscribe, () => engine.views.get(query));
  const last = useRef<PhotoView | null>(null);
  useEffect(() => {
    if (view !== null) last.current = view;
  }, [view]);
  return view ?? last.current;
}

/**
 * The same for what draws much of it: the new answer is drawn in slices between frames (a store's own change would be
 * drawn at once, as one long task), and until then the last one stands.
 */
export function useDrawnView(query: PhotoQuery): PhotoView | null {
  return useDeferredValue(useView(query));
}

export function useCell(id: PhotoId): PhotoCell | null {
  const engine = useEngineHandle();
  const subscribe = useCallback((listener: () => void) => engine.cells.subscribe(id, listener), [engine, id]);
  return useSyncExternalStore(subscribe, () => engine.cells.get(id));
}

/** Object URL of the photo's thumbnail; null while there is none. */
export function useThumbnail(id: PhotoId): string | null {
  const engine = useEngineHandle();
  const subscribe = useCallback(
    (listener: () => void) => engine.thumbnails.subscribe(id, listener),
    [engine, id],
  );
  return useSyncExternalStore(subscribe, () => engine.thumbnails.get(id));
}

/** All about one photo, kept up to date; null while it is not known or for null. */
export function usePhoto(id: PhotoId | null): PhotoDetail | null {
  const engine = useEngineHandle();
  const subscribe = useCallback(
    (listener: () => void) => (id === null ? unsubscribed() : engine.photos.subscribe(id, listener)),
    [engine, id],
  );
  return useSyncExternalStore(subscribe, () => (id === null ? null : engine.photos.get(id)));
}

/** All labels, those that most photos in view carry first. */
export function useLabelsByCount(): readonly Label[] {
  const labels = useLabels();
  const counts = useView(useQuery())?.labelCounts ?? null;
  return useMemo(
    () => labels.all.toSorted((a, b) => (counts?.[b.number] ?? 0) - (counts?.[a.number] ?? 0)),
    [labels, counts],
  );
}
