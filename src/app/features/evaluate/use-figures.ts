import * as Comlink from 'comlink';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LabelIntervals } from '../../../core/evaluation/label-intervals.ts';
import type {
  FiguresEvent,
  LabelCurves,
  LabelFigures,
  PhotoPart,
  ThresholdGoal,
} from '../../../protocol/figures.ts';
import { type FiguresWorker, startFigures } from '../../engine/figures.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { keepThresholds, keptThresholds } from './kept-thresholds.ts';

export type FiguresState =
  | { readonly kind: 'loading' }
  /** There is no such set, or no model yet. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly why: string }
  | {
      readonly kind: 'there';
      readonly figures: LabelFigures;
      /** Null while they are computed. */
      readonly photos: PhotoPart | null;
      readonly intervals: LabelIntervals | null;
    };

export interface Figures {
  readonly state: FiguresState;
  /** [labels]; figures follow at once, those of whole photos and the intervals a little later. */
  move(thresholds: Float64Array): void;
  choose(goal: ThresholdGoal): Promise<void>;
  curves(label: number): Promise<LabelCurves>;
  again(): void;
}

/** Changes of photos that follow one another closely are answered together. */
const pauseMilliseconds = 150;

/** The figures of a set, in a worker that lives while they are watched; kept up to date when photos change. */
export function useFigures(set: string): Figures {
  const library = useLibrary();
  const isOpen = useEnginePart(({ phase }) => phase === 'open');
  const revision = useEnginePart(({ status }) => status.contentRevision);
  const isLoaded = useEnginePart(({ status }) => status.tagsLoaded);
  const [state, setState] = useState<FiguresState>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const worker = useRef<FiguresWorker | null>(null);
  const mover = useRef<{ running: boolean; next: Float64Array | null }>({ running: false, next: null });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` starts anew
  useEffect(() => {
    if (!isOpen) return;
    const started = startFigures(library, (why) => setState({ kind: 'failed', why }));
    worker.current = started;
    mover.current = { running: false, next: null };
    return () => {
      started.end();
      worker.current = null;
    };
  }, [library, isOpen, attempt]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each revision of the photos is asked about
  useEffect(() => {
    const { current } = worker;
    if (current === null || !isLoaded) return;
    let wanted = true;
    const hear = (event: FiguresEvent) => {
      if (wanted && worker.current === current) setState((old) => told(old, event));
    };
    const ask = async () => {
      const request = { set, scope: null, thresholds: keptThresholds(set) };
      const figures = await current.api.open(request, Comlink.proxy(hear));
      if (!wanted || worker.current !== current) return;
      setState(
        figures === null
          ? { kind: 'none' }
          : (old) => ({
              kind: 'there',
              figures,
              photos: old.kind === 'there' ? old.photos : null,
              intervals: null,
            }),
      );
    };
    const timer = setTimeout(() => void ask(), state.kind === 'there' ? pauseMilliseconds : 0);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [set, isOpen, isLoaded, revision, attempt]);

  const move = useCallback(
    (thresholds: Float64Array) => {
      const { current } = worker;
      if (current === null) return;
      mover.current.next = thresholds;
      if (mover.current.running) return;
      mover.current.running = true;
      const turns = mover.current;
      // One move at a time is under way; of those that come meanwhile only the last counts.
      const run = async () => {
        while (turns.next !== null && worker.current === current) {
          const wanted = turns.next;
          turns.next = null;
          const figures = await current.api.move(wanted);
          keepThresholds(set, figures);
          if (worker.current === current) {
            setState((old) => (old.kind === 'there' ? { ...old, figures, intervals: null } : old));
          }
        }
        turns.running = false;
      };
      void run();
    },
    [set],
  );
  const choose = useCallback(
    async (goal: ThresholdGoal) => {
      const thresholds = await worker.current?.api.choose(goal);
      if (thresholds !== undefined) move(thresholds);
    },
    [move],
  );
  const curves = useCallback((label: number): Promise<LabelCurves> => {
    const { current } = worker;
    return current === null ? new Promise(() => {}) : current.api.curves(label);
  }, []);
  const again = useCallback(() => {
    setState({ kind: 'loading' });
    setAttempt((count) => count + 1);
  }, []);
  return { state, move, choose, curves, again };
}

function told(old: FiguresState, event: FiguresEvent): FiguresState {
  if (old.kind !== 'there') return old;
  return event.kind === 'photos' ? { ...old, photos: event.part } : { ...old, intervals: event.intervals };
}
