import { useEffect, useState } from 'react';
import type { Region } from '../../../core/image/region.ts';
import type { PhotoDetail } from '../../../core/library/photo-cell.ts';
import { proposeRegion } from '../../../core/search/propose-region.ts';
import { useLabels, useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

/** So many of the strongest labels are asked about. */
const asked = 4;

export interface ProposedRegion {
  readonly name: string;
  readonly region: Region;
}

const none: readonly ProposedRegion[] = [];

/** Parts of a photo that speak for its strongest labels, while they are wanted; they come one by one. */
export function useProposedRegions(photo: PhotoDetail | null, wanted: boolean): readonly ProposedRegion[] {
  const library = useLibrary();
  const labels = useLabels();
  const [found, setFound] = useState<{ id: number; regions: readonly ProposedRegion[] } | null>(null);
  const id = photo?.id ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the photo's other details do not matter
  useEffect(() => {
    if (!wanted || photo === null || photo.width === 0) return;
    let current = true;
    const strongest = photo.labels
      .filter(
        ({ score, threshold, verdict }) =>
          score !== null && score >= (threshold ?? 1) && verdict !== 'rejected',
      )
      .slice(0, asked);
    const ask = async () => {
      const regions: ProposedRegion[] = [];
      for (const { label: number } of strongest) {
        const label = labels.get(number);
        const evidence = await library.evidence(photo.id, number);
        if (!current) return;
        if ('code' in evidence || label === undefined) continue;
        const region = proposeRegion(evidence, photo.width / photo.height);
        if (region === null) continue;
        regions.push({ name: labels.name(label), region });
        setFound({ id: photo.id, regions: [...regions] });
      }
    };
    ask().catch((error: unknown) => {
      if (!(error instanceof WorkerDied)) throw error;
    });
    return () => {
      current = false;
    };
  }, [id, wanted, library, labels]);

  return wanted && found !== null && found.id === id ? found.regions : none;
}
