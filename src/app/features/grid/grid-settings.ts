import { useState } from 'react';
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
  let stored: Partial<Record<keyof GridSettings, unknown>> = {};
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value === 'object' && value !== null) stored = value;
  } catch {
    return fallback; // written by something else
  }
  const { layout, size, grouped } = stored;
  return {
    layout: layout === 'square' || layout === 'justified' ? layout : fallback.layout,
    size: typeof size === 'number' && size >= sizeRange.min && size <= sizeRange.max ? size : fallback.size,
    grouped: typeof grouped === 'boolean' ? grouped : fallback.grouped,
  };
}

export function useGridSettings(): [GridSettings, (change: Partial<GridSettings>) => void] {
  const [settings, setSettings] = useState(() => readSettings(stored(), defaults()));
  const change = (patch: Partial<GridSettings>) => {
    const next = { ...settings, ...patch };
    setSettings(next);
    try {
      localStorage.setItem(storageKey, JSON.stringify(next));
    } catch {
      // Storage may be switched off: then the choice lasts until the tab is closed.
    }
  };
  return [settings, change];
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
