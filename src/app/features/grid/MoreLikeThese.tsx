import { useTranslation } from 'react-i18next';
import { useAddToTray } from '../../ui/use-tray.ts';
import { SelectionAction } from './SelectionAction.tsx';

/** Searches with the selected photos together; a finger has no menu on them where the system gives none. */
export default function MoreLikeThese({ ids }: { readonly ids: () => Uint32Array<ArrayBuffer> }) {
  const { t } = useTranslation();
  const addToTray = useAddToTray();
  return <SelectionAction icon="plus" label={t('ask.moreLikeThese')} onPress={() => addToTray(ids(), 1)} />;
}
