import { useEffect, useState } from 'react';
import { defaultQuery } from '../../../core/library/photo-query.ts';
import type { PhotoCell } from '../../../protocol/library.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';

export interface FileMatches {
  readonly text: string;
  /** Photos whose file name or path holds the text. */
  readonly count: number;
  /** The first few of them. */
  readonly cells: readonly PhotoCell[];
}

const quietMilliseconds = 180;
const shown = 4;

/** Photos whose file name or path holds `text`; null before the answer and for less than two characters. */
export function useFileMatches(text: string): FileMatches | null {
  const library = useLibrary();
  const [matches, setMatches] = useState<FileMatches | null>(null);
  const wanted = text.trim();
  useEffect(() => {
    if (wanted.length < 2) {
      setMatches(null);
      return;
    }
    let current = true;
    const ask = async () => {
      const sort = { by: 'name', descending: false } as const;
      const view = await library.view({ ...defaultQuery, text: wanted, sort });
      if (!current || view === 'superseded') return;
      const cells = await library.cells(view.ids.slice(0, shown));
      if (!current) return;
      setMatches({ text: wanted, count: view.ids.length, cells: cells.filter((cell) => cell !== null) });
    };
    const timer = setTimeout(() => {
      ask().catch(ignoreWorkerDied);
    }, quietMilliseconds);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [library, wanted]);
  return matches?.text === wanted ? matches : null;
}
