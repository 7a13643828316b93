/** A file of the built app, as the service worker keeps it. */
export interface AppFile {
  /** Relative to the service worker's own address. */
  readonly url: string;
  /** Changes with the content; null where the name itself does. */
  readonly revision: string | null;
  /** `start`: needed to begin at all. `idle`: fetched when there is nothing else to do. `webgpu`: like idle, where there is an adapter. */
  readonly when: 'start' | 'idle' | 'webgpu';
}

/** What the page asks of the service worker; `finish` and `forget` are answered over the port that comes with it. */
export type OfflineRequest =
  /** Fetch what is still missing. */
  | { readonly type: 'finish'; readonly webgpu: boolean }
  /** Take over from the version that runs now: the person has agreed. */
  | { readonly type: 'activate' }
  /** Delete what is kept and keep nothing any more: the person erases all. Answered, with nothing, when it is done. */
  | { readonly type: 'forget' };

export type FinishAnswer =
  | { readonly kind: 'complete' }
  | { readonly kind: 'incomplete' /** In the browser's words. */; readonly why: string };
