import { useTranslation } from 'react-i18next';
import { navigate } from '../../engine/fragment.ts';
import { emptyFragment } from '../../engine/fragment-state.ts';
import { useEngine, useLibrary } from '../../engine/hooks.ts';
import { showToast } from '../../ui/toasts.ts';
import { TypedConfirm } from './TypedConfirm.tsx';

/** Removing the whole library: asked for in so many words. */
export function EverythingSettings() {
  const { t } = useTranslation();
  const library = useLibrary();
  const { counts } = useEngine().status;
  const remove = async () => {
    await library.removeEverything();
    navigate(emptyFragment, 'replace');
    showToast({ text: t('settings.everythingDone') });
  };
  return (
    <>
      <p className="hint">{t('settings.everythingHint')}</p>
      <TypedConfirm
        action={t('settings.removeEverything')}
        title={t('settings.everythingTitle')}
        text={t('settings.everythingText', { count: counts.present + counts.failed + counts.removed })}
        onConfirm={() => void remove()}
      />
    </>
  );
}
