import { useEffect, useMemo, useState } from 'react';
import type { LinkedPhoto } from '../../core/library/linked-photos.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import type { LibraryCalls } from './connection.ts';
import { currentFragment, navigate, useFragment } from './fragment.ts';
import { photosInLink } from './fragment-state.ts';
import { useEnginePart, useLibrary } from './hooks.ts';
import { renumbered } from './linked-items.ts';
import { ignoreWorkerDied } from './worker-died.ts';

/** What is known of photos of this library: of these nobody needs to ask. */
const known = new Map<PhotoId, string>();

/** The photos of the present link that are not here; null while that is not known. */
export type MissingPhotos = ReadonlySet<PhotoId> | null;

/**
 * Sees to it that the photos of the present link are those that it means ([Note: Linked photos]): where they have other
 * numbers here it is changed in place, and what the files hold is added to it.
 */
export function useLinkedPhotos(): MissingPhotos {
  const library = useLibrary();
  const isOpen = useEnginePart((state) => state.phase === 'open');
  const revision = useEnginePart(({ status }) => status.contentRevision);
  const fragment = useFragment();
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const named = photosInLink(fragment);
  const { linked } = fragment;
  const doubtful = linked.filter(({ id, hash }) => named.includes(id) && known.get(id) !== hash);
  const bare = named.filter((id) => !linked.some((one) => one.id === id));
  const key = JSON.stringify([doubtful, bare]);
  // What is missing may be added.
  const turn = doubtful.some((one) => missing.has(keyOf(one))) ? revision : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is another question
  useEffect(() => {
    if (!isOpen) return;
    let current = true;
    const [asked, unknown] = JSON.parse(key) as [LinkedPhoto[], PhotoId[]];
    (async () => {
      const gone = await prove(library, asked, () => current);
      if (!current) return;
      // Also where none is: what was doubtful is known now.
      if (asked.length > 0) setMissing(new Set(gone.map(keyOf)));
      await addHashes(library, unknown, () => current);
    })().catch(ignoreWorkerDied);
    return () => {
      current = false;
    };
  }, [library, isOpen, key, turn]);
  const isKnown = doubtful.every((one) => missing.has(keyOf(one)));
  const ids = doubtful.map(({ id }) => id).join();
  return useMemo(
    () => (isKnown ? new Set(ids === '' ? [] : (ids.split(',').map(Number) as PhotoId[])) : null),
    [isKnown, ids],
  );
}

function keyOf({ id, hash }: LinkedPhoto): string {
  return `${id}.${hash}`;
}

/** Answers with those that are not in this library. */
async function prove(
  library: LibraryCalls,
  asked: readonly LinkedPhoto[],
  isCurrent: () => boolean,
): Promise<readonly LinkedPhoto[]> {
  if (asked.length === 0) return [];
  const found = await library.meantPhotos(asked);
  if (!isCurrent()) return [];
  const others = new Map<PhotoId, PhotoId>();
  asked.forEach(({ id, hash }, n) => {
    const own = found[n] ?? null;
    if (own === null) return;
    known.set(own, hash);
    if (own !== id) others.set(id, own);
  });
  if (others.size > 0) navigate(renumbered(currentFragment(), others), 'replace');
  return asked.filter((_, n) => (found[n] ?? null) === null);
}

async function addHashes(
  library: LibraryCalls,
  unknown: readonly PhotoId[],
  isCurrent: () => boolean,
): Promise<void> {
  const unasked = unknown.filter((id) => !known.has(id));
  if (unasked.length > 0) {
    const hashes = await library.photoHashes(unasked);
    unasked.forEach((id, n) => {
      const hash = hashes[n] ?? null;
      if (hash !== null) known.set(id, hash);
    });
    if (!isCurrent()) return;
  }
  const { linked } = currentFragment();
  const added = unknown.flatMap((id) => {
    const hash = known.get(id);
    return hash === undefined || linked.some((one) => one.id === id) ? [] : { id, hash };
  });
  if (added.length > 0) navigate({ linked: [...linked, ...added] }, 'replace');
}
