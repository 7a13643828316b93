import { storedObject, useRemembered } from '../../engine/use-remembered.ts';
import type { LayoutKind } from './layout.ts';

/** How the person likes the grid; remembered in this browser. */
export interface GridSettings {
  readonly layout: LayoutKind;
  /** Pixels: height of a row, or side of a square. */
  readonly size: number;
  /** Headings for months, where the order is by date. */
  readonly grouped: boolean;
}

export const sizeRange = { min: 80, max: 400, step: 10 } as const;

const storageKey = 'picsift.grid';

function defaults(): GridSettings {
  return { layout: 'justified', size: window.innerWidth < 600 ? 120 : 200, grouped: true };
}

/** Stored text -> settings; whatever is missing or out of range takes the default. */
export function readSettings(text: string | null, fallback: GridSettings): GridSettings {
  const { layout, size, grouped } = storedObject(text);
  return {
    layout: layout === 'square' || layout === 'justified' ? layout : fallback.layout,
    size: typeof size === 'number' && size >= sizeRange.min && size <= sizeRange.max ? size : fallback.size,
    grouped: typeof grouped === 'boolean' ? grouped : fallback.grouped,
  };
}

export function useGridSettings(): [GridSettings, (change: Partial<GridSettings>) => void] {
  const [settings, change] = useRemembered(storageKey, (text) => readSettings(text, defaults()));
  return [settings, (patch) => change({ ...settings, ...patch })];
}
