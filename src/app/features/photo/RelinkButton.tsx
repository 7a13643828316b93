import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { picked, pictureTypes } from '../../engine/picked.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { showToast } from '../../ui/toasts.ts';

/** Lets the person show where a missing file is now; asks before another picture takes its place. */
export function RelinkButton({ id, done }: { readonly id: PhotoId; readonly done: () => void }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const failureText = useFailureText();
  const [other, setOther] = useState<FileSystemFileHandle | null>(null);

  const link = async (handle: FileSystemFileHandle, evenIfDifferent: boolean) => {
    setOther(null);
    const result = await library.relinkPhoto(id, handle, evenIfDifferent);
    if (result === 'different') {
      setOther(handle);
      return;
    }
    if (result === 'linked') showToast({ text: t('folders.relinked') });
    else showToast({ text: failureText(result), tone: 'danger' });
    done();
  };
  const choose = async () => {
    const files = await picked(showOpenFilePicker({ id: 'photos', types: pictureTypes }));
    if (files?.[0] !== undefined) await link(files[0], false);
  };
  return (
    <>
      <Button icon="folder" onPress={() => void choose()}>
        {t('folders.relink')}
      </Button>
      <Dialog
        title={t('folders.differentTitle')}
        isOpen={other !== null}
        onClose={() => setOther(null)}
        size="small"
        role="alertdialog"
        footer={
          <>
            <Button autoFocus onPress={() => setOther(null)}>
              {t('ui.cancel')}
            </Button>
            <Button variant="primary" onPress={() => other !== null && void link(other, true)}>
              {t('folders.differentYes')}
            </Button>
          </>
        }
      >
        <p className="foreign-text">{t('folders.differentText', { name: other?.name ?? '' })}</p>
      </Dialog>
    </>
  );
}
