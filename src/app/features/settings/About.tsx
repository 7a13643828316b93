import { useTranslation } from 'react-i18next';
import { version } from '../../../protocol/version.ts';

export function About() {
  const { t } = useTranslation();
  return (
    <p className="hint">
      {t('settings.version', { version })} · {t('settings.licence')} {t('settings.licences')}
    </p>
  );
}
