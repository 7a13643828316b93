import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Tier } from '../../../core/dedup/tiers.ts';
import type { DuplicateScope } from '../../../core/library/duplicate-scope.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { DuplicateQuery, DuplicateView } from '../../../protocol/duplicates.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';

export interface GroupPhoto {
  readonly id: PhotoId;
  /** What was decided about it. */
  readonly state: 'open' | 'kept' | 'removed';
}

export interface DuplicateGroup {
  /** The same as long as the same photos are in it. */
  readonly key: string;
  readonly photos: readonly GroupPhoto[];
  readonly isDecided: boolean;
}

export interface DuplicateGroups {
  readonly query: DuplicateQuery;
  readonly view: DuplicateView;
  readonly groups: readonly DuplicateGroup[];
}

/** While photos come in, the groups are asked for at most so often; where an answer takes long, less often. */
const quietMilliseconds = 1000;
const longestQuiet = 5000;
const quietTimes = 4;
const stateNames = ['open', 'kept', 'removed'] as const;

/** The groups of a tier, kept up to date; null before the first answer. `again` asks now. */
export function useDuplicateGroups(
  tier: Tier,
  sensitivity: number,
  scope: DuplicateScope,
): [DuplicateGroups | null, () => Promise<void>] {
  const library = useLibrary();
  const revision = useEnginePart(({ status }) => `${status.contentRevision} ${status.duplicates.revision}`);
  const open = useEnginePart(({ phase }) => phase === 'open');
  const [answered, setAnswered] = useState<Pick<DuplicateGroups, 'query' | 'view'> | null>(null);
  const latest = useRef(0);
  const asked = useRef({ what: '', at: Number.NEGATIVE_INFINITY, took: 0 });
  const what = JSON.stringify([tier, sensitivity, scope]);

  const again = useCallback(async () => {
    const turn = ++latest.current;
    const at = performance.now();
    asked.current = { ...asked.current, what, at };
    try {
      const query = { tier, sensitivity, scope };
      const view = await library.duplicates(query);
      asked.current.took = performance.now() - at;
      if (turn === latest.current) setAnswered({ query, view });
    } catch (error) {
      ignoreWorkerDied(error);
    }
  }, [library, tier, sensitivity, scope, what]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changed may have changed the groups
  useEffect(() => {
    if (!open) return;
    // Another tier or sensitivity is asked for at once.
    const { at, took } = asked.current;
    const quiet = Math.min(longestQuiet, Math.max(quietMilliseconds, quietTimes * took));
    const ready = asked.current.what === what ? at + quiet : 0;
    const wait = Math.max(0, ready - performance.now());
    const timer = setTimeout(() => void again(), wait);
    return () => clearTimeout(timer);
  }, [again, open, what, revision]);

  const groups = useMemo(
    () => (answered === null ? null : { ...answered, groups: groupsOf(answered.view) }),
    [answered],
  );
  return [groups?.view.tier === tier ? groups : null, again];
}

function groupsOf({ starts, photos, states }: DuplicateView): readonly DuplicateGroup[] {
  return Array.from({ length: starts.length - 1 }, (_, n) => {
    const members = Array.from(photos.subarray(starts[n]!, starts[n + 1]!), (id, i) => ({
      id: id as PhotoId,
      state: stateNames[states[starts[n]! + i]!]!,
    }));
    return {
      key: members.map(({ id }) => id).join(),
      photos: members,
      isDecided: members.filter(({ state }) => state !== 'removed').length < 2,
    };
  });
}
