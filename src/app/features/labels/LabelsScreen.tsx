import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** Label sets: made, filled, taught. */
export default function LabelsScreen() {
  const { t } = useTranslation();
  return <EmptyState icon="tag" title={t('labels.emptyTitle')} text={t('labels.emptyText')} />;
}
