import { useTranslation } from 'react-i18next';
import { useEngine, useEngineHandle, useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { showToast } from '../../ui/toasts.ts';

/** Previews take the most room after copies of photos, and can always be made again. */
export function PreviewSettings({ onEvicted }: { readonly onEvicted: () => Promise<void> }) {
  const { t } = useTranslation();
  const engine = useEngineHandle();
  const library = useLibrary();
  const { settings } = useEngine();
  const evict = async () => {
    const count = await library.evictPreviews();
    showToast({ text: t('settings.evicted', { count }) });
    await onEvicted();
  };
  return (
    <>
      <Select
        label={t('settings.previewSize')}
        options={[
          { value: '320', label: t('settings.previewLarge') },
          { value: '160', label: t('settings.previewSmall') },
        ]}
        value={settings.previewSize === 160 ? '160' : '320'}
        onChange={(value) => void engine.changeSettings({ previewSize: value === '160' ? 160 : 320 })}
      />
      <Button onPress={() => void evict()}>{t('settings.evictPreviews')}</Button>
      <p className="hint">{t('settings.evictHint')}</p>
    </>
  );
}
