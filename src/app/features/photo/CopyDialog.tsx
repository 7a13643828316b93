import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoDetail } from '../../../protocol/library.ts';
import { rememberCopyPreference } from '../../engine/copy-preference.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { saveFile } from '../../ui/save-file.ts';
import type { CopyChoice } from './use-copy.ts';

/** Asks whether a copy is to say where and with what the photo was taken. */
export function CopyDialog({
  choice,
  photo,
  onClose,
}: {
  /** Null: nothing is asked. */
  readonly choice: CopyChoice | null;
  readonly photo: PhotoDetail | null;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const [remembers, setRemembers] = useState(false);
  const save = (file: Blob | null, preference: 'with' | 'without') => {
    if (file === null || choice === null) return;
    if (remembers) rememberCopyPreference(preference);
    saveFile(file, choice.name);
    onClose();
  };
  const exif = photo?.exif ?? null;
  const told = [
    exif?.gps && t('copies.place'),
    exif?.capturedAt != null && t('copies.time'),
    (exif?.make ?? exif?.model ?? exif?.lens) != null && t('copies.camera'),
    exif?.keywords?.length && t('copies.keywords'),
  ].filter((text) => typeof text === 'string');
  const canLeaveOut = choice !== null && choice.without !== null;
  return (
    <Dialog
      title={t('copies.title')}
      isOpen={choice !== null}
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={() => save(choice?.original ?? null, 'with')}>{t('copies.keep')}</Button>
          <Button
            variant="primary"
            isDisabled={!canLeaveOut}
            onPress={() => save(choice?.without ?? null, 'without')}
          >
            {t('copies.leaveOut')}
          </Button>
        </>
      }
    >
      <div className="copy-question">
        <p>{told.length > 0 ? t('copies.tells', { what: list.format(told) }) : t('copies.mayTell')}</p>
        <p>{t(canLeaveOut ? 'copies.pixelsStay' : 'copies.cannot')}</p>
        {canLeaveOut && (
          <Checkbox checked={remembers} onChange={setRemembers}>
            {t('copies.remember')}
          </Checkbox>
        )}
      </div>
    </Dialog>
  );
}
