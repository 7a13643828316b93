import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon.tsx';
import { version } from './version.ts';

export function About() {
  const { t } = useTranslation();
  return (
    <>
      <p className="settings__line">
        <Icon name="shield" size={18} />
        <span>{t('settings.privacy')}</span>
      </p>
      <p className="settings__small">
        {t('settings.version', { version })} · {t('settings.licence')} {t('settings.licences')}
      </p>
    </>
  );
}
