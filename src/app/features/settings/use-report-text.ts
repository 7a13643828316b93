import { useTranslation } from 'react-i18next';
import type { RescanReport } from '../../../protocol/folders.ts';

/** Words for what a look through folders found. */
export function useReportText(): (report: RescanReport) => string {
  const { t } = useTranslation();
  return ({ fresh, moved, changed, missing, back }) => {
    const found = [
      fresh > 0 ? t('folders.reportFresh', { count: fresh }) : null,
      moved > 0 ? t('folders.reportMoved', { count: moved }) : null,
      changed > 0 ? t('folders.reportChanged', { count: changed }) : null,
      missing > 0 ? t('folders.reportMissing', { count: missing }) : null,
      back > 0 ? t('folders.reportBack', { count: back }) : null,
    ].filter((part) => part !== null);
    return found.length === 0 ? t('folders.reportNothing') : found.join(' · ');
  };
}
