import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** Asks for the name of a saved search. */
export default function NameDialog({
  name,
  onClose,
  onName,
}: {
  readonly name: string;
  readonly onClose: () => void;
  readonly onName: (name: string) => void;
}) {
  const { t } = useTranslation();
  const form = useId();
  const [typed, setTyped] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '') onName(typed.trim());
  };
  return (
    <Dialog
      title={t('ask.nameTitle')}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" type="submit" form={form} isDisabled={typed.trim() === ''}>
            {t('ask.save')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <TextField label={t('ask.name')} autoFocus value={typed} onChange={setTyped} />
      </form>
    </Dialog>
  );
}
