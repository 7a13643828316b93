import { type ChangeEvent, lazy, Suspense, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { hasPickers } from '../../engine/intake.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useIntake } from './use-intake.ts';
import './import.css';

const AddMenu = lazy(() => import('./AddMenu.tsx'));

const accepted =
  'image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,.heic,.heif,image/gif,image/bmp';

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
  const taken = (event: ChangeEvent<HTMLInputElement>) => {
    // A copy: clearing the input, which lets the same files be chosen again, empties the list.
    const chosen = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = '';
    if (chosen.length > 0) intake.fromInput(chosen);
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
      <input
        ref={files}
        type="file"
        multiple
        accept={accepted}
        aria-label={t('import.photoFiles')}
        hidden
        onChange={taken}
      />
      <input
        ref={folder}
        type="file"
        multiple
        // @ts-expect-error React's types do not know the attribute, browsers do.
        webkitdirectory=""
        aria-label={t('import.photoFolder')}
        hidden
        onChange={taken}
      />
    </div>
  );
}
