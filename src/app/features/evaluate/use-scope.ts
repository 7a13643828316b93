import { useMemo } from 'react';
import type { JudgedScope } from '../../../core/library/judged-photos.ts';
import { useFragment } from '../../engine/fragment.ts';
import { useQuery } from '../../engine/hooks.ts';

/** Which photos are judged, as the fragment says. */
export function useScope(): JudgedScope {
  const { scope } = useFragment();
  const filter = useQuery();
  const query = scope === 'filter' ? filter : null;
  return useMemo(
    () => ({
      // The photos behind a figure are no photos to judge by.
      query: query && { ...query, show: 'present', cell: null },
      side: scope === 'train' || scope === 'validation' ? scope : null,
    }),
    [scope, query],
  );
}
