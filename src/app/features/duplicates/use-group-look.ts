import { useState } from 'react';
import type { Region } from '../../../core/image/verify-pair.ts';
import type { PhotoComparison } from '../../../protocol/duplicates.ts';
import type { CompareMode } from './CompareStage.tsx';
import { useComparison } from './use-comparison.ts';
import type { DuplicateGroup, GroupPhoto } from './use-duplicate-groups.ts';
import { type LockedZoom, useLockedZoom, type ZoomFrame } from './use-locked-zoom.ts';

/** More columns than that are no table any more. */
const mostCompared = 6;

/** How a group is looked at: which two are compared, in which mode, how closely. */
export interface GroupLook {
  readonly mode: CompareMode;
  readonly setMode: (mode: CompareMode) => void;
  /** Which of the two flipping shows. */
  readonly shown: 'a' | 'b';
  readonly show: (which: 'a' | 'b') => void;
  readonly active: number;
  readonly setActive: (index: number) => void;
  /** From now on that photo of the group is A, the one that the others are compared with. */
  readonly setFirst: (index: number) => void;
  readonly first: GroupPhoto;
  readonly second: GroupPhoto;
  readonly comparison: PhotoComparison | null;
  readonly zoom: LockedZoom;
  readonly changeZoom: (step: (zoom: LockedZoom) => LockedZoom) => void;
  readonly frame: ZoomFrame;
  /** The part of a photo that the other one shows, too; null: all of it, or not known. */
  readonly regionOf: (photo: GroupPhoto) => Region | null;
}

export function useGroupLook({ key, photos }: DuplicateGroup): GroupLook {
  const [mode, setMode] = useState<CompareMode>('side');
  const [shown, setShown] = useState<'a' | 'b'>('a');
  // Of one group: in the next one another photo would be meant.
  const [chosen, setChosen] = useState({ key, index: 0 });
  const { zoom, change, frame } = useLockedZoom();
  const active = Math.min(chosen.key === key ? chosen.index : 0, photos.length - 1);
  const [anchor, setAnchor] = useState({ key, index: 0 });
  // A, the first photo unless the person chose another, is compared with the one that is looked at, or with the next.
  const at = Math.min(anchor.key === key ? anchor.index : 0, photos.length - 1);
  const first = photos[at]!;
  const second = photos[active === at ? (at + 1) % photos.length : active] ?? first;
  const others = photos.filter((photo) => photo !== first && photo !== second);
  const compared = [first, second, ...others].slice(0, mostCompared);
  const comparison = useComparison(compared.map(({ id }) => id));
  const match = comparison?.match ?? null;
  const isWhole = match === null || Math.min(match.ofFirst, match.ofSecond) > 0.97;
  return {
    mode,
    setMode,
    shown,
    show: (which) => {
      setMode('flip');
      setShown(which);
    },
    active,
    setActive: (index) => setChosen({ key, index }),
    setFirst: (index) => setAnchor({ key, index }),
    first,
    second,
    comparison,
    zoom,
    changeZoom: change,
    frame,
    regionOf: (photo) => {
      if (isWhole) return null;
      if (photo === first) return match.onFirst;
      return photo === second ? match.onSecond : null;
    },
  };
}
