import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** The name of a set as a field: Enter takes it over, Escape leaves it as it was. */
export function RenameSet({
  name,
  onRename,
  onCancel,
}: {
  readonly name: string;
  readonly onRename: (name: string) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <form
      className="set-page__rename"
      onSubmit={(event) => {
        event.preventDefault();
        onRename(text);
      }}
      onKeyDown={(event) => {
        // While a name is composed, the key is the input method's.
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        onCancel();
      }}
    >
      <TextField ref={field} label={t('labels.setName')} labelHidden value={text} onChange={setText} />
      <Button type="submit" variant="primary">
        {t('labels.save')}
      </Button>
    </form>
  );
}
