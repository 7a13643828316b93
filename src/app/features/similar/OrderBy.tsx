import { useTranslation } from 'react-i18next';
import { navigate, useFragment } from '../../engine/fragment.ts';
import type { HitOrder } from '../../engine/fragment-state.ts';
import { Segmented } from '../../ui/Segmented.tsx';

/** How the answer is ordered: the likest first, or the newest. */
export function OrderBy() {
  const { t } = useTranslation();
  const { by } = useFragment();
  return (
    <Segmented<HitOrder>
      label={t('ask.orderBy')}
      value={by}
      options={[
        { value: 'score', label: t('ask.byScore') },
        { value: 'date', label: t('ask.byDate') },
      ]}
      onChange={(order) => navigate({ by: order }, 'replace')}
    />
  );
}
