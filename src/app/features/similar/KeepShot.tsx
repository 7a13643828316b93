import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../engine/hooks.ts';
import type { SimilarFile } from '../../engine/similar-file.ts';
import { Button } from '../../ui/Button.tsx';
import { showToast } from '../../ui/toasts.ts';

/** Phones' own camera apps hand over files, in whatever format; other shots are JPEGs of ours. */
function extensionOf(shot: Blob): string {
  return (shot instanceof File ? /\.(\w{2,5})$/.exec(shot.name)?.[1] : null) ?? 'jpg';
}

/** Takes a shot of the camera into the library, as a photo like any other. */
export function KeepShot({ file }: { readonly file: SimilarFile }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const [kept, setKept] = useState<SimilarFile | null>(null);
  const keep = async () => {
    setKept(file);
    // A name that sorts by time and that every file system takes: Camera 2026-05-03 14.20.31.jpg
    const now = new Date(file.madeAt - new Date(file.madeAt).getTimezoneOffset() * 60_000);
    const name = `${t('ask.shotName')} ${now.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')}.${extensionOf(file.blob)}`;
    const photo = new File([file.blob], name, { type: file.blob.type, lastModified: file.madeAt });
    try {
      const { accepted } = await library.addFiles([{ file: photo, path: null }], null);
      showToast({ text: t(accepted > 0 ? 'ask.shotKept' : 'ask.shotKnown') });
    } catch (error) {
      // It can be tried again; what went wrong is said where all such errors are.
      setKept((now) => (now === file ? null : now));
      throw error;
    }
  };
  return (
    <Button size="small" icon="plus" isDisabled={kept === file} onPress={() => void keep()}>
      {t('ask.keepShot')}
    </Button>
  );
}
