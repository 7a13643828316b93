import type { PhotoId } from '../../core/library/photo.ts';
import type { Label } from '../../core/tagging/label.ts';
import type { LibraryEvent, LibraryStatus, OpenResult, Settings } from '../../protocol/library.ts';
import { defaultSettings, noDuplicateSearch, noIndexStatus } from '../../protocol/library.ts';

/** Where the app stands with its library. */
export type Phase =
  | 'starting'
  | 'open'
  /** Another tab owns the library, or has just taken it over. */
  | 'owned-elsewhere'
  | 'newer-database'
  | 'storage-unavailable'
  /** The library worker ended several times in a row. */
  | 'crashed'
  /** All that was stored is deleted, at the person's request; the detail says what is not. */
  | 'erased';

/** The page's whole picture of the library: immutable, replaced by `reduce`. */
export interface EngineState {
  readonly phase: Phase;
  /** Figures for the phase's message; '' if none. */
  readonly detail: string;
  readonly status: LibraryStatus;
  readonly settings: Settings;
  readonly labels: readonly Label[];
}

export const initialStatus: LibraryStatus = {
  revision: 0,
  contentRevision: 0,
  counts: { present: 0, queued: 0, failed: 0, removed: 0, favourites: 0, missing: 0 },
  folders: { count: 0, waiting: 0, scanning: null },
  import: {
    state: 'idle',
    done: 0,
    total: 0,
    failed: 0,
    deferred: 0,
    refused: 0,
    alreadyThere: 0,
    photosPerSecond: 0,
    secondsLeft: null,
    scanning: false,
    cancelled: false,
  },
  model: { state: 'loading', step: 'download', progress: 0 },
  modelStored: false,
  outdated: 0,
  tagsLoaded: false,
  teaching: null,
  index: noIndexStatus,
  learnedCutOff: 0.65,
  backup: null,
  duplicates: noDuplicateSearch,
  duplicateFiles: null,
  actions: 0,
  undo: null,
  redo: null,
};

export const initialState: EngineState = {
  phase: 'starting',
  detail: '',
  status: initialStatus,
  settings: defaultSettings,
  labels: [],
};

export type Action =
  | { readonly type: 'starting' }
  | { readonly type: 'opened'; readonly result: OpenResult }
  | { readonly type: 'event'; readonly event: LibraryEvent }
  | { readonly type: 'labels'; readonly labels: readonly Label[] }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'crashed'; readonly why: string }
  | { readonly type: 'erased'; readonly left: string };

export function reduce(state: EngineState, action: Action): EngineState {
  switch (action.type) {
    case 'starting':
      // A new worker counts its revisions from the beginning; what is shown stays until it answers.
      return { ...state, phase: 'starting', detail: '', status: { ...state.status, revision: 0 } };
    case 'opened':
      return opened(state, action.result);
    case 'event':
      return received(state, action.event.status);
    case 'labels':
      return { ...state, labels: action.labels };
    case 'settings':
      return { ...state, settings: action.settings };
    case 'crashed':
      return { ...state, phase: 'crashed', detail: action.why };
    case 'erased':
      return { ...initialState, phase: 'erased', detail: action.left };
  }
}

function received(state: EngineState, status: LibraryStatus): EngineState {
  // An event sent before `open` answered must not be overwritten by an older status.
  if (status.revision < state.status.revision) return state;
  return status.lost ? { ...state, status, phase: 'owned-elsewhere', detail: '' } : { ...state, status };
}

function opened(state: EngineState, result: OpenResult): EngineState {
  switch (result.kind) {
    case 'open': {
      const status = result.status.revision < state.status.revision ? state.status : result.status;
      const phase = status.lost ? 'owned-elsewhere' : 'open';
      return { ...state, phase, detail: '', status, settings: result.settings };
    }
    case 'owned-elsewhere':
      return { ...state, phase: 'owned-elsewhere', detail: '' };
    case 'newer-database':
      return { ...state, phase: 'newer-database', detail: `${result.found} > ${result.expected}` };
    case 'storage-unavailable':
      return { ...state, phase: 'storage-unavailable', detail: result.reason };
  }
}

/** Which cached cells an event makes stale: 'all' when it says so or when an event was missed. */
export function staleCells(previousRevision: number, event: LibraryEvent): readonly PhotoId[] | 'all' {
  const missedSome = event.status.revision !== previousRevision + 1;
  if (event.changed === 'all' || missedSome) return 'all';
  return Array.from(event.changed) as PhotoId[];
}
