import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoDetail } from '../../../core/library/photo-cell.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';

/** What the thing on a photo is called, and how that is changed. */
export function ItemName({ photo: { id, item } }: { readonly photo: PhotoDetail }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  const form = useId();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const call = async (name: string) => {
    setOpen(false);
    if (name === (item ?? '')) return;
    const taken = await library.callItem([id], name);
    offerUndo(name === '' ? t('photo.itemUnnamed') : t('photo.itemNamed', { name }), () =>
      library.takeNamesBack(taken),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void call(typed.trim().replace(/\s+/g, ' '));
  };
  return (
    <span className="photo-location">
      {item === null ? <span className="hint">{t('photo.itemNone')}</span> : <bdi>{item}</bdi>}
      <IconButton
        size="small"
        icon="pencil"
        label={t('photo.nameItem')}
        onPress={() => {
          setTyped(item ?? '');
          setOpen(true);
        }}
      />
      <Dialog
        title={t('photo.nameItem')}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        size="small"
        footer={
          <>
            <Button onPress={() => setOpen(false)}>{t('ui.cancel')}</Button>
            <Button variant="primary" type="submit" form={form}>
              {t('ask.save')}
            </Button>
          </>
        }
      >
        <form id={form} onSubmit={submit}>
          <TextField label={t('photo.itemCalled')} value={typed} onChange={setTyped} />
          <p className="hint">{t('photo.itemHint')}</p>
        </form>
      </Dialog>
    </span>
  );
}
