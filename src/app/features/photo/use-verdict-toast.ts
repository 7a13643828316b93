import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Verdict } from '../../../core/tagging/label.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';

/** Says what was said of a label of the photo, and offers to take it back. */
export function useVerdictToast(): (label: string, verdict: Verdict | null) => void {
  const { t } = useTranslation();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  return useCallback(
    (label, verdict) => {
      const text =
        verdict === 'accepted'
          ? 'photo.tagAccepted'
          : verdict === 'rejected'
            ? 'photo.tagRejected'
            : 'photo.tagCleared';
      offerUndo(t(text, { label }), () => library.undo());
    },
    [t, library, offerUndo],
  );
}
