import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, FailureCode, PhotoId } from '../../../core/library/photo.ts';
import type { LibraryCalls } from '../../engine/connection.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { showablePicture } from '../../engine/showable-picture.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';

export type Original =
  | { readonly kind: 'loading' }
  /** `url`: object URL, valid while the photo is open or beside the open one. */
  | { readonly kind: 'there'; readonly url: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

const loading: Original = { kind: 'loading' };

/** Failures found before anything was decoded. The browser's own decoder has no such limits: it never gets these files. */
const neverDecoded: ReadonlySet<FailureCode> = new Set(['too-many-pixels', 'zero-size', 'unsupported-type']);

/** Whether a photo that failed like this is kept from the browser's decoder, so that loading it again cannot help. */
export function isNeverDecoded(failure: Failure | null): boolean {
  return failure !== null && neverDecoded.has(failure.code);
}

/** Object URLs of the open photo and its neighbours; the others are given back. */
class Originals {
  readonly #library: LibraryCalls;
  readonly #entries = new Map<PhotoId, Promise<Original>>();

  constructor(library: LibraryCalls) {
    this.#library = library;
  }

  load(id: PhotoId): Promise<Original> {
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      entry = this.#fetch(id);
      this.#entries.set(id, entry);
    }
    return entry;
  }

  async #fetch(id: PhotoId): Promise<Original> {
    try {
      const [original, photo] = await Promise.all([this.#library.original(id), this.#library.photo(id)]);
      const failure = photo?.failure ?? null;
      if (failure !== null && isNeverDecoded(failure)) {
        this.#entries.delete(id); // the photo may be tried again with another limit
        return { kind: 'failed', failure };
      }
      const answer = original instanceof Blob ? await showablePicture(original) : original;
      if (answer instanceof Blob) return { kind: 'there', url: URL.createObjectURL(answer) };
      this.#entries.delete(id); // asked again when it is shown again
      return { kind: 'failed', failure: answer };
    } catch (error) {
      ignoreWorkerDied(error);
      this.#entries.delete(id);
      return { kind: 'failed', failure: { code: 'worker-crashed' } };
    }
  }

  keepOnly(ids: readonly PhotoId[]): void {
    for (const [id, entry] of this.#entries) {
      if (ids.includes(id)) continue;
      this.#entries.delete(id);
      void entry.then((original) => {
        if (original.kind === 'there') URL.revokeObjectURL(original.url);
      });
    }
  }
}

/**
 * The whole picture of the open photo. The neighbours are fetched and decoded once it is there. `again` fetches anew,
 * `broken` tells that the browser could not show what came. `withheld`: whether the photo is known to have a failure with
 * which it is never decoded; a change of that fetches anew.
 */
export function useOriginal(
  id: PhotoId,
  withheld: boolean,
  previous: PhotoId | null,
  next: PhotoId | null,
): { original: Original; again: () => void; broken: () => void } {
  const library = useLibrary();
  const originals = useRef<Originals | null>(null);
  const [shown, setShown] = useState<{ id: PhotoId; original: Original }>({ id, original: loading });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` and `withheld` fetch once more
  useEffect(() => {
    originals.current ??= new Originals(library);
    const all = originals.current;
    const others = [next, previous].filter((other) => other !== null);
    let current = true;
    void all.load(id).then((original) => {
      if (!current) return;
      setShown({ id, original });
      for (const other of others) {
        void all.load(other).then((neighbour) => {
          if (!current || neighbour.kind !== 'there') return;
          const image = new Image();
          image.src = neighbour.url;
          void image.decode().catch(() => {}); // said when the photo itself is opened
        });
      }
    });
    all.keepOnly([id, ...others]);
    return () => {
      current = false;
    };
  }, [library, id, withheld, previous, next, attempt]);

  useEffect(
    () => () => {
      originals.current?.keepOnly([]);
      originals.current = null;
    },
    [],
  );

  const again = useCallback(() => {
    setShown({ id, original: loading });
    setAttempt((count) => count + 1);
  }, [id]);
  const broken = useCallback(
    () => setShown({ id, original: { kind: 'failed', failure: { code: 'broken' } } }),
    [id],
  );
  return { original: shown.id === id ? shown.original : loading, again, broken };
}
