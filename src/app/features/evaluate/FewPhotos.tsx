import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon.tsx';

/** Labels with fewer photos than that say little more than chance does. */
export const fewPhotos = 10;

/** Warns where labels have too few photos. @param support photos of each label */
export function FewPhotos({ support }: { readonly support: ArrayLike<number> }) {
  const { t } = useTranslation();
  const count = Array.from(support).filter((photos) => photos < fewPhotos).length;
  if (count === 0) return null;
  return (
    <p className="evaluate__warning">
      <Icon name="warning" size={18} />
      <span>{t('evaluate.few', { count, most: fewPhotos })}</span>
    </p>
  );
}
