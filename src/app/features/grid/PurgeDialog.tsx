import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { LazyDialog } from '../../ui/LazyDialog.tsx';

/** Asks before photos are deleted for good. `noRoom`: as there is no room left to keep what is removed. */
export function PurgeDialog({
  count,
  noRoom = false,
  onPurge,
  onClose,
}: {
  readonly count: number;
  readonly noRoom?: boolean;
  readonly onPurge: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <LazyDialog
      title={t('grid.purgeTitle', { count })}
      isOpen
      onClose={onClose}
      size="small"
      role="alertdialog"
      footer={
        <>
          <Button onPress={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="danger"
            onPress={() => {
              onClose();
              onPurge();
            }}
          >
            {t('grid.purge')}
          </Button>
        </>
      }
    >
      {noRoom && <p>{t('grid.purgeNoRoom')}</p>}
      <p>{t('grid.purgeText')}</p>
    </LazyDialog>
  );
}
