import * as Comlink from 'comlink';
import type { IndexBuilderHost } from '../../protocol/index-builder.ts';
import type { InferenceHost } from '../../protocol/inference.ts';
import type { LibraryApi, LibraryEvent, OpenRequest, OpenResult } from '../../protocol/library.ts';
import { figuresSource } from '../figures/figures-source.ts';
import { backupVerbs } from './backup-verbs.ts';
import { duplicateVerbs } from './duplicate-verbs.ts';
import { findVerbs } from './find-verbs.ts';
import { folderVerbs } from './folder-verbs.ts';
import { importVerbs } from './import-verbs.ts';
import { labelVerbs } from './label-verbs.ts';
import { LibrarySession } from './library-session.ts';
import { matchVerbs } from './match-verbs.ts';
import { PageCalls } from './page-calls.ts';
import { photoVerbs } from './photo-verbs.ts';

/** What the page calls: answers from the session, and hands big arrays over instead of copying them. */
export class LibraryService {
  #session: LibrarySession | null = null;
  readonly #calls = new PageCalls();
  readonly verbs: LibraryApi;

  constructor() {
    const session = () => this.#opened;
    this.verbs = {
      ...importVerbs(session),
      ...folderVerbs(session),
      ...photoVerbs(session),
      ...findVerbs(session),
      ...matchVerbs(session),
      ...duplicateVerbs(session),
      ...labelVerbs(session),
      ...backupVerbs(session),
      open: (request, host, listener) => this.#open(request, host, listener),
      connectFigures: async (port) =>
        Comlink.expose(
          figuresSource(() => session().library),
          port,
        ),
      retryModel: async () => session().startModel(),
      settings: async () => session().settings,
      changeSettings: (change) => session().changeSettings(change),
      storage: async () => {
        const [estimate, persisted, kinds] = await Promise.all([
          navigator.storage.estimate(),
          navigator.storage.persisted(),
          session().spaceUsed(),
        ]);
        return { used: estimate.usage ?? 0, quota: estimate.quota ?? 0, persisted, kinds };
      },
      evictPreviews: () => session().library.previews.evict(),
      removeEverything: () => this.#calls.replace((settled) => session().removeEverything(settled)),
    };
  }

  /** What a call of the page comes to. One that another tab's taking over cut off is never answered: `lost` is told. */
  async answer<Value>(verb: string, call: () => Promise<Value>): Promise<Value> {
    try {
      // It waits for all others.
      return await (verb === 'removeEverything' ? call() : this.#calls.run(call));
    } catch (error) {
      if (this.#session?.isLost === true) return new Promise(() => {});
      throw error;
    }
  }

  async #open(
    request: OpenRequest,
    host: InferenceHost & IndexBuilderHost,
    listener: (event: LibraryEvent) => void,
  ): Promise<OpenResult> {
    if (this.#session !== null) throw new Error('the library is open already');
    const opened = await LibrarySession.open(request, host, listener);
    if ('kind' in opened) return opened;
    this.#session = opened;
    return { kind: 'open', status: opened.status(), settings: opened.settings };
  }

  get #opened(): LibrarySession {
    if (this.#session === null) throw new Error('the library is not open; call open first');
    return this.#session;
  }
}
