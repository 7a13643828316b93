import * as Comlink from 'comlink';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { wordsOf } from '../../../core/error-words.ts';
import type { ClassIntervals } from '../../../core/evaluation/class-intervals.ts';
import type { ComparedSets } from '../../../core/evaluation/compare-sets.ts';
import type { LabelIntervals } from '../../../core/evaluation/label-intervals.ts';
import type { Run } from '../../../core/evaluation/run.ts';
import type { JudgedScope } from '../../../core/library/judged-photos.ts';
import type {
  ExportKind,
  FiguresEvent,
  GroupFigures,
  Judged,
  LabelCurves,
  LabelFigures,
  LikelyError,
  PhotoPart,
  ThresholdGoal,
} from '../../../protocol/figures.ts';
import { type FiguresWorker, startFigures } from '../../engine/figures.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { keepThresholds, keptThresholds } from './kept-thresholds.ts';

export interface LabelState {
  readonly kind: 'labels';
  readonly figures: LabelFigures;
  /** Null while they are computed. */
  readonly photos: PhotoPart | null;
  readonly intervals: LabelIntervals | null;
  /** Another one when photos changed, not when thresholds did. */
  readonly version: number;
}

export interface ClassState {
  readonly kind: 'classes';
  readonly photos: number;
  readonly groups: readonly GroupFigures[];
  /** By number of the group; not there while they are computed. */
  readonly intervals: ReadonlyMap<number, ClassIntervals>;
  readonly version: number;
}

export type FiguresState =
  | { readonly kind: 'loading' }
  /** There is no such set, or no model yet. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly why: string }
  | LabelState
  | ClassState;

export interface Figures {
  readonly state: FiguresState;
  /** [labels], or [groups] of classes; figures follow at once, those of whole photos and the intervals a little later. */
  move(thresholds: Float64Array): void;
  /** Moves all thresholds there; resolves to how many labels cannot reach it. */
  choose(goal: ThresholdGoal): Promise<number>;
  curves(label: number): Promise<LabelCurves>;
  errors(): Promise<readonly LikelyError[]>;
  /** Null: a version is gone, or of another kind. */
  compare(before: Run, after: Run): Promise<ComparedSets | null>;
  file(kind: ExportKind, names: Readonly<Record<string, string>>): Promise<string>;
  again(): void;
}

/** Changes of photos that follow one another closely are answered together. */
const pauseMilliseconds = 150;

/** The figures of a set on some of its photos, in a worker that lives while they are watched; kept up to date when photos change. */
export function useFigures(set: string, scope: JudgedScope): Figures {
  const library = useLibrary();
  const isOpen = useEnginePart(({ phase }) => phase === 'open');
  const revision = useEnginePart(({ status }) => status.contentRevision);
  const isLoaded = useEnginePart(({ status }) => status.tagsLoaded);
  const [state, setState] = useState<FiguresState>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const hasFigures = useRef(false);
  hasFigures.current = state.kind === 'labels' || state.kind === 'classes';
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

  // The figures of one set, or of some photos, are never shown as those of others.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at the end of each set
  useEffect(() => () => setState({ kind: 'loading' }), [set, scope]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each revision of the photos is asked about
  useEffect(() => {
    const { current } = worker;
    if (current === null || !isLoaded) return;
    let wanted = true;
    const hear = (event: FiguresEvent) => {
      if (wanted && worker.current === current) setState((old) => told(old, event));
    };
    const ask = async () => {
      const request = { set, scope, thresholds: keptThresholds(set) };
      try {
        const judged = await current.api.open(request, Comlink.proxy(hear));
        if (wanted && worker.current === current) setState((old) => opened(old, judged));
      } catch (error) {
        const why = wordsOf(error);
        if (wanted && worker.current === current) setState({ kind: 'failed', why });
      }
    };
    const timer = setTimeout(() => void ask(), hasFigures.current ? pauseMilliseconds : 0);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [set, scope, isOpen, isLoaded, revision, attempt]);

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
          const judged = await current.api.move(wanted);
          keepThresholds(set, judged);
          if (worker.current === current) setState((old) => moved(old, judged));
        }
        turns.running = false;
      };
      void run();
    },
    [set],
  );
  const choose = useCallback(
    async (goal: ThresholdGoal) => {
      const chosen = await worker.current?.api.choose(goal);
      if (chosen !== undefined) move(chosen.thresholds);
      return chosen?.unreached ?? 0;
    },
    [move],
  );
  const asks = useMemo(() => {
    // What is asked of a worker that ends is never answered, and nobody waits for it then.
    const ask = <Answer>(call: (api: FiguresWorker['api']) => Promise<Answer>): Promise<Answer> =>
      worker.current === null ? new Promise(() => {}) : call(worker.current.api);
    return {
      curves: (label: number) => ask((api): Promise<LabelCurves> => api.curves(label)),
      errors: () => ask((api): Promise<readonly LikelyError[]> => api.errors()),
      compare: (before: Run, after: Run) =>
        ask((api): Promise<ComparedSets | null> => api.compare(before, after)),
      file: (kind: ExportKind, names: Readonly<Record<string, string>>) =>
        ask((api): Promise<string> => api.file(kind, names)),
    };
  }, []);
  const again = useCallback(() => {
    setState({ kind: 'loading' });
    setAttempt((count) => count + 1);
  }, []);
  return { state, move, choose, ...asks, again };
}

let versions = 0;

function opened(old: FiguresState, judged: Judged | null): FiguresState {
  if (judged === null) return { kind: 'none' };
  const version = ++versions;
  if (judged.kind === 'classes') return { ...judged, intervals: new Map(), version };
  const photos = old.kind === 'labels' ? old.photos : null;
  return { ...judged, photos, intervals: null, version };
}

function moved(old: FiguresState, judged: Judged): FiguresState {
  if (old.kind === 'labels' && judged.kind === 'labels') {
    return { ...old, figures: judged.figures, intervals: null };
  }
  return old.kind === 'classes' && judged.kind === 'classes'
    ? { ...old, ...judged, intervals: new Map() }
    : old;
}

function told(old: FiguresState, event: FiguresEvent): FiguresState {
  if (old.kind === 'classes' && event.kind === 'class-intervals') {
    return { ...old, intervals: new Map(old.intervals).set(event.group, event.intervals) };
  }
  if (old.kind !== 'labels' || event.kind === 'class-intervals') return old;
  return event.kind === 'photos' ? { ...old, photos: event.part } : { ...old, intervals: event.intervals };
}
