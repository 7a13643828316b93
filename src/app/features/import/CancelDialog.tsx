import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** Asks before photos that wait are taken out again. A chunk of its own, since dialogs are heavy. */
export default function CancelDialog({
  left,
  onAnswer,
}: {
  readonly left: number;
  readonly onAnswer: (cancel: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('import.cancelTitle')}
      isOpen
      onClose={() => onAnswer(false)}
      size="small"
      role="alertdialog"
      footer={
        <>
          <Button autoFocus onPress={() => onAnswer(false)}>
            {t('import.cancelNo')}
          </Button>
          <Button variant="danger" onPress={() => onAnswer(true)}>
            {t('import.cancelYes')}
          </Button>
        </>
      }
    >
      <p>{t('import.cancelText', { count: left })}</p>
    </Dialog>
  );
}
