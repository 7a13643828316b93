import { useTranslation } from 'react-i18next';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { Segmented } from '../../ui/Segmented.tsx';

/** What counts as a match: likeness, the same picture, the same product. */
export function MatchModes() {
  const { t } = useTranslation();
  const { match } = useFragment();
  return (
    <Segmented
      label={t('match.group')}
      value={match === 'strict' ? 'same' : match}
      options={[
        { value: 'similar', label: t('match.similar') },
        { value: 'same', label: t('match.same') },
        { value: 'product', label: t('match.product') },
      ]}
      onChange={(mode) => navigate({ match: mode }, 'replace')}
    />
  );
}
