import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../../i18n/language.ts';
import { changeLanguage, currentLanguage } from '../../i18n/start.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { showToast } from '../../ui/toasts.ts';
import { type Appearance, changeAppearance, storedAppearance } from './appearance.ts';

export function AppearanceSettings() {
  const { t } = useTranslation();
  const [appearance, setAppearance] = useState(storedAppearance);
  const choose = (value: Appearance) => {
    setAppearance(value);
    changeAppearance(value);
  };
  return (
    <div className="settings__part settings__row">
      <Select
        label={t('settings.language')}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
        value={currentLanguage()}
        onChange={(language) =>
          changeLanguage(language).catch((error: unknown) =>
            showToast({ text: t('errors.action', { detail: String(error) }), tone: 'danger' }),
          )
        }
      />
      <div className="field">
        <span className="field__label" aria-hidden="true">
          {t('settings.appearance')}
        </span>
        <Segmented
          label={t('settings.appearance')}
          options={[
            { value: 'auto', label: t('settings.appearanceAuto') },
            { value: 'light', label: t('settings.appearanceLight') },
            { value: 'dark', label: t('settings.appearanceDark') },
          ]}
          value={appearance}
          onChange={choose}
        />
      </div>
    </div>
  );
}
