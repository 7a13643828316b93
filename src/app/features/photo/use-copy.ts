import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutMetadata } from '../../../core/export/strip-metadata.ts';
import type { PhotoDetail } from '../../../protocol/library.ts';
import { copyPreference } from '../../engine/copy-preference.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { saveFile } from '../../ui/save-file.ts';
import { showToast } from '../../ui/toasts.ts';

/** A photo's file as it is, and without what the camera wrote into it. */
export interface CopyChoice {
  readonly name: string;
  readonly original: Blob;
  /** Null: nothing can be left out of such a file. */
  readonly without: Blob | null;
}

/** Saves a copy of a photo as the person prefers, or has a choice to ask about. */
export function useCopy(photo: PhotoDetail | null): {
  readonly choice: CopyChoice | null;
  readonly save: () => Promise<void>;
  readonly close: () => void;
} {
  const { t } = useTranslation();
  const library = useLibrary();
  const [choice, setChoice] = useState<CopyChoice | null>(null);
  const save = async () => {
    if (photo === null) return;
    const original = await library.original(photo.id);
    if (!(original instanceof Blob)) {
      showToast({ text: failureText(t, original), tone: 'danger' });
      return;
    }
    const preference = copyPreference();
    if (preference === 'with') {
      saveFile(original, photo.name);
      return;
    }
    const parts = withoutMetadata(new Uint8Array(await original.arrayBuffer()), photo.exif?.orientation ?? 1);
    const without = parts && new Blob(parts, { type: original.type });
    if (preference === 'without' && without !== null) saveFile(without, photo.name);
    else setChoice({ name: photo.name, original, without });
  };
  return { choice, save, close: () => setChoice(null) };
}
