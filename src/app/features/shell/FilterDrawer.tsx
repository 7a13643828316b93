import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** The filters on narrow screens. A chunk of its own, since dialogs are heavy. */
export default function FilterDrawer({
  isOpen,
  onClose,
  children,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('shell.filters')}
      placement="start"
      isOpen={isOpen}
      onClose={onClose}
      footer={
        <Button variant="primary" onPress={onClose}>
          {t('shell.showPhotos')}
        </Button>
      }
    >
      {children}
    </Dialog>
  );
}
