import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { languageNames } from '../../i18n/language.ts';
import { changeLanguage } from '../../i18n/start.ts';
import { Button } from '../../ui/Button.tsx';
import { showToast } from '../../ui/toasts.ts';

/** Switches to the other language; it says so in that language. */
export function LanguageButton() {
  const { t } = useTranslation();
  const { language } = useFormat();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      variant="quiet"
      icon="language"
      className="shell__language"
      onPress={() => {
        changeLanguage(other).catch(() =>
          showToast({ text: t('shell.languageUnavailable'), tone: 'danger' }),
        );
      }}
    >
      <span lang={other}>{languageNames[other]}</span>
    </Button>
  );
}
