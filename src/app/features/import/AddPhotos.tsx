import { lazy, Suspense, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { acceptedPictures } from '../../../core/library/candidate.ts';
import { hasPickers } from '../../engine/intake.ts';
import { Button } from '../../ui/Button.tsx';
import { FileInput } from '../../ui/FileInput.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { unasked } from '../../ui/unasked.ts';
import { useIntake } from './use-intake.ts';
import './import.css';

const AddMenu = lazy(() => unasked(import('./AddMenu.tsx')));

/**
 * The button that adds photos, with a menu of the other ways. Where the browser has pickers that give lasting handles
 * they are used, so that nothing is copied; the plain inputs serve everywhere else.
 */
export function AddPhotos() {
  const { t } = useTranslation();
  const intake = useIntake();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const choose = (what: 'files' | 'folder') => {
    if (hasPickers()) intake.fromPicker(what);
    else (what === 'files' ? files : folder).current?.click();
  };

  return (
    <div className="add-photos">
      <Button variant="primary" icon="plus" className="add-photos__main" onPress={() => choose('files')}>
        {t('import.add')}
      </Button>
      <Suspense
        fallback={
          <IconButton
            variant="primary"
            icon="chevron-down"
            className="add-photos__more"
            label={t('import.more')}
            isDisabled
          />
        }
      >
        <AddMenu onChoose={choose} />
      </Suspense>
      <FileInput
        ref={files}
        label={t('import.photoFiles')}
        multiple
        accept={acceptedPictures}
        onFiles={intake.fromInput}
      />
      <FileInput ref={folder} label={t('import.photoFolder')} multiple isFolder onFiles={intake.fromInput} />
    </div>
  );
}
