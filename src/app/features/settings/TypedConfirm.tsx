import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** A button for what cannot be undone: it asks, and the person types a word before it is done. */
export function TypedConfirm({
  action,
  title,
  text,
  onConfirm,
}: {
  /** What the button says, before and in the dialog. */
  readonly action: string;
  readonly title: string;
  readonly text: string;
  readonly onConfirm: () => void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const word = t('settings.everythingWord');
  const confirmed = typed.trim().toLowerCase() === word.toLowerCase();
  return (
    <>
      <Button
        icon="trash"
        onPress={() => {
          setTyped('');
          setAsking(true);
        }}
      >
        {action}
      </Button>
      <Dialog
        title={title}
        isOpen={asking}
        onClose={() => setAsking(false)}
        size="small"
        role="alertdialog"
        footer={
          <>
            <Button onPress={() => setAsking(false)}>{t('ui.cancel')}</Button>
            <Button
              variant="danger"
              isDisabled={!confirmed}
              onPress={() => {
                setAsking(false);
                onConfirm();
              }}
            >
              {action}
            </Button>
          </>
        }
      >
        <div className="settings__confirm">
          <p>{text}</p>
          <TextField label={t('settings.everythingType', { word })} value={typed} onChange={setTyped} />
        </div>
      </Dialog>
    </>
  );
}
