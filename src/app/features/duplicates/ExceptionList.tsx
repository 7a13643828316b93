import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import type { GroupException } from './exceptions.ts';

/** Groups for which the person chose otherwise than the rules. */
export function ExceptionList({
  exceptions,
  onDrop,
}: {
  readonly exceptions: readonly GroupException[];
  readonly onDrop: (exception: GroupException) => void;
}) {
  const { t } = useTranslation();
  if (exceptions.length === 0) return null;
  return (
    <section className="plan__part">
      <h3 id="duplicate-exceptions">{t('duplicates.exceptions')}</h3>
      <ul className="plan-list" aria-labelledby="duplicate-exceptions">
        {exceptions.map((one) => {
          const names = one.names.join(', ');
          return (
            <li key={one.photos.join()} className="plan-list__item">
              <span className="plan-list__words foreign-text">
                {t('duplicates.staysByYou', { count: one.stays.length, names })}
              </span>
              <Button
                size="small"
                className="plan-list__choose"
                aria-label={t('duplicates.byRulesAgain', { names })}
                onPress={() => onDrop(one)}
              >
                {t('duplicates.rulesAgain')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
