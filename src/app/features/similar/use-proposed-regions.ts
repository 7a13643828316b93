import { useEffect, useState } from 'react';
import type { Region } from '../../../core/image/region.ts';
import type { PhotoDetail } from '../../../core/library/photo-cell.ts';
import { nearlyCarried, proposeRegion } from '../../../core/search/propose-region.ts';
import type { LabelNumber } from '../../../core/tagging/label.ts';
import type { LabelEvidence } from '../../../protocol/library.ts';
import { useLabels, useLibrary } from '../../engine/hooks.ts';
import { showablePicture } from '../../engine/showable-picture.ts';
import type { SimilarFile } from '../../engine/similar-file.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';

/** So many of the strongest labels are asked about. */
const asked = 4;

export interface ProposedRegion {
  readonly name: string;
  readonly region: Region;
}

const none: readonly ProposedRegion[] = [];

/**
 * Parts of a photo, or of a picture from outside, that speak for its strongest labels, while they are wanted; they come one
 * by one.
 */
export function useProposedRegions(
  photo: PhotoDetail | null,
  file: SimilarFile | null,
  wanted: boolean,
): readonly ProposedRegion[] {
  const library = useLibrary();
  const labels = useLabels();
  const [found, setFound] = useState<{ key: string; regions: readonly ProposedRegion[] } | null>(null);
  const key = photo !== null ? `photo ${photo.id}` : (file?.key ?? null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the photo's other details do not matter
  useEffect(() => {
    if (!wanted || key === null) return;
    let current = true;
    const regions: ProposedRegion[] = [];
    const propose = (number: LabelNumber, evidence: LabelEvidence, aspect: number) => {
      const label = labels.get(number);
      const region = label === undefined ? null : proposeRegion(evidence, aspect);
      if (label === undefined || region === null || !current) return;
      regions.push({ name: labels.name(label), region });
      setFound({ key, regions: [...regions] });
    };
    const ofPhoto = async ({ id, width, height, labels: scored }: PhotoDetail) => {
      const possible = scored.filter(({ score, verdict }) => score !== null && verdict !== 'rejected');
      const carried = possible.filter(({ score, threshold }) => score! >= (threshold ?? 1));
      const strongest = (carried.length > 0 ? carried : possible.slice(0, nearlyCarried)).slice(0, asked);
      for (const { label } of strongest) {
        const evidence = await library.evidence(id, label);
        if (!current) return;
        if (!('code' in evidence)) propose(label, evidence, width / height);
      }
    };
    const ofPicture = async (picture: Blob) => {
      const aspect = await aspectOf(picture);
      if (aspect === null || !current) return;
      const evidences = await library.strongestEvidence(picture, asked);
      if (!('code' in evidences)) for (const one of evidences) propose(one.label, one, aspect);
    };
    const ask = async () => {
      if (photo !== null && photo.width > 0) await ofPhoto(photo);
      else if (photo === null && file !== null) await ofPicture(file.blob);
    };
    ask().catch(ignoreWorkerDied);
    return () => {
      current = false;
    };
  }, [key, wanted, library, labels]);

  return wanted && found !== null && found.key === key ? found.regions : none;
}

/** Width / height, turned as the picture says; null for a picture that the browser cannot show. */
async function aspectOf(picture: Blob): Promise<number | null> {
  try {
    const shown = await showablePicture(picture);
    if (!(shown instanceof Blob)) return null;
    const bitmap = await createImageBitmap(shown);
    const aspect = bitmap.width / bitmap.height;
    bitmap.close();
    return aspect;
  } catch {
    return null; // there is nothing to draw on, either
  }
}
